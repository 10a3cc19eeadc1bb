//! `/info`: what whoever comes new to a world has to know of it: its scenario, how strict it is, where its systems are and whom
//! they let in.

use serde_json::{Value, json};

use super::context::{Context, json_response};
use super::error::Error;
use super::requests::quoted;
use crate::contract::{Account, CsrfPolicy, Protocol};
use crate::http::Response;
use crate::scenario::BUILT_IN;
use crate::state::{APIS, Api, Authentication, State};

#[expect(clippy::unnecessary_wraps, reason = "every call has this form")]
pub(super) fn answer(context: &Context<'_>) -> Result<Response, Error> {
    let world = context.world;
    let state = world.store.view();
    let built_in: Vec<&str> = BUILT_IN.iter().map(|scenario| scenario.name).collect();
    let origin = &context.request.origin;
    Ok(json_response(&json!({
        "version": env!("CARGO_PKG_VERSION"),
        "world": world.name.as_str(),
        "scenario": world.origin().name,
        "built_in_scenarios": built_in,
        "auth": state.xsuaa.mode,
        "lint": state.lint,
        "systems": APIS.iter().map(|api| system(api, &state, origin)).collect::<Vec<_>>(),
    })))
}

fn system(api: &Api, state: &State, origin: &str) -> Value {
    let accounts = (api.accounts)(state);
    let shown: Vec<Value> = accounts
        .iter()
        .map(|account| json!({"name": account.name, "secret": account.secret, "roles": account.roles}))
        .collect();
    json!({
        "name": api.name,
        "short": api.short,
        "title": api.title,
        "urls": api.roots.iter().map(|root| format!("{origin}{root}")).collect::<Vec<_>>(),
        "roots": api.roots,
        "token_url": format!("{origin}{}", api.token),
        // None for a system that knows no such tokens.
        "csrf": (api.csrf)(state).map(CsrfPolicy::name),
        "accounts": shown,
        "curl": accounts.first().and_then(|account| curl(api, state, origin, account)),
    })
}

/// A line for a POSIX shell that asks the system for something that is there.
fn curl(api: &Api, state: &State, origin: &str, account: &Account) -> Option<String> {
    let url = quoted(&format!("{origin}{}", target(api, state)?));
    let accept = "-H 'Accept: application/json'";
    if api.authentication == Authentication::TokenService {
        let credentials = quoted(&format!("{}:{}", account.name, account.secret));
        return Some(format!("curl -sS -u {credentials} {accept} {url}"));
    }
    let field = |name: &str, value: &str| format!("--data-urlencode {}", quoted(&format!("{name}={value}")));
    let [id, secret] = [field("client_id", &account.name), field("client_secret", &account.secret)];
    let endpoint = quoted(&format!("{origin}{}", api.token));
    let token = format!("curl -sS {endpoint} -d grant_type=client_credentials {id} {secret}");
    if target(api, state)? == api.token {
        return Some(token);
    }
    let extract = r#"sed -E 's/.*"access_token": ?"([^"]+)".*/\1/'"#;
    Some(format!("curl -sS -H \"Authorization: Bearer $({token} | {extract})\" {accept} {url}"))
}

/// A list of a service of OData; elsewhere the first certificate that there is, else whatever can be read without knowing
/// a name, else a token.
fn target(api: &Api, state: &State) -> Option<String> {
    let lists = api.operations.iter().filter(|row| row.method == "GET" && row.when.is_empty());
    let list = lists.map(|row| row.path).find(|path| !path.contains('{'));
    let list = list.map(ToOwned::to_owned);
    let held = || (api.holdings)(state).into_iter().map(|holding| holding.path).next();
    match api.protocol {
        Protocol::OData => list.or_else(held),
        Protocol::Rest if api.roots.contains(&api.token) => Some(api.token.to_owned()),
        Protocol::Rest => held().or(list),
    }
}
