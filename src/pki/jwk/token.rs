//! Compact signed tokens (RFC 7515 section 7.1).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use sha2::Sha256;

use super::base64url;
use crate::pki::{Error, PrivateKey, SignatureAlgorithm};

/// A compact JWS, RS256. `alg` is put first into the header; other members keep their order.
pub fn sign_rs256(key: &PrivateKey, header: &Map<String, Value>, claims: &Value) -> Result<String, Error> {
    let algorithm = SignatureAlgorithm::from_java_name("SHA256withRSA");
    let algorithm = algorithm.ok_or_else(|| Error::Unsupported("SHA256withRSA".into()))?;
    let input = signing_input("RS256", header, claims);
    let signature = key.sign(&algorithm, input.as_bytes())?;
    Ok(format!("{input}.{}", base64url(&signature)))
}

/// A compact JWS, HS256. `alg` is put first into the header; other members keep their order.
pub fn sign_hs256(secret: &[u8], header: &Map<String, Value>, claims: &Value) -> String {
    let input = signing_input("HS256", header, claims);
    // HMAC takes a key of any length (RFC 2104): there is no error to pass on.
    let signature = Hmac::<Sha256>::new_from_slice(secret)
        .map(|mac| mac.chain_update(input.as_bytes()).finalize().into_bytes().to_vec())
        .unwrap_or_default();
    format!("{input}.{}", base64url(&signature))
}

/// The claims of a compact token, if it has the form of one and they are of this shape; its signature is not looked at.
pub fn read_claims<T: DeserializeOwned>(token: &str) -> Option<T> {
    let mut parts = token.split('.');
    let (_header, claims, _signature) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
}

fn signing_input(algorithm: &str, header: &Map<String, Value>, claims: &Value) -> String {
    let others = header.iter().filter(|(name, _)| *name != "alg").map(|(name, value)| (name.clone(), value.clone()));
    let header: Map<_, _> = [("alg".to_owned(), Value::from(algorithm))].into_iter().chain(others).collect();
    let [header, claims] = [&Value::Object(header), claims].map(|part| base64url(part.to_string().as_bytes()));
    format!("{header}.{claims}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Checked with `openssl dgst -sha256 -hmac secret`.
    #[test]
    fn an_hs256_token() {
        let header = Map::from_iter([("typ".to_owned(), Value::from("JWT")), ("alg".to_owned(), Value::from("none"))]);
        let token = sign_hs256(b"secret", &header, &json!({"sub": "a"}));
        assert_eq!(
            token,
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhIn0.qBdA9L_PTGPhu7ipY7Xs4Eol-m79U_HNIifGEFJXeJQ"
        );
    }
}
