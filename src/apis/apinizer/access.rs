//! Who may do what: bearer tokens, projects, roles (sections 2.6 and 3.2).

use std::sync::Arc;

use ::http::header::AUTHORIZATION;

use super::behaviour::{Behaviour, Dialect};
use super::call::Call;
use super::error::Error;
use super::state::{ADMIN_PROJECT, Project, State};
use super::token;
use crate::contract::{AuthMode, Caller, Credentials};
use crate::effects::Timestamp;
use crate::http::Request;

/// Full access to everything.
pub const ROLE_ADMIN: &str = "ROLE_ADMIN";
const ROLE_API_SECURITY: &str = "ROLE_API_SECURITY";
const ROLE_MANAGE_PROXIES: &str = "ROLE_MANAGE_PROXIES";
const ROLE_DEPLOY_UNDEPLOY_PROXIES: &str = "ROLE_DEPLOY_UNDEPLOY_PROXIES";
const SECRETS_VIEW: &str = "SECRETS_VIEW";
const SECRETS_MANAGE: &str = "SECRETS_MANAGE";
const SECRETS_DEPLOY_UNDEPLOY: &str = "SECRETS_DEPLOY_UNDEPLOY";
const SECRETS_EXPORT_IMPORT: &str = "SECRETS_EXPORT_IMPORT";

/// Every role that means something: the names of the first generation, then category and permission of the second.
pub const ROLES: &[&str] = &[
    ROLE_ADMIN,
    ROLE_API_SECURITY,
    ROLE_MANAGE_PROXIES,
    ROLE_DEPLOY_UNDEPLOY_PROXIES,
    SECRETS_VIEW,
    SECRETS_MANAGE,
    SECRETS_DEPLOY_UNDEPLOY,
    SECRETS_EXPORT_IMPORT,
];

/// What an operation asks of its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Nothing.
    Open,
    /// A token.
    Token,
    /// Read certificates of the project.
    ReadCertificates,
    /// Download certificates of the project as files.
    ExportCertificates,
    /// Change certificates of the project.
    WriteCertificates,
    /// Read keystores, keys or JWKs of the project.
    ReadSecrets,
    /// Change keystores, keys or JWKs of the project.
    WriteSecrets,
    /// Carry material out of the project, or into it.
    Transfer,
}

/// Who sends the request.
///
/// # Errors
/// No token, or one that is not accepted.
pub fn authenticate(state: &State, world: &str, request: &Request, now: Timestamp) -> Result<Caller, Error> {
    if state.auth_mode == AuthMode::Off {
        return Ok(Caller::anonymous());
    }
    let header = request.header(&AUTHORIZATION).ok_or(Error::TokenMissing)?;
    let value = bearer(header).ok_or(Error::TokenInvalid)?;
    let issued = token::Issued::read(value);
    if issued.as_ref().is_some_and(|issued| issued.world != world) {
        return Err(Error::TokenInvalid);
    }
    if issued.as_ref().is_some_and(|issued| !issued.is_of_this_system()) {
        return Err(Error::TokenOfOtherSystem);
    }
    let Some(token) = state.tokens.get(value) else {
        // It was issued before a reset, if here at all.
        if issued.is_some_and(|issued| issued.has_ended(now)) {
            return Err(Error::TokenExpired);
        }
        let caller = Caller { credentials: Credentials::Bearer, ..Caller::anonymous() };
        return if state.auth_mode == AuthMode::Any { Ok(caller) } else { Err(Error::TokenInvalid) };
    };
    if token.revoked {
        return Err(Error::TokenInvalid);
    }
    if token.expires.is_some_and(|end| end <= now) {
        return Err(Error::TokenExpired);
    }
    let user = state.users.get(token.username.as_str());
    if user.is_none() && state.auth_mode == AuthMode::Required {
        return Err(Error::TokenInvalid);
    }
    Ok(Caller {
        name: token.username.clone(),
        roles: user.map(|user| user.roles.clone()).unwrap_or_default(),
        unrestricted: user.is_none(),
        credentials: Credentials::Bearer,
    })
}

/// The token of `Authorization: Bearer <token>`: the scheme in any case, one space, nothing else.
fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    let whole = !token.is_empty() && !token.contains(' ');
    (scheme.eq_ignore_ascii_case("bearer") && whole).then_some(token)
}

/// True if the caller passes every check.
pub fn is_admin(behaviour: &Behaviour, caller: &Caller) -> bool {
    !behaviour.enforce_roles || caller.has(ROLE_ADMIN)
}

/// True if the caller may know of the project. That of the administrators is theirs alone.
pub fn is_member(behaviour: &Behaviour, caller: &Caller, project: &Project) -> bool {
    let listed = |names: &Vec<String>| names.iter().any(|name| caller.name == name.as_str());
    is_admin(behaviour, caller) || project.members.as_ref().map_or_else(|| project.name != *ADMIN_PROJECT, listed)
}

/// The project in the path, if the caller may know of it and do what the operation does.
///
/// Membership comes before roles, so that a refusal does not tell which projects exist.
///
/// # Errors
/// The project is unknown to the caller, or a role is missing.
pub fn enter<'s>(
    state: &'s State,
    behaviour: &Behaviour,
    caller: &Caller,
    project: &str,
    access: Access,
) -> Result<&'s Project, Error> {
    let found = state.project(project).filter(|found| is_member(behaviour, caller, found));
    let found = found.ok_or_else(|| Error::ProjectNotFound { project: project.to_owned() })?;
    match missing(behaviour, caller, access) {
        Some(needed) if !is_admin(behaviour, caller) => Err(Error::PermissionMissing { needed }),
        _ => Ok(found),
    }
}

/// The project in the path, which was found when the request was admitted.
///
/// # Errors
/// It was removed since.
pub fn project_of<'s>(state: &'s State, call: &Call<'_>) -> Result<&'s Arc<Project>, Error> {
    state.project(call.project()).ok_or_else(|| Error::ProjectNotFound { project: call.project().to_owned() })
}

/// What the caller's roles lack.
fn missing(behaviour: &Behaviour, caller: &Caller, access: Access) -> Option<&'static str> {
    match behaviour.dialect {
        Dialect::G1 => missing_in_first_generation(caller, access),
        Dialect::G2 => missing_in_second_generation(behaviour, caller, access),
    }
}

fn missing_in_first_generation(caller: &Caller, access: Access) -> Option<&'static str> {
    let security = caller.has(ROLE_API_SECURITY);
    let (allowed, needed) = match access {
        Access::Open | Access::Token => (true, ""),
        // Their pages name one role, the index of the section the other: either will do.
        Access::ReadCertificates | Access::ExportCertificates | Access::WriteCertificates => {
            (security || caller.has(ROLE_MANAGE_PROXIES), "ROLE_MANAGE_PROXIES or ROLE_API_SECURITY")
        }
        Access::ReadSecrets => (security, ROLE_API_SECURITY),
        Access::WriteSecrets => {
            (security && caller.has(ROLE_DEPLOY_UNDEPLOY_PROXIES), "ROLE_API_SECURITY and ROLE_DEPLOY_UNDEPLOY_PROXIES")
        }
        Access::Transfer => {
            (security || caller.has(SECRETS_EXPORT_IMPORT), "SECRETS_EXPORT_IMPORT or ROLE_API_SECURITY")
        }
    };
    (!allowed).then_some(needed)
}

/// `ROLE_API_SECURITY` stands for all permissions on secrets, so that a scenario serves both generations.
fn missing_in_second_generation(behaviour: &Behaviour, caller: &Caller, access: Access) -> Option<&'static str> {
    let holds = |role| caller.has(role) || caller.has(ROLE_API_SECURITY);
    let (allowed, needed) = match access {
        Access::Open | Access::Token => (true, ""),
        Access::ReadCertificates | Access::ReadSecrets => (!caller.roles.is_empty(), "any permission in the project"),
        Access::WriteCertificates | Access::WriteSecrets if behaviour.enforce_deploy_permission => {
            (holds(SECRETS_MANAGE) && caller.has(SECRETS_DEPLOY_UNDEPLOY), "SECRETS_MANAGE and SECRETS_DEPLOY_UNDEPLOY")
        }
        Access::WriteCertificates | Access::WriteSecrets => (holds(SECRETS_MANAGE), SECRETS_MANAGE),
        Access::ExportCertificates | Access::Transfer => (holds(SECRETS_EXPORT_IMPORT), SECRETS_EXPORT_IMPORT),
    };
    (!allowed).then_some(needed)
}
