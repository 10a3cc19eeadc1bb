//! Where the second generation of the documentation answers a refusal otherwise than the catalogue's row.
//!
//! It knows the statuses 400, 401 and 500 only (`docs: getting-started/error-handling`): what is unknown, taken or not
//! permitted is a 400 there.

use super::{
    PERMISSION_MISSING, PROJECT_NOT_FOUND, PROJECT_WITHOUT_ENVIRONMENTS, TOKEN_EXPIRED, TOKEN_INVALID, TOKEN_MISSING,
    TOKEN_OF_OTHER_SYSTEM,
};
use crate::contract::{Outcome, Refusal, fill};

/// Status and text of a refusal in the second generation.
pub fn in_second_generation(refusal: &Refusal) -> (u16, String) {
    let (status, text) = of_row(refusal.outcome);
    let blanks: Vec<_> = refusal.blanks.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    (status, fill(text, &blanks))
}

/// Status and text of a row in the second generation, which has no codes.
pub fn of_row(row: &Outcome) -> (u16, &'static str) {
    let other = OTHER_TEXTS.iter().find(|(id, _)| *id == row.id);
    (status(row.status), other.map_or(row.text, |(_, text)| text))
}

const fn status(first_generation: u16) -> u16 {
    match first_generation {
        403 | 404 | 409 => 400,
        other => other,
    }
}

const NO_PROJECT: &str = "Project ({project}) is not found or user does not have privilege to access it!";

/// Texts by the identifier of the row.
const OTHER_TEXTS: &[(&str, &str)] = &[
    (TOKEN_MISSING.id, "Empty Key! Client must be authenticated to access this resource."),
    (TOKEN_INVALID.id, "Token is not valid!"),
    (TOKEN_OF_OTHER_SYSTEM.id, "Token is not valid!"),
    (TOKEN_EXPIRED.id, "Token was expired!"),
    (PERMISSION_MISSING.id, "User does not have required permission for this operation!"),
    (PROJECT_NOT_FOUND.id, NO_PROJECT),
    (PROJECT_WITHOUT_ENVIRONMENTS.id, NO_PROJECT),
];

#[cfg(test)]
mod tests {
    use super::super::OUTCOMES;
    use super::*;

    #[test]
    fn statuses_are_those_that_it_knows_but_for_those_of_the_server_in_front() {
        let others = OUTCOMES.iter().filter(|row| !matches!(status(row.status), 400 | 401 | 500));
        let others: Vec<_> = others.map(|row| row.id).collect();
        assert_eq!(others, ["method_not_allowed", "body_too_large", "rate_limit_exceeded"]);
    }
}
