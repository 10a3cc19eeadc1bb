//! Who sends the request.

use ::http::header::AUTHORIZATION;

use crate::apis::xsuaa;
use crate::contract::{Caller, Refusal};
use crate::effects::Timestamp;
use crate::http::{Request, Response};
use crate::state::{APIS, Api, Authentication, State};
use crate::worlds::World;

/// The caller, or the answer to one that is not let in.
#[expect(clippy::result_large_err, reason = "a response is what a refused request gets; it is made once")]
pub fn caller(api: &Api, world: &World, state: &State, request: &Request, now: Timestamp) -> Result<Caller, Response> {
    match api.authentication {
        Authentication::Own => Ok(Caller::anonymous()),
        Authentication::TokenService => {
            let authorization = request.header(&AUTHORIZATION);
            let is_of_another = |application: &str| api.application != Some(application) && is_known(application);
            let service = xsuaa::Service { world: world.name.as_str(), is_of_another: &is_of_another };
            xsuaa::authenticate(&state.xsuaa, &state.ids, &service, authorization, now)
                .map_err(|error| xsuaa::reject(&Refusal::from(error)))
        }
    }
}

/// True for the application of a system: then a token for it is for no other. The client of a test may name any.
fn is_known(application: &str) -> bool {
    APIS.iter().any(|api| api.application == Some(application))
}
