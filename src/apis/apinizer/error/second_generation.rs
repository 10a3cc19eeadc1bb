//! Where the second generation of the documentation answers a refusal otherwise than the catalogue's row.
//!
//! It knows the statuses 400, 401 and 500 only (`docs: getting-started/error-handling`): what is unknown, taken or not
//! permitted is a 400 there.

use super::Error;
use crate::contract::Refusal;

/// Status and text of a refusal in the second generation.
pub(in super::super) fn in_second_generation(error: &Error) -> (u16, String) {
    let status = status(error.outcome().status);
    let Some(text) = other_text(error) else {
        return (status, Refusal::from(error).text);
    };
    let filled = match error {
        Error::ProjectNotFound { project } | Error::ProjectWithoutEnvironments { project } => {
            text.replace("{project}", project)
        }
        _ => text.to_owned(),
    };
    (status, filled)
}

const fn status(first_generation: u16) -> u16 {
    match first_generation {
        403 | 404 | 409 => 400,
        other => other,
    }
}

const fn other_text(error: &Error) -> Option<&'static str> {
    Some(match error {
        Error::TokenMissing => "Empty Key! Client must be authenticated to access this resource.",
        Error::TokenInvalid => "Token is not valid!",
        Error::TokenExpired => "Token was expired!",
        Error::PermissionMissing { .. } => "User does not have required permission for this operation!",
        Error::ProjectNotFound { .. } | Error::ProjectWithoutEnvironments { .. } => {
            "Project ({project}) is not found or user does not have privilege to access it!"
        }
        _ => return None,
    })
}
