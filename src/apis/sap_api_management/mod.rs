//! SAP API Management (classic API portal): certificate stores and what refers to them.
//!
//! Two OData V2 services over one state: `Management.svc` with the stores, their certificates, the references to them,
//! virtual hosts, API providers and key value maps; `Configuration.svc` with the requests that change virtual hosts.
//!
//! Documents (SAP Help, `SAP-docs/btp-integration-suite`): creating-the-references-ddc5fdf,
//! updating-the-references-e2a9ec4, reading-the-references-4f3d168, deleting-the-references-bd809db,
//! working-with-references-6f96b64, manage-certificates-c665875, configuring-a-default-domain-for-a-virtual-host-1085228,
//! configuring-a-custom-domain-for-a-virtual-host-6b9e5a3, configuring-mutual-tls-for-default-domain-virtual-host-9faf7ce,
//! configuring-mutual-tls-for-custom-domain-virtual-host-2453233, limits-in-api-management-f70f425,
//! accessing-api-management-apis-programmatically-24a2c37; and the `$metadata` of a tenant, as published by
//! `Prideth/terraform-provider-sap-integration-suite`. Where they are silent, [`behaviour`] has a switch or the
//! [catalogue](error) says what is assumed.

pub mod behaviour;
mod certificates;
mod edm;
mod entities;
pub mod error;
mod holdings;
mod key_value_maps;
mod life_cycle;
mod operations;
mod providers;
mod references;
mod roles;
pub mod scenario;
mod state;
mod stores;
mod virtual_host_requests;
mod virtual_hosts;

use percent_encoding::percent_decode_str;

use crate::contract::{CsrfPolicy, Exchange, Refusal};
use crate::http::{Request, Response};
use crate::odata::Service;
use crate::odata::dialect::{Dialect, ErrorCode};
use crate::odata::edm::Schema;
use crate::store::{Holds, Store};

pub use behaviour::Behaviour;
pub use error::OUTCOMES;
pub use holdings::holdings;
pub use operations::OPERATIONS;
pub use state::State;

const MANAGEMENT: Service<State> = Service {
    root: "/apiportal/api/1.0/Management.svc",
    schema: &edm::MANAGEMENT,
    sets: &[
        &providers::Providers,
        &certificates::Certificates,
        &stores::Stores,
        &references::References,
        &key_value_maps::Maps(&key_value_maps::CLASSIC),
        &key_value_maps::Values(&key_value_maps::CLASSIC),
        &key_value_maps::Maps(&key_value_maps::GENERIC),
        &key_value_maps::Values(&key_value_maps::GENERIC),
        &virtual_hosts::VirtualHosts,
    ],
    dialect,
};

const CONFIGURATION: Service<State> = Service {
    root: "/apiportal/operations/1.0/Configuration.svc",
    schema: &edm::CONFIGURATION,
    sets: &[&virtual_host_requests::VirtualHostRequests],
    dialect,
};

/// The entity models of its services.
pub const MODELS: &[(&str, &Schema)] =
    &[(MANAGEMENT.root, MANAGEMENT.schema), (CONFIGURATION.root, CONFIGURATION.schema)];

/// The refusal of a body that is not read because it is longer than so many bytes.
pub fn body_too_large(limit: usize) -> Refusal {
    error::Error::BodyTooLarge { limit: limit.to_string() }.into()
}

/// Answers a request below one of this API's roots.
pub fn answer<W: Holds<State>>(store: &Store<W>, exchange: &Exchange<'_>) -> Response {
    if !exchange.request.path.starts_with(CONFIGURATION.root) {
        return MANAGEMENT.answer(store, exchange);
    }
    if is_metadata(exchange.request)
        && let Err(refusal) = roles::configuration_metadata(exchange.caller)
    {
        return without_body(&refusal);
    }
    CONFIGURATION.answer(store, exchange)
}

/// Answers with a row of the catalogue.
pub fn refuse(state: &State, exchange: &Exchange<'_>, refusal: &Refusal) -> Response {
    let service = if exchange.request.path.starts_with(CONFIGURATION.root) { &CONFIGURATION } else { &MANAGEMENT };
    service.refuse(state, exchange, refusal)
}

/// Which writes need a CSRF token, by the world's switches.
pub const fn csrf(state: &State) -> CsrfPolicy {
    state.behaviour.csrf_policy()
}

fn dialect(state: &State) -> Dialect {
    Dialect {
        error_code: ErrorCode::Null,
        metadata: state.behaviour.metadata,
        unsupported: error::not_supported,
        repeated_options: state.behaviour.repeated_options,
        error_prolog: "<?xml version='1.0' encoding='utf-8'?>",
        ..Dialect::default()
    }
}

fn is_metadata(request: &Request) -> bool {
    percent_decode_str(request.path.trim_end_matches('/')).decode_utf8_lossy().ends_with("/$metadata")
}

fn without_body(refusal: &Refusal) -> Response {
    let status = ::http::StatusCode::from_u16(refusal.outcome.status).unwrap_or(::http::StatusCode::FORBIDDEN);
    Response::empty(status).because(refusal.diagnosis())
}
