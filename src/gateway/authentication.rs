//! Who sends the request.

use ::http::header::AUTHORIZATION;

use crate::apis::xsuaa;
use crate::contract::{Caller, Refusal};
use crate::effects::Timestamp;
use crate::http::{Request, Response};
use crate::state::{Api, Authentication, State};
use crate::worlds::World;

/// The caller, or the answer to one that is not let in.
#[expect(clippy::result_large_err, reason = "a response is what a refused request gets; it is made once")]
pub fn caller(api: &Api, world: &World, state: &State, request: &Request, now: Timestamp) -> Result<Caller, Response> {
    match api.authentication {
        Authentication::Own => Ok(Caller::anonymous()),
        Authentication::TokenService => {
            let authorization = request.header(AUTHORIZATION);
            xsuaa::authenticate(&state.xsuaa, &state.ids, world.name.as_str(), authorization, now)
                .map_err(|error| xsuaa::reject(&Refusal::from(error)))
        }
    }
}
