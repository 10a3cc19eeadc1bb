//! Which function answers an operation, and what it asks of the caller.

use super::access::{Access, authenticate};
use super::behaviour::{Behaviour, Dialect};
use super::call::Call;
use super::error::Error;
use super::state::State;
use super::{certificates, jwks, keys, keystores, places, token, transfer};
use crate::contract::{Caller, Exchange};
use crate::http::Response;
use crate::store::Draft;

/// Answers from the state, always.
pub type Show = fn(&State, &Call<'_>) -> Response;
/// Answers from the state, or refuses.
pub type Read = fn(&State, &Call<'_>) -> Result<Response, Error>;
/// Answers, and changes the state if it succeeds.
pub type Write = fn(&mut Draft<'_, State>, &Call<'_>) -> Result<Response, Error>;

/// What answers an operation.
#[derive(Clone, Copy)]
pub enum Answer {
    /// It only reads, and refuses nothing that was admitted.
    Show(Show),
    /// It only reads.
    Read(Read),
    /// It may write.
    Write(Write),
    /// It may write, and may have to ask another server before it does.
    WriteAfterFetch(Write),
    /// It hands out tokens: its refusals have one shape in both generations.
    Token(Write),
}

/// How an operation is answered.
pub struct Route {
    /// The operation.
    pub id: &'static str,
    /// What it asks of the caller.
    pub access: Access,
    /// What answers it.
    pub answer: Answer,
    second_generation: bool,
}

impl Route {
    /// Who sends the request, as far as the operation wants to know.
    pub fn caller(&self, state: &State, exchange: &Exchange<'_>) -> Result<Caller, Error> {
        match self.access {
            Access::Open => Ok(Caller::anonymous()),
            _ => authenticate(state, exchange.request, exchange.now),
        }
    }

    /// True if the path names a project that the caller must be a member of.
    pub const fn is_in_project(&self) -> bool {
        !matches!(self.access, Access::Open | Access::Token)
    }

    /// The switches for this operation: what only the second generation has is answered as it does.
    pub fn behaviour(&self, behaviour: &Behaviour) -> Behaviour {
        let dialect = if self.second_generation { Dialect::G2 } else { behaviour.dialect };
        Behaviour { dialect, ..behaviour.clone() }
    }
}

/// The route of an operation.
pub fn route(id: &str) -> Option<&'static Route> {
    ROUTES.iter().find(|route| route.id == id)
}

const fn show(id: &'static str, access: Access, answer: Show) -> Route {
    Route { id, access, answer: Answer::Show(answer), second_generation: false }
}

const fn read(id: &'static str, access: Access, answer: Read) -> Route {
    Route { id, access, answer: Answer::Read(answer), second_generation: false }
}

const fn write(id: &'static str, access: Access, answer: Write) -> Route {
    Route { id, access, answer: Answer::Write(answer), second_generation: false }
}

const fn fetching(id: &'static str, answer: Write) -> Route {
    Route { id, access: WriteSecrets, answer: Answer::WriteAfterFetch(answer), second_generation: false }
}

const fn exported(id: &'static str, answer: Read) -> Route {
    Route { id, access: Transfer, answer: Answer::Read(answer), second_generation: true }
}

const fn transferred(id: &'static str, answer: Write) -> Route {
    Route { id, access: Transfer, answer: Answer::Write(answer), second_generation: true }
}

use Access::{
    ExportCertificates, Open, ReadCertificates, ReadSecrets, Token, Transfer, WriteCertificates, WriteSecrets,
};

const ROUTES: &[Route] = &[
    Route { id: "apinizer.token.create", access: Open, answer: Answer::Token(token::create), second_generation: false },
    show("apinizer.test.healthcheck", Open, places::healthcheck),
    show("apinizer.test.hello", Token, places::hello),
    show("apinizer.projects.list", Token, places::list_projects),
    read("apinizer.environments.list", Token, places::list_environments),
    read("apinizer.environments.list_of_project", Token, places::list_environments_of_project),
    read("apinizer.projects.environments", Token, places::list_environments_of_project),
    show("apinizer.certificates.list", ReadCertificates, certificates::list),
    write("apinizer.certificates.create", WriteCertificates, certificates::create),
    read("apinizer.certificates.get", ReadCertificates, certificates::get),
    write("apinizer.certificates.update", WriteCertificates, certificates::update),
    write("apinizer.certificates.delete", WriteCertificates, certificates::delete),
    read("apinizer.certificates.export", ExportCertificates, certificates::export),
    read("apinizer.certificates.export_file", ExportCertificates, certificates::export_file),
    read("apinizer.truststore.list", ReadCertificates, certificates::list_truststore),
    show("apinizer.keystores.list", ReadSecrets, keystores::list),
    write("apinizer.keystores.create", WriteSecrets, keystores::create),
    read("apinizer.keystores.get", ReadSecrets, keystores::get),
    write("apinizer.keystores.update", WriteSecrets, keystores::update),
    write("apinizer.keystores.delete", WriteSecrets, keystores::delete),
    show("apinizer.keys.list", ReadSecrets, keys::list),
    write("apinizer.keys.create", WriteSecrets, keys::create),
    read("apinizer.keys.get", ReadSecrets, keys::get),
    write("apinizer.keys.update", WriteSecrets, keys::update),
    write("apinizer.keys.delete", WriteSecrets, keys::delete),
    show("apinizer.jwks.list", ReadSecrets, jwks::list),
    fetching("apinizer.jwks.create", jwks::create),
    read("apinizer.jwks.get", ReadSecrets, jwks::get),
    write("apinizer.jwks.update", WriteSecrets, jwks::update),
    write("apinizer.jwks.delete", WriteSecrets, jwks::delete),
    write("apinizer.jwks.generate", WriteSecrets, jwks::generate),
    fetching("apinizer.jwks.parse_from_url", jwks::parse_from_url),
    write("apinizer.jwks.parse_from_clipboard", WriteSecrets, jwks::parse_from_clipboard),
    write("apinizer.jwks.parse_from_certificate", WriteSecrets, jwks::parse_from_certificate),
    write("apinizer.jwks.parse_from_key", WriteSecrets, jwks::parse_from_key),
    write("apinizer.jwks.parse_from_keystore", WriteSecrets, jwks::parse_from_keystore),
    transferred("apinizer.certificates.import_file", transfer::certificates::import_file),
    exported("apinizer.truststore.export_file", transfer::certificates::export_truststore),
    transferred("apinizer.truststore.import_file", transfer::certificates::import_truststore),
    transferred("apinizer.keystores.export_package", transfer::packages::export_keystore),
    transferred("apinizer.keystores.import_package", transfer::packages::import_keystore),
    exported("apinizer.keystores.export_file", transfer::keystores::export_file),
    transferred("apinizer.keystores.import_file", transfer::keystores::import_file),
    transferred("apinizer.keys.export_package", transfer::packages::export_key),
    transferred("apinizer.keys.import_package", transfer::packages::import_key),
    exported("apinizer.keys.export_file", transfer::keys::export_file),
    transferred("apinizer.keys.import_file", transfer::keys::import_file),
    exported("apinizer.jwks.export_file", transfer::jwks::export_file),
    transferred("apinizer.jwks.import_file", transfer::jwks::import_file),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apis::apinizer::OPERATIONS;

    #[test]
    fn every_operation_has_one_route_and_every_route_an_operation() {
        let operations: Vec<_> = OPERATIONS.iter().map(|operation| operation.id).collect();
        let routes: Vec<_> = ROUTES.iter().map(|route| route.id).collect();
        assert_eq!(operations, routes);
    }
}
