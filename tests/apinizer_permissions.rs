//! Who may do what: every operation of Apinizer against every kind of user, in both generations (sections 2.6 and 5.2 of
//! the documents: `authentication`, the pages of the operations, `docs/getting-started/authentication`).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

#[path = "support/request.rs"]
#[allow(dead_code, reason = "shared with tests that speak JSON")]
mod request;

use certmimic::contract::Operation;
use certmimic::gateway;
use certmimic::scenario::{self, Source};
use certmimic::state::APIS;
use certmimic::worlds::Worlds;
use request::request;

/// Users by what they hold; the token of each is its name.
const USERS: [(&str, &str); 9] = [
    ("nothing", ""),
    ("proxies", "ROLE_MANAGE_PROXIES"),
    ("deployer", "ROLE_DEPLOY_UNDEPLOY_PROXIES"),
    ("security", "ROLE_API_SECURITY"),
    ("engineer", "ROLE_API_SECURITY, ROLE_DEPLOY_UNDEPLOY_PROXIES"),
    ("viewer", "SECRETS_VIEW"),
    ("manager", "SECRETS_MANAGE"),
    ("carrier", "SECRETS_EXPORT_IMPORT"),
    ("admin", "ROLE_ADMIN"),
];

/// What an operation is, for who may do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Open,
    Environments,
    ReadCertificates,
    WriteCertificates,
    ExportCertificates,
    ReadSecrets,
    WriteSecrets,
    Transfer,
}

fn kind(operation: &Operation) -> Kind {
    let (_, name) = operation.id.split_once('.').unwrap();
    let (resource, verb) = name.split_once('.').unwrap();
    let reads = matches!(verb, "list" | "read");
    match (resource, verb) {
        ("environment", "list") => Kind::Environments,
        ("token" | "test" | "project" | "environment", _) => Kind::Open,
        ("certificate", "export" | "export_file") => Kind::ExportCertificates,
        (_, "export_file" | "import_file" | "export_package" | "import_package") => Kind::Transfer,
        ("certificate" | "truststore", _) if reads => Kind::ReadCertificates,
        ("certificate", _) => Kind::WriteCertificates,
        _ if reads => Kind::ReadSecrets,
        _ => Kind::WriteSecrets,
    }
}

/// Those whom the first generation lets do it. What only the second has is decided as there.
fn first_generation(kind: Kind) -> &'static str {
    match kind {
        Kind::Open => "nothing proxies deployer security engineer viewer manager carrier admin",
        Kind::Environments => "admin",
        Kind::ReadCertificates | Kind::WriteCertificates | Kind::ExportCertificates => {
            "proxies security engineer admin"
        }
        Kind::ReadSecrets => "security engineer admin",
        Kind::WriteSecrets => "engineer admin",
        Kind::Transfer => second_generation(kind),
    }
}

fn second_generation(kind: Kind) -> &'static str {
    match kind {
        Kind::Open | Kind::Environments => "nothing proxies deployer security engineer viewer manager carrier admin",
        Kind::ReadCertificates | Kind::ReadSecrets => "proxies deployer security engineer viewer manager carrier admin",
        Kind::WriteCertificates | Kind::WriteSecrets => "security engineer manager admin",
        Kind::ExportCertificates | Kind::Transfer => "security engineer carrier admin",
    }
}

#[test]
fn in_the_first_generation() {
    compare("g1", first_generation);
}

#[test]
fn in_the_second_generation() {
    compare("g2", second_generation);
}

fn compare(dialect: &str, allowed: fn(Kind) -> &'static str) {
    let worlds = worlds(dialect);
    let apinizer = APIS.iter().find(|api| api.name == "apinizer").unwrap();
    for operation in apinizer.operations {
        let kind = kind(operation);
        let expected: Vec<&str> = allowed(kind).split(' ').collect();
        let users = USERS.iter().map(|(user, _)| *user);
        let let_in: Vec<&str> = users.filter(|user| is_let_in(&worlds, operation, user)).collect();
        assert_eq!(let_in, expected, "{} ({kind:?}) in {dialect}", operation.id);
    }
}

fn worlds(dialect: &str) -> Worlds {
    let users: Vec<String> =
        USERS.iter().map(|(user, roles)| format!("{{ username: {user}, password: x, roles: [{roles}] }}")).collect();
    let tokens: Vec<String> = USERS.iter().map(|(user, _)| format!("{{ token: {user}, username: {user} }}")).collect();
    let text = format!(
        "certmimic: 1\nauth: {{ mode: required }}\nbehaviour: {{ apinizer: {{ dialect: {dialect}, truststore_admin_only: false }} }}\n\
         apinizer: {{ users: [{}], tokens: [{}] }}\n",
        users.join(", "),
        tokens.join(", ")
    );
    let sources = [Source::BuiltIn("empty".to_owned()), Source::Text { name: "users".to_owned(), text }];
    Worlds::new(scenario::load(&sources).unwrap_or_else(|faults| panic!("{}", faults[0])))
}

/// Whatever else is wrong with the request: it has no body, and names nothing that there is.
fn is_let_in(worlds: &Worlds, operation: &Operation, user: &str) -> bool {
    let path: Vec<&str> = operation
        .path
        .split('/')
        .map(|segment| match segment {
            "{projectName}" => "MyProject",
            parameter if parameter.starts_with('{') => "nope",
            literal => literal,
        })
        .collect();
    let token = format!("Bearer {user}");
    let response =
        gateway::answer(worlds, &request(operation.method, &path.join("/"), &[("authorization", &token)], ""));
    let code = response.diagnosis.map(|diagnosis| diagnosis.code);
    assert!(!matches!(code, Some("token_invalid" | "project_not_found" | "no_handler")), "{} {code:?}", operation.id);
    !matches!(code, Some("permission_missing" | "admin_role_missing"))
}
