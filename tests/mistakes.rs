//! Forty mistakes that clients make: each is named in one line that says what to change.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

#[path = "support/request.rs"]
#[allow(dead_code, reason = "shared with tests that speak JSON")]
mod request;

use certmimic::gateway;
use certmimic::scenario::{Source, load};
use certmimic::worlds::Worlds;
use request::request;

/// A request with a mistake, the code of what is said of it, and words that tell what to change.
struct Mistake {
    what: &'static str,
    request: &'static str,
    headers: &'static [(&'static str, &'static str)],
    body: &'static str,
    code: &'static str,
    says: &'static str,
}

const BEARER: (&str, &str) = ("authorization", "Bearer x");
const JSON: (&str, &str) = ("content-type", "application/json");
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const OCTETS: (&str, &str) = ("content-type", "application/octet-stream");

const fn mistake(
    what: &'static str,
    request: &'static str,
    headers: &'static [(&'static str, &'static str)],
    body: &'static str,
    code: &'static str,
    says: &'static str,
) -> Mistake {
    Mistake { what, request, headers, body, code, says }
}

const MISTAKES: &[Mistake] = &[
    mistake(
        "alias in place of its hexadecimal form",
        "GET /api/v1/KeystoreEntries('mykeypair')",
        &[BEARER],
        "",
        "hex_odd",
        "Send the alias as hex",
    ),
    mistake(
        "odd number of hexadecimal digits",
        "GET /api/v1/KeystoreEntries('6D796')",
        &[BEARER],
        "",
        "hex_odd",
        "two digits for each byte",
    ),
    mistake(
        "hexadecimal form of an alias that is not there",
        "GET /api/v1/KeystoreEntries('6E6F7065')",
        &[BEARER],
        "",
        "alias_not_found",
        "GET KeystoreEntries lists them",
    ),
    mistake(
        "path in small letters",
        "GET /api/v1/keystoreentries",
        &[BEARER],
        "",
        "odata_unknown_set",
        "The nearest operation is GET /api/v1/KeystoreEntries",
    ),
    mistake(
        "double quotes around a key",
        "GET /api/v1/KeystoreEntries(\"6D79\")",
        &[BEARER],
        "",
        "odata_url_unreadable",
        "Percent-encode quotation marks",
    ),
    mistake(
        "no quotes around a key",
        "GET /api/v1/KeystoreEntries(6D79)",
        &[BEARER],
        "",
        "odata_unknown_literal",
        "Strings stand in single quotes",
    ),
    mistake(
        "key of another name",
        "GET /api/v1/KeystoreEntries(Alias='6D79')",
        &[BEARER],
        "",
        "odata_invalid_key",
        "Set('x') or Set(A='x',B=1)",
    ),
    mistake(
        "OData V4 path",
        "GET /odata/v4/KeystoreEntries",
        &[BEARER],
        "",
        "unknown_path",
        "The nearest operation is GET /api/v1/KeystoreEntries",
    ),
    mistake(
        "base path of another version",
        "GET /api/v2/KeystoreEntries",
        &[BEARER],
        "",
        "unknown_path",
        "The nearest operation is GET /api/v1/KeystoreEntries",
    ),
    mistake(
        "base path left out",
        "GET /KeystoreEntries",
        &[BEARER],
        "",
        "unknown_path",
        "The nearest operation is GET /api/v1/KeystoreEntries",
    ),
    mistake(
        "service of API Management without its version",
        "GET /apiportal/api/Management.svc/CertificateStores",
        &[BEARER],
        "",
        "unknown_path",
        "/apiportal/api/1.0/Management.svc/CertificateStores",
    ),
    mistake(
        "set in the singular",
        "GET /apiportal/api/1.0/Management.svc/CertificateStore('ts')",
        &[BEARER],
        "",
        "odata_unknown_set",
        "Management.svc/CertificateStores",
    ),
    mistake("no credentials", "GET /api/v1/KeystoreEntries", &[], "", "token_missing", "Authorization: Bearer <token>"),
    mistake(
        "credentials of another scheme",
        "GET /api/v1/KeystoreEntries",
        &[("authorization", "Digest x")],
        "",
        "token_missing",
        "Authorization: Bearer <token>",
    ),
    mistake(
        "Basic credentials that are no Base64",
        "GET /api/v1/KeystoreEntries",
        &[("authorization", "Basic ???")],
        "",
        "token_invalid",
        "malformed",
    ),
    mistake(
        "wrong secret of a known client",
        "POST /oauth/token?grant_type=client_credentials",
        &[("authorization", "Basic c2ItY2VydG1pbWljOndyb25n")],
        "",
        "bad_credentials",
        "lists under `clients`",
    ),
    mistake(
        "no grant type",
        "POST /oauth/token",
        &[("authorization", "Basic c2ItY2VydG1pbWljOmNlcnRtaW1pYy1zZWNyZXQ=")],
        "",
        "missing_grant_type",
        "grant_type=client_credentials",
    ),
    mistake(
        "grant type of users",
        "POST /oauth/token?grant_type=password",
        &[("authorization", "Basic c2ItY2VydG1pbWljOmNlcnRtaW1pYy1zZWNyZXQ=")],
        "",
        "unauthorized_grant_type",
        "grant_type=client_credentials",
    ),
    mistake(
        "token address with another method",
        "PUT /oauth/token",
        &[BEARER],
        "",
        "token_method_not_allowed",
        "Use POST",
    ),
    mistake(
        "write without a CSRF token",
        "DELETE /api/v1/KeystoreEntries('6D796B657970616972')",
        &[BEARER],
        "",
        "csrf_token_required",
        "X-CSRF-Token: Fetch",
    ),
    mistake(
        "CSRF token that was never handed out",
        "DELETE /api/v1/KeystoreEntries('6D796B657970616972')",
        &[BEARER, ("x-csrf-token", "made-up")],
        "",
        "csrf_token_required",
        "with its cookies",
    ),
    mistake(
        "unknown system query option",
        "GET /apiportal/api/1.0/Management.svc/CertificateStores?$fields=name",
        &[BEARER],
        "",
        "odata_unknown_option",
        "OData V2 has $filter",
    ),
    mistake(
        "option without its dollar sign's spelling",
        "GET /apiportal/api/1.0/Management.svc/CertificateStores?$Filter=name%20eq%20'ts'",
        &[BEARER],
        "",
        "odata_unknown_option",
        "$filter",
    ),
    mistake(
        "filter with an operator of another language",
        "GET /apiportal/api/1.0/Management.svc/CertificateStores?$filter=name%20==%20'ts'",
        &[BEARER],
        "",
        "odata_invalid_filter",
        "Unknown character `=`",
    ),
    mistake(
        "filter on a property that is not there",
        "GET /apiportal/api/1.0/Management.svc/CertificateStores?$filter=nome%20eq%20'ts'",
        &[BEARER],
        "",
        "odata_invalid_filter",
        "no property `nome`",
    ),
    mistake(
        "filter on keystore entries",
        "GET /api/v1/KeystoreEntries?$filter=Alias%20eq%20'a'",
        &[BEARER],
        "",
        "odata_option_not_supported",
        "does not honour the option",
    ),
    mistake(
        "number that is none",
        "GET /apiportal/api/1.0/Management.svc/CertificateStores?$top=ten",
        &[BEARER],
        "",
        "odata_invalid_value",
        "$top and $skip take a number",
    ),
    mistake(
        "format that is not there",
        "GET /apiportal/api/1.0/Management.svc/CertificateStores?$format=yaml",
        &[BEARER],
        "",
        "odata_format_not_supported",
        "$format is json, atom or xml",
    ),
    mistake(
        "body that is no JSON",
        "POST /apiportal/api/1.0/Management.svc/CertificateStoreReferences",
        &[BEARER, JSON],
        "{name: r}",
        "odata_body_malformed",
        "key must be a string at line 1 column 2",
    ),
    mistake(
        "body without a content type",
        "POST /apiportal/api/1.0/Management.svc/CertificateStoreReferences",
        &[BEARER],
        "{\"name\":\"r\"}",
        "odata_media_type_not_supported",
        "Send the body as application/json",
    ),
    mistake(
        "member that is not there",
        "POST /apiportal/api/1.0/Management.svc/CertificateStoreReferences",
        &[BEARER, JSON],
        "{\"name\":\"r\",\"store\":\"ts\"}",
        "odata_body_unknown_member",
        "'store'",
    ),
    mistake(
        "reference to a store that is not there",
        "POST /apiportal/api/1.0/Management.svc/CertificateStoreReferences",
        &[BEARER, JSON],
        "{\"name\":\"r\",\"certificateStoreName\":\"nope\"}",
        "reference_created_without_store",
        "name of a store that exists",
    ),
    mistake(
        "name that is taken",
        "POST /apiportal/api/1.0/Management.svc/CertificateStoreReferences",
        &[BEARER, JSON],
        "{\"name\":\"reference_ts_1\",\"certificateStoreName\":\"ts\"}",
        "reference_exists",
        "update the existing reference with PUT",
    ),
    mistake(
        "key in place of a certificate",
        "PUT /api/v1/CertificateResources('6E6577')/$value?fingerprintVerified=true",
        &[BEARER, OCTETS, ("x-csrf-token", "$CSRF")],
        "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n",
        "certificate_invalid",
        "the first block counts, whatever its label",
    ),
    mistake(
        "certificate without Base64",
        "PUT /api/v1/CertificateResources('6E6577')/$value?fingerprintVerified=true",
        &[BEARER, OCTETS, ("x-csrf-token", "$CSRF")],
        "no certificate",
        "not_a_certificate",
        "as DER, as PEM, or as base64",
    ),
    mistake(
        "certificate resource without $value",
        "PUT /api/v1/CertificateResources('6E6577')?fingerprintVerified=true",
        &[BEARER, OCTETS, ("x-csrf-token", "$CSRF")],
        "x",
        "odata_media_type_not_supported",
        "CertificateResources({Hexalias})/$value",
    ),
    mistake(
        "Apinizer path without its slash",
        "GET /apiops/projects/MyProject/certificates",
        &[BEARER],
        "",
        "no_handler",
        "Paths end in a slash",
    ),
    mistake(
        "project that is not there",
        "GET /apiops/projects/Nope/certificates/",
        &[BEARER],
        "",
        "project_not_found",
        "Project(Nope)",
    ),
    mistake(
        "method that the path has not",
        "PATCH /apiops/projects/MyProject/certificates/",
        &[BEARER],
        "",
        "method_not_allowed",
        "The path exists for GET, POST",
    ),
    mistake(
        "Apinizer body that is no JSON",
        "POST /apiops/projects/MyProject/certificates/",
        &[BEARER, JSON],
        "nonsense",
        "form_unreadable",
        "the content type is not multipart/form-data",
    ),
    mistake(
        "Apinizer token request in JSON",
        "POST /apiops/auth/token",
        &[JSON],
        "{\"grant_type\":\"client_credentials\"}",
        "unsupported_grant_type",
        "as a form, not as JSON",
    ),
    mistake(
        "Apinizer password that is wrong",
        "POST /apiops/auth/token",
        &[FORM],
        "grant_type=client_credentials&client_id=apinizer&client_secret=wrong",
        "bad_credentials",
        "the account must be enabled",
    ),
];

#[test]
fn each_is_named_in_one_line() {
    assert!(MISTAKES.len() >= 40);
    let mut wrong = Vec::new();
    for mistake in MISTAKES {
        let (status, diagnosis) = answered(mistake);
        let header_fits = diagnosis.lines().count() == 1 && diagnosis.len() < 700;
        let (code, line) = diagnosis.split_once("; ").unwrap_or((&diagnosis, ""));
        if status < 400 || code != mistake.code || !line.contains(mistake.says) || !header_fits {
            wrong.push(format!("{}: {}\n    {status} {diagnosis}", mistake.what, mistake.request));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn answered(mistake: &Mistake) -> (u16, String) {
    let worlds = Worlds::new(load(&[Source::BuiltIn("quickstart".to_owned())]).unwrap());
    let token = send(&worlds, "GET /api/v1/KeystoreEntries", &[BEARER, ("x-csrf-token", "Fetch")], "");
    let token = token.headers["x-csrf-token"].to_str().unwrap().to_owned();
    let headers: Vec<(&str, &str)> = mistake
        .headers
        .iter()
        .map(|(name, value)| (*name, if *value == "$CSRF" { token.as_str() } else { *value }))
        .collect();
    let response = send(&worlds, mistake.request, &headers, mistake.body);
    let header = response.headers.get("certmimic-diagnosis").map(|value| value.to_str().unwrap().to_owned());
    (response.status.as_u16(), header.unwrap_or_default())
}

fn send(worlds: &Worlds, line: &str, headers: &[(&str, &str)], body: &str) -> certmimic::http::Response {
    let (method, target) = line.split_once(' ').unwrap();
    gateway::answer(worlds, &request(method, target, headers, body.to_owned()))
}
