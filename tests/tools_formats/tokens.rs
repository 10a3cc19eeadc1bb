//! JWKs and signed tokens against OpenSSL, and against a Python library where there is one.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use certmimic::pki::jwk::{self, Jwk};
use libtest_mimic::Trial;
use serde_json::{Map, json};

use crate::key;
use crate::trial::{attempt, trial};
use crate::workshop::Workshop;

pub fn trials() -> Vec<Trial> {
    vec![
        trial("tokens::keys_survive_the_way_through_json", &["openssl"], keys_survive_the_way_through_json),
        attempt(
            "tokens::a_python_library_loads_the_keys_and_agrees_on_thumbprints",
            &["openssl", "python3"],
            a_python_library_loads_the_keys_and_agrees_on_thumbprints,
        ),
        trial("tokens::openssl_verifies_a_token", &["openssl"], openssl_verifies_a_token),
    ]
}

const KINDS: [&str; 7] = [
    "-algorithm RSA -pkeyopt rsa_keygen_bits:2048",
    "-algorithm EC -pkeyopt ec_paramgen_curve:P-256",
    "-algorithm EC -pkeyopt ec_paramgen_curve:P-384",
    "-algorithm EC -pkeyopt ec_paramgen_curve:P-521",
    "-algorithm EC -pkeyopt ec_paramgen_curve:secp256k1",
    "-algorithm ED25519",
    "-algorithm X25519",
];

fn keys_survive_the_way_through_json() {
    let workshop = Workshop::new("tokens-keys");
    for kind in KINDS {
        workshop.run(&format!("openssl genpkey {kind} -out key"));
        let key = key(&workshop, "key");
        let written = Jwk::from_private_key(&key).unwrap();
        let [read] = jwk::parse(&written.to_json().to_string()).unwrap().try_into().unwrap();
        assert!(read == written, "{kind}");
        let again = read.material.private_key().unwrap().unwrap();
        assert!(again.public_key() == key.public_key(), "{kind}");
        assert!(Jwk::from_private_key(&again).unwrap() == written, "{kind}");
        let public = read.material.to_public().unwrap();
        assert!(public == Jwk::from_public_key(key.public_key()).unwrap().material, "{kind}");
        assert!(public.public_key().unwrap() == *key.public_key(), "{kind}");
        assert_eq!(public.thumbprint(), read.material.thumbprint());
    }
}

fn a_python_library_loads_the_keys_and_agrees_on_thumbprints() -> Result<(), String> {
    let workshop = Workshop::new("tokens-python");
    if !workshop.attempt("python3 -c import␣jwcrypto", "").0 {
        return Err("the Python package jwcrypto is not installed".to_owned());
    }
    let keys = KINDS.map(|kind| {
        workshop.run(&format!("openssl genpkey {kind} -out key"));
        Jwk::from_private_key(&key(&workshop, "key")).unwrap()
    });
    workshop.write("keys.json", jwk::set(&keys).to_string());
    workshop.write(
        "check.py",
        "import json\nfrom jwcrypto.jwk import JWK\n\
         for key in json.load(open('keys.json'))['keys']: print(JWK(**key).thumbprint())\n",
    );
    let printed = workshop.run("python3 check.py");
    let thumbprints: Vec<_> = keys.iter().map(|key| key.material.thumbprint()).collect();
    assert_eq!(printed.lines().collect::<Vec<_>>(), thumbprints);
    Ok(())
}

fn openssl_verifies_a_token() {
    let workshop = Workshop::new("tokens-signed");
    workshop.run("openssl genpkey -algorithm RSA -out key");
    workshop.run("openssl pkey -in key -pubout -out public");
    let header = Map::from_iter([("typ".to_owned(), json!("JWT")), ("kid".to_owned(), json!("default"))]);
    let token = jwk::sign_rs256(&key(&workshop, "key"), &header, &json!({"sub": "größe"})).unwrap();
    let (input, signature) = token.rsplit_once('.').unwrap();
    let decoded = |part: &str| String::from_utf8(URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
    let (header, claims) = input.split_once('.').unwrap();
    assert_eq!(decoded(header), r#"{"alg":"RS256","typ":"JWT","kid":"default"}"#);
    assert_eq!(decoded(claims), r#"{"sub":"größe"}"#);
    workshop.write("input", input);
    workshop.write("signature", URL_SAFE_NO_PAD.decode(signature).unwrap());
    workshop.run("openssl dgst -sha256 -verify public -signature signature input");
}
