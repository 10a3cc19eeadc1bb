//! Masks secrets in what is shown of requests and answers: passwords, tokens, client secrets, private keys, keystores.
//!
//! Two rules, whatever the format: the value of a member, field, header or element whose *name* says that it is a secret; and
//! a value that *is* one by its form: private keys and keystores in PEM, DER or Base64, and JSON Web Tokens.

mod form;
mod json;
mod material;
mod text;

use std::borrow::Cow;

use crate::http::MediaType;
use crate::store::names_a_secret as is_secret;

/// What stands in place of a secret.
pub(super) const MASK: &str = "***";

/// A body as it may be shown.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Body<'a> {
    /// Text, its secrets masked.
    Text(String),
    /// Bytes that are no text and no secret.
    Bytes(&'a [u8]),
    /// Bytes that are a private key, a keystore or an archive that may hold some, or of which nothing says what they are.
    Withheld,
}

/// A body of a media type, masked.
pub(super) fn body<'a>(content_type: &str, bytes: &'a [u8]) -> Body<'a> {
    if let Some(form) = form::multipart(content_type, bytes) {
        return Body::Text(form);
    }
    let media_type = MediaType::parse(content_type);
    let is_of = |name: &str| media_type.as_ref().is_some_and(|media| media.is(name));
    // A file of which only its bytes could say what it is: a secret key is any bytes.
    let is_file = is_of("application/octet-stream") || is_of("application/x-pem-file");
    let is_unknown = is_file && !bytes.is_empty() && !material::is_recognised(bytes);
    if is_unknown || material::is_private(bytes) {
        return Body::Withheld;
    }
    let Ok(text) = str::from_utf8(bytes) else { return Body::Bytes(bytes) };
    Body::Text(match json::masked(text) {
        Some(masked) => masked,
        None if is_of("application/x-www-form-urlencoded") => form::pairs(text),
        None => text::masked(text),
    })
}

/// A text of a media type as it may be shown anywhere; nothing of what is no text, or may not be shown.
pub fn shown(content_type: &str, bytes: &[u8]) -> Option<String> {
    match body(content_type, bytes) {
        Body::Text(text) => Some(text),
        Body::Bytes(_) | Body::Withheld => None,
    }
}

/// A query, masked.
pub(super) fn query(query: &str) -> String {
    form::pairs(query)
}

/// The value of a header, masked. Of credentials, the scheme stays, and of Basic the name.
pub(super) fn header<'a>(name: &str, value: &'a str) -> Cow<'a, str> {
    match name.to_ascii_lowercase().as_str() {
        "authorization" | "proxy-authorization" => {
            let scheme = value.split_once(' ').map_or("", |(scheme, _)| scheme);
            format!("{scheme} {MASK}").trim_start().to_owned().into()
        }
        "cookie" | "set-cookie" => cookie(value).into(),
        // What asks for a token, or says that one is needed, is none.
        "x-csrf-token" if matches!(value.to_ascii_lowercase().trim(), "fetch" | "required") => value.into(),
        _ if is_secret(name) => MASK.into(),
        _ => text::masked(value).into(),
    }
}

/// Names stay, values go; attributes of `Set-Cookie` are no secrets.
fn cookie(value: &str) -> String {
    const ATTRIBUTES: [&str; 6] = ["path", "domain", "expires", "max-age", "samesite", "version"];
    let masked = |pair: &str| match pair.split_once('=') {
        Some((name, _)) if !ATTRIBUTES.contains(&name.trim().to_ascii_lowercase().as_str()) => format!("{name}={MASK}"),
        _ => pair.to_owned(),
    };
    value.split(';').map(masked).collect::<Vec<_>>().join(";")
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    use super::*;

    const CANARY: &str = "canary-4711";

    fn shown(content_type: &str, text: &str) -> String {
        match body(content_type, text.as_bytes()) {
            Body::Text(text) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_secret_is_known_by_its_name_in_every_format() {
        let json = "application/json";
        for (content_type, text) in [
            (json, r#"{"a":[{"Password":"canary-4711"}],"client_secret":"canary-4711"}"#),
            (json, r#"{"pass\u0077ord":"canary-4711"}"#),
            (json, r#"{"access_token":"canary-4711","token_type":"bearer"}"#),
            (json, r#"{"password":{"value":"canary-4711"}}"#),
            (json, r#"{"encrypted":true,"keyMapEntryValues":[{"name":"n","value":"canary-4711"}]}"#),
            (json, r#"{"name":"n","map_name":"m","value":"canary-4711"}"#),
            (json, r#"{"value":"canary-4711"}"#),
            (json, r#"{"broken":1,"Password" : "canary-4711\" canary-4711", x}"#),
            (json, r#"{"broken":1, "Passwords":[], "Password": ["canary-4711", "canary-4711"], x}"#),
            (json, r#"{"broken":1, "keyPassword": "canary-4711"#),
            ("application/x-www-form-urlencoded", "client_id=a&client%5Fsecret=canary%2D4711&x=y"),
            ("application/x-www-form-urlencoded", "password=canary-4711"),
            ("text/plain", "client_secret=canary-4711&x=y"),
            (
                "application/atom+xml",
                "<m:properties><d:Password m:type=\"Edm.String\">canary-4711</d:Password></m:properties>",
            ),
            ("application/atom+xml", "<m:properties><d:name>n</d:name><d:value>canary-4711</d:value></m:properties>"),
            (
                "multipart/mixed; boundary=b",
                "--b\r\nAuthorization: Basic canary-4711\r\n\r\n{\"Password\":\"canary-4711\"}\r\n--b--",
            ),
            (
                "multipart/form-data; boundary=b",
                "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\ncanary-4711\r\n--b--\r\n",
            ),
            (
                "multipart/form-data; boundary=b",
                "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n{\"Password\":\"canary-4711\"}\r\n--b--\r\n",
            ),
            (
                json,
                r#"{"keyType":"SECRET_KEY","cryptoKeyInfoEnvironmentList":[{"environmentName":"e","content":"canary-4711"}]}"#,
            ),
            (
                json,
                r#"{"keyType":"PUBLIC_KEY","cryptoKeyInfoEnvironmentList":[{"environmentName":"e","content":"canary-4711"}]}"#,
            ),
            (json, r#"{"kty":"RSA","oth":[{"r":"canary-4711","d":"canary-4711","t":"canary-4711"}]}"#),
            (json, r#"{"kty":"RSA","n":"x","d":"canary-4711","p":"canary"#),
            (json, r#"{"jwkStr":"{\"kty\":\"oct\",\"k\":\"canary-4711\"}"}"#),
            (json, r#"{"name":"k","cryptoKeyInfoEnvironmentList":[{"content":"canary-4711"}]}"#),
            (
                "multipart/form-data; boundary=b",
                "--b\r\nContent-Disposition: form-data; name=\"keyFile\"; filename=\"k\"\r\n\r\ncanary-4711\r\n--b--\r\n",
            ),
        ] {
            let shown = shown(content_type, text);
            assert!(!shown.contains(CANARY) && !shown.contains("canary"), "{content_type} {text}\n{shown}");
            assert!(shown.contains(MASK), "{shown}");
        }
    }

    #[test]
    fn a_secret_is_known_by_its_form() {
        let pem = "-----BEGIN RSA PRIVATE KEY-----\nMIICcanary4711\n-----END RSA PRIVATE KEY-----\n";
        let jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.canary4711canary";
        let keystore = STANDARD.encode([&[0xFE, 0xED, 0xFE, 0xED, 0, 0, 0, 2][..], &[0x61; 90]].concat());
        let lines =
            keystore.as_bytes().chunks(64).map(|line| str::from_utf8(line).unwrap()).collect::<Vec<_>>().join("\r\n");
        let jwk = r#"{"kty":"RSA","n":"public","d":"canary4711","dp":"canary4711"}"#;
        for text in
            [pem, jwt, &keystore, &lines, jwk, &format!(r#"{{"Resource":"{keystore}"}}"#), &format!("<x>{jwt}</x>")]
        {
            let shown = shown("application/json", text);
            let secret = ["canary4711", "YWFhYWFh"].iter().any(|secret| shown.contains(secret));
            assert!(!secret && shown.contains(MASK), "{text}\n{shown}");
        }
        assert_eq!(body("application/octet-stream", &[0xFE, 0xED, 0xFE, 0xED, 0, 0, 0, 2]), Body::Withheld);
        assert_eq!(body("application/octet-stream", b"canary"), Body::Withheld);
        assert_eq!(body("", &[0x30, 0x82, 0x01, 0x00, 0x02, 0x01, 0x00, 0x30]), Body::Withheld);
    }

    #[test]
    fn what_is_called_public_and_is_a_private_key_is_masked() {
        let file = |name: &str| crate::seed::fixture(&format!("fixture:{name}")).unwrap().bytes;
        let (certificate, key) = (file("server/smtp.pem"), file("keys/rsa.pem"));
        let of = |pem: &[u8]| {
            let pem = STANDARD.encode(pem);
            let key = serde_json::json!({"keyType": "PUBLIC_KEY", "cryptoKeyInfoEnvironmentList": [{"content": pem}]});
            shown("application/json", &key.to_string()).contains(&pem)
        };
        assert!(of(certificate) && !of(key) && !of(&[certificate, key].concat()));
        // By its form alone, too.
        assert_eq!(shown("text/plain", &STANDARD.encode(key)), MASK);
        assert_eq!(shown("text/plain", &STANDARD.encode(certificate)), STANDARD.encode(certificate));
    }

    /// Of a file that nobody says anything of, only its form as a whole tells what it is.
    #[test]
    fn a_secret_that_begins_like_something_else_is_withheld() {
        let octets = |bytes: &[u8]| body("application/octet-stream", bytes) == Body::Withheld;
        for secret in [
            "0canary-4711",
            "MIcanary-4711",
            "MIcanary4711",
            "{canary-4711",
            "[1, canary",
            "ssh-canary 4711",
            "0\u{8}canary-4711",
        ] {
            assert!(octets(secret.as_bytes()), "{secret}");
        }
        let key = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";
        for public in [key, "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA x", "{\"a\":1}", "[]", "-----BEGIN PUBLIC KEY-----\n"]
        {
            assert!(!octets(public.as_bytes()), "{public}");
        }
        assert!(!octets(&STANDARD.decode(key).unwrap()));
    }

    #[test]
    fn what_is_no_secret_is_shown_as_it_was_sent() {
        for text in [
            r#"{"encrypted":false,"keyMapEntryValues":[{"name":"n","value":"shown"}]}"#,
            r#"{"keyType":"PUBLIC_KEY","cryptoKeyInfoEnvironmentList":[{"content":"ssh-rsa AAAAB3NzaC1yc2E= shown"}]}"#,
            r#"{"keyType":"PUBLIC_KEY","cryptoKeyInfoEnvironmentList":[{"content":"MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE="}]}"#,
            r#"{ "name":"x",  "TokenServiceUrl":"https://a.example", "token_type":"bearer", "n": 1.0 }"#,
            "-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJ\n-----END CERTIFICATE-----\n",
            "",
            "a.b.c",
            r#"--b {"d":{"results":[]}} {"d" : [1], x"#,
        ] {
            assert_eq!(shown("application/json", text), text);
        }
        assert_eq!(shown("application/x-www-form-urlencoded", "a=b%20c&d"), "a=b%20c&d");
        assert_eq!(body("", &[0xFF, 0x00]), Body::Bytes(&[0xFF, 0x00]));
        let certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        assert_eq!(body("application/octet-stream", certificate.as_bytes()), Body::Text(certificate.to_owned()));
    }

    #[test]
    fn credentials_in_headers_keep_their_scheme() {
        assert_eq!(header("Authorization", "Bearer canary"), "Bearer ***");
        assert_eq!(header("authorization", "canary"), "***");
        assert_eq!(header("Cookie", "JSESSIONID=canary; b=canary"), "JSESSIONID=***; b=***");
        assert_eq!(header("set-cookie", "JSESSIONID=canary; Path=/; HttpOnly"), "JSESSIONID=***; Path=/; HttpOnly");
        assert_eq!(header("X-CSRF-Token", "Fetch"), "Fetch");
        assert_eq!(header("x-csrf-token", "canary"), "***");
        assert_eq!(header("accept", "*/*"), "*/*");
        assert_eq!(query("client_id=a&client_secret=canary"), "client_id=a&client_secret=***");
    }

    /// A text that names secrets without end, and has none, takes no time that grows with its square.
    #[test]
    fn a_hostile_text_is_masked_soon() {
        for piece in ["password ", "<password ", "password\" ", "-----BEGIN X PRIVATE KEY ", "password:[", "a=b="] {
            let text = piece.repeat(1_000_000 / piece.len());
            assert!(matches!(body("text/plain", text.as_bytes()), Body::Text(_)), "{piece}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_masked_without_a_panic(content_type: String, bytes: Vec<u8>, text: String) {
            let _ = (body(&content_type, &bytes), body(&content_type, text.as_bytes()), query(&text), header(&content_type, &text));
        }
    }
}
