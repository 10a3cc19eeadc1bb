//! What an interaction that writes would write: the names of it, and what takes it back.
//!
//! Only operations are replayed whose names are known to stand in the path or in the body. All of them have to begin with the
//! prefix, so that whatever a file asks for, nothing of somebody else is written or deleted.

use std::collections::BTreeMap;
use std::sync::Arc;

use http::HeaderMap;

use crate::contract::{Meaning, Operation};
use crate::http::{Request, target};
use crate::scenario::{Source, load};
use crate::state::{Api, State};
use crate::tenant::compare::Prefix;
use crate::tenant::compare::names::Names;
use crate::tenant::compare::naming::{members, predicate};
use crate::tenant::compare::number;
use crate::tenant::compare::thing::Thing;
use crate::tenant::odata::segment;
use crate::tenant::{Asking, Failure, System};

/// What is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Write {
    /// The name of the thing.
    pub name: String,
    /// What may have been made by it.
    pub made: Option<Thing>,
}

/// Operations on one kind of thing, all of which name it alike.
struct Family {
    /// What their identifiers begin with.
    operations: &'static str,
    /// The members of a body that name the thing; a key in a path has the same parts in the same order.
    keys: &'static [&'static str],
    /// Members of a body that are a name, too, if they are there.
    also: &'static [&'static str],
    /// The thing's own address, with blanks for members.
    address: &'static str,
}

/// Verbs of the operations that are replayed: each names whatever it writes.
const VERBS: [&str; 13] = [
    "create",
    "delete",
    "from_rsa",
    "from_ssh",
    "generate",
    "import",
    "merge",
    "parse_from_certificate",
    "parse_from_clipboard",
    "parse_from_key",
    "parse_from_keystore",
    "patch",
    "update",
];

macro_rules! families {
    ($($operations:literal: $keys:expr, $also:expr, $address:literal);+ $(;)?) => {
        &[$(Family { operations: $operations, keys: &$keys, also: &$also, address: $address }),+]
    };
}

const FAMILIES: &[Family] = families! {
    "apim.reference": ["name"], [], "/apiportal/api/1.0/Management.svc/CertificateStoreReferences('{name}')";
    "apim.store": ["name"], [], "/apiportal/api/1.0/Management.svc/CertificateStores('{name}')";
    "apim.certificate": ["name", "storeName"], [],
        "/apiportal/api/1.0/Management.svc/Certificates(name='{name}',storeName='{storeName}')";
    "apim.provider": ["name"], [], "/apiportal/api/1.0/Management.svc/APIProviders('{name}')";
    "apim.key_map": ["name"], [], "/apiportal/api/1.0/Management.svc/KeyMapEntries('{name}')";
    "apim.key_map_value": ["map_name", "name"], [],
        "/apiportal/api/1.0/Management.svc/KeyMapEntryValues(map_name='{map_name}',name='{name}')";
    "ci.entry": ["Alias"], [], "/api/v1/KeystoreEntries('{Alias:hex}')";
    "ci.certificate": ["Alias"], [], "/api/v1/KeystoreEntries('{Alias:hex}')";
    "ci.chain": ["Alias"], [], "/api/v1/KeystoreEntries('{Alias:hex}')";
    "ci.key_pair": ["Alias"], [], "/api/v1/KeystoreEntries('{Alias:hex}')";
    "ci.user_credential": ["Name"], [], "/api/v1/UserCredentials('{Name}')";
    "ci.oauth2_client_credential": ["Name"], [], "/api/v1/OAuth2ClientCredentials('{Name}')";
    "ci.secure_parameter": ["Name"], [], "/api/v1/SecureParameters('{Name}')";
    "ci.access_policy": ["RoleName"], [], "/api/v1/AccessPolicies({Id})";
    "apinizer.certificate": ["certificateName"], ["alias"],
        "/apiops/projects/{projectName}/certificates/{certificateName}/";
    "apinizer.keystore": ["name"], [], "/apiops/projects/{projectName}/keystores/{name}/";
    "apinizer.key": ["name"], [], "/apiops/projects/{projectName}/keys/{name}/";
    "apinizer.jwk": ["name"], [], "/apiops/projects/{projectName}/jwks/{name}/";
};

/// What may be written.
pub(super) struct Rules {
    /// The names of it.
    pub own: Names,
    /// A world with nothing in it: what requests mean there, they mean everywhere.
    nothing: Arc<State>,
}

impl Rules {
    /// What has names with a prefix.
    pub(super) fn of(prefix: &Prefix) -> Result<Self, Failure> {
        let empty = load(&[Source::BuiltIn("empty".to_owned())]);
        let empty = empty.map_err(|flaws| Failure::NoScenario(flaws.iter().map(ToString::to_string).collect()))?;
        Ok(Self { own: Names::all_of(prefix), nothing: empty.state })
    }

    fn understood(&self, asking: &Asking, api: &Api) -> (Request, Meaning) {
        let (path, query) = asking.target.split_once('?').unwrap_or((&asking.target, ""));
        let request = Request {
            method: asking.method.clone(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers: asking.headers.iter().cloned().collect::<HeaderMap>(),
            body: asking.body.clone(),
            origin: "".into(),
            client_certificate: None,
        };
        let meaning = api.recognise(&self.nothing, &request);
        (request, meaning)
    }

    /// What a request would write.
    ///
    /// # Errors
    /// Why it is not to be sent.
    pub(super) fn write(&self, system: System, asking: &Asking) -> Result<Write, String> {
        let api = system.api().ok_or("it writes to no system that is known")?;
        let (request, meaning) = self.understood(asking, api);
        let row = meaning.row().ok_or("it writes what no operation is known for")?;
        let family = family(row).ok_or_else(|| format!("its names are not known: {}", row.summary))?;
        let said = members(asking);
        let in_path = keys(&request, row, &meaning, family);
        let source = if row.method == "POST" { &said } else { &in_path };
        let mut names = Vec::new();
        for key in family.keys {
            let missing = || format!("it does not name what it would write: expected {key}");
            names.push(source.get(*key).filter(|name| !name.is_empty()).cloned().ok_or_else(missing)?);
        }
        // A body may name the thing anew.
        names.extend(family.keys.iter().chain(family.also).filter_map(|member| said.get(*member).cloned()));
        if let Some(other) = names.iter().find(|name| !self.own.are(name)) {
            return Err(format!("it would write {other}, which does not begin with {}", self.own.beginning()));
        }
        // Whoever reads it as a path would leave the thing by it.
        if let Some(path) = names.iter().find(|name| name.contains(['/', '\\'])) {
            return Err(format!("it would write {path}, which may be read as a path"));
        }
        let mut blanks = in_path;
        blanks.extend(meaning.parameters.iter().map(|(name, value)| (name.to_owned(), value.to_owned())));
        blanks.extend(said.into_iter().filter(|(name, _)| family.keys.contains(&name.as_str())));
        let location = request.path.strip_suffix((api.path)(&request.path)).unwrap_or_default();
        let makes = matches!(row.method, "POST" | "PUT");
        let afterwards = family.keys.first().and_then(|key| blanks.get(*key)).filter(|_| makes);
        let made = afterwards.map(|name| Thing {
            system,
            target: format!("{location}{}", filled(family.address, &blanks)),
            name: name.clone(),
        });
        names.into_iter().next().map(|name| Write { name, made }).ok_or_else(|| "it names nothing".to_owned())
    }
}

fn family(row: &Operation) -> Option<&'static Family> {
    let (operations, verb) = row.id.rsplit_once('.')?;
    // Of these, one renames, and one imports what only the file itself tells the names of.
    FAMILIES.iter().find(|family| family.operations == operations && VERBS.contains(&verb) && row.when.is_empty())
}

/// The names in a path: of a key, or of the last segment that has one.
fn keys(request: &Request, row: &Operation, meaning: &Meaning, family: &Family) -> BTreeMap<String, String> {
    let first = family.keys.first().copied().unwrap_or_default();
    let one = |value: String| BTreeMap::from([(first.to_owned(), value)]);
    if let Some((_, value)) = meaning.parameters.iter().filter(|(name, _)| *name != "projectName").last() {
        return one(value.to_owned());
    }
    let path = target::decode_leniently(&request.path);
    let parts = path.split_once('(').map(|(_, rest)| predicate(rest)).unwrap_or_default();
    match parts.as_slice() {
        [(name, value)] if row.path.contains("{Hexalias}") && matches!(name.as_str(), "" | "Hexalias") => {
            let alias = hex::decode(value).ok().and_then(|bytes| String::from_utf8(bytes).ok());
            alias.map(one).unwrap_or_default()
        }
        [(name, value)] if name.is_empty() => one(value.clone()),
        _ => parts.into_iter().collect(),
    }
}

/// An address with its blanks filled; what a tenant numbers keeps its own.
fn filled(address: &str, blanks: &BTreeMap<String, String>) -> String {
    if number::stands_in(address) {
        return address.to_owned();
    }
    blanks.iter().fold(address.to_owned(), |address, (name, value)| {
        let in_hex = hex::encode_upper(value);
        address.replace(&format!("{{{name}}}"), &segment(value)).replace(&format!("{{{name}:hex}}"), &in_hex)
    })
}

#[cfg(test)]
mod tests {
    use http::header::CONTENT_TYPE;
    use http::{HeaderValue, Method};

    use super::*;

    fn written(method: &str, target: &str, body: &'static str) -> Result<(String, Option<String>), String> {
        let mut asking = Asking { method: method.parse::<Method>().unwrap(), ..Asking::json(target) };
        asking.body = body.into();
        if body.starts_with("--b") {
            asking.headers.push((CONTENT_TYPE, HeaderValue::from_static("multipart/form-data; boundary=b")));
        }
        let system = System::parse(Api::of_path(target).unwrap().name).unwrap();
        let rules = Rules::of(&Prefix::default()).unwrap();
        rules.write(system, &asking).map(|write| (write.name, write.made.map(|made| made.target)))
    }

    #[test]
    fn what_is_made_is_taken_back_by_its_own_address() {
        const MANAGEMENT: &str = "/apiportal/api/1.0/Management.svc";
        let of_jwks = "/apiops/projects/admin/jwks";
        let management = |path: &str| format!("{MANAGEMENT}{path}");
        for (method, target, body, name, undo) in [
            (
                "POST",
                management("/CertificateStores"),
                r#"{"name":"certmimic-test-a","storeType":"TRUSTSTORE"}"#,
                "certmimic-test-a",
                Some(management("/CertificateStores('certmimic-test-a')")),
            ),
            (
                "POST",
                management("/Certificates"),
                r#"{"name":"certmimic-test-c","storeName":"certmimic-test-a"}"#,
                "certmimic-test-c",
                Some(management("/Certificates(name='certmimic-test-c',storeName='certmimic-test-a')")),
            ),
            ("DELETE", management("/CertificateStores('certmimic-test-a')"), "", "certmimic-test-a", None),
            (
                "PUT",
                "/location/edge-1/api/v1/CertificateResources('636572746D696D69632D746573742D61')/$value".to_owned(),
                "x",
                "certmimic-test-a",
                Some("/location/edge-1/api/v1/KeystoreEntries('636572746D696D69632D746573742D61')".to_owned()),
            ),
            (
                "POST",
                "/api/v1/AccessPolicies".to_owned(),
                r#"{"RoleName":"certmimic-test-a"}"#,
                "certmimic-test-a",
                Some("/api/v1/AccessPolicies({Id})".to_owned()),
            ),
            (
                "PUT",
                format!("{of_jwks}/certmimic-test-a/"),
                r#"{"name":"certmimic-test-b"}"#,
                "certmimic-test-a",
                Some(format!("{of_jwks}/certmimic-test-b/")),
            ),
            (
                "POST",
                "/apiops/projects/p/certificates/".to_owned(),
                "--b\r\nContent-Disposition: form-data; name=\"certificateName\"\r\n\r\ncertmimic-test-a\r\n--b--\r\n",
                "certmimic-test-a",
                Some("/apiops/projects/p/certificates/certmimic-test-a/".to_owned()),
            ),
        ] {
            assert_eq!(written(method, &target, body), Ok((name.to_owned(), undo)), "{method} {target}");
        }
    }

    #[test]
    fn whatever_might_be_of_somebody_else_is_not_sent() {
        let management = "/apiportal/api/1.0/Management.svc";
        for (method, target, body, why) in [
            ("POST", "/CertificateStores", r#"{"name":"shop"}"#, "it would write shop, which does not begin"),
            ("POST", "/CertificateStores", r#"{"name":"certmimic-test-"}"#, "it would write certmimic-test-,"),
            ("POST", "/CertificateStores", "{}", "expected name"),
            ("POST", "/Certificates", r#"{"name":"certmimic-test-c","storeName":"shop"}"#, "it would write shop"),
            ("DELETE", "/CertificateStores('shop')?x=certmimic-test-a", "", "it would write shop"),
            ("DELETE", "/Certificates(name='certmimic-test-c',storeName='shop')", "", "it would write shop"),
            ("PUT", "/CertificateStoreReferences('certmimic-test-a')", r#"{"name":"shop"}"#, "it would write shop"),
            ("POST", "/CertificateStores('certmimic-test-a')/certificates", r#"{"name":"x"}"#, "names are not known"),
            ("POST", "/$batch", "--b", "names are not known"),
        ] {
            let came = written(method, &format!("{management}{target}"), body).unwrap_err();
            assert!(came.contains(why), "{method} {target}: {came}");
        }
        for (method, target, why) in [
            ("DELETE", "/api/v1/AccessPolicies(101L)", "expected RoleName"),
            ("PATCH", "/api/v1/AccessPolicies(101)", "expected RoleName"),
            ("DELETE", "/api/v1/KeystoreEntries('zz')", "expected Alias"),
            ("PUT", "/api/v1/KeystoreResources('system')?deleteEntries=true", "names are not known"),
            ("PUT", "/api/v1/KeystoreEntries('636572746D696D69632D746573742D61')?renameAlias=x", "names are not known"),
            ("DELETE", "/apiops/projects/admin/keys/mine/", "it would write mine"),
            ("DELETE", "/apiops/projects/admin/keys/certmimic-test-a%2F..%2Fmine/", "which may be read as a path"),
        ] {
            let came = written(method, target, "{}").unwrap_err();
            assert!(came.contains(why), "{method} {target}: {came}");
        }
    }
}
