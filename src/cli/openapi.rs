//! `certmimic openapi`.

use clap::Args;

use super::failure::Failure;
use super::print;
use crate::control;
use crate::state::{APIS, Api};

/// Describe an emulated system as OpenAPI 3.1: for generators, Postman and the like.
#[derive(Debug, Args)]
pub struct OpenApi {
    /// The system, by its name or its short name.
    #[arg(long, env = "CERTMIMIC_SYSTEM", value_name = "NAME", value_parser = system)]
    system: &'static Api,
}

/// The system of a name.
fn system(name: &str) -> Result<&'static Api, String> {
    let known = || APIS.iter().map(|api| api.name).collect::<Vec<_>>().join(", ");
    Api::named(name).ok_or_else(|| format!("expected one of {}", known()))
}

impl OpenApi {
    /// Runs the command.
    pub fn run(self) -> Result<(), Failure> {
        print(&format!("{:#}", control::surface(self.system)))
    }
}
