//! What requests for new key pairs have in common: subject, validity, signature algorithm, and the self-signed certificate.

use super::alias::Alias;
use super::error::Error;
use super::request::present;
use super::state::{Content, State};
use crate::effects::Timestamp;
use crate::odata::{Entry as Body, Value};
use crate::pki::generate::{Template, self_signed};
use crate::pki::{self, DistinguishedName, KeyType, PrivateKey, SignatureAlgorithm};
use crate::store::Draft;

/// Years that a certificate is valid if the request does not say.
const YEARS: i32 = 3;

/// The alias that a request asks for.
pub fn alias(body: &Body) -> Result<Alias, Error> {
    Alias::for_administrator(body.text("Alias").unwrap_or_default().to_owned())
}

/// Refuses a request without a country.
pub fn refuse_without_country(body: &Body) -> Result<(), Error> {
    present(body, "Country").map(|_| ()).ok_or(Error::CountryEmpty)
}

/// A key pair of a key and a certificate that it signs itself.
pub fn key_pair(
    draft: &mut Draft<'_, State>,
    body: &Body,
    key: PrivateKey,
    algorithm: &Signature,
) -> Result<Content, Error> {
    let (not_before, not_after) = validity(body, draft.effects.now)?;
    let template = Template {
        subject: subject(body)?,
        serial: draft.effects.ids.bytes::<16>().to_vec(),
        not_before,
        not_after,
        ca: false,
        alternative_names: Vec::new(),
        extended_key_usage: Vec::new(),
        comment: "",
    };
    let certificate = self_signed(&template, &key, &algorithm.algorithm).map_err(|error| match error {
        pki::Error::Unsupported(_) => Error::KeyTooShort { algorithm: algorithm.requested.clone() },
        error => Error::SubjectInvalid { reason: error.to_string() },
    })?;
    Ok(Content::pair(key, certificate, &[]))
}

/// The subject, encoded so that it prints as `EMAILADDRESS=…, CN=…, OU=…, O=…, L=…, ST=…, C=…`.
pub fn subject(body: &Body) -> Result<DistinguishedName, Error> {
    const ATTRIBUTES: [(&str, &str); 7] = [
        ("C", "Country"),
        ("ST", "State"),
        ("L", "Locality"),
        ("O", "Organization"),
        ("OU", "OrganizationUnit"),
        ("CN", "CommonName"),
        ("EMAILADDRESS", "Email"),
    ];
    present(body, "CommonName").ok_or(Error::CommonNameEmpty)?;
    if let Some(country) = present(body, "Country").filter(|country| country.chars().count() != 2) {
        return Err(Error::CountryInvalid { country: country.to_owned() });
    }
    if let Some(name) = ["Country", "Email"].into_iter().find(|name| !body.text(name).unwrap_or_default().is_ascii()) {
        return Err(Error::SubjectInvalid { reason: format!("{name} takes ASCII only") });
    }
    let attributes: Vec<(&str, &str)> =
        ATTRIBUTES.into_iter().filter_map(|(short, name)| Some((short, present(body, name)?))).collect();
    DistinguishedName::from_attributes(&attributes).map_err(|error| Error::SubjectInvalid { reason: error.to_string() })
}

/// Start and end in seconds: from now on for three years, unless the request says otherwise.
fn validity(body: &Body, now: Timestamp) -> Result<(i64, i64), Error> {
    let moment = |name: &str| match body.value(name) {
        Some(Value::DateTimeOffset(time)) => Some(*time),
        _ => None,
    };
    let start = moment("ValidNotBefore").unwrap_or(now);
    let end = moment("ValidNotAfter").unwrap_or_else(|| years_later(now));
    if end <= start { Err(Error::ValidityReversed) } else { Ok((start.seconds(), end.seconds())) }
}

/// The same day so many years later, a 29 February becoming a 28th.
fn years_later(time: Timestamp) -> Timestamp {
    let date_time = time.date_time();
    let year = date_time.year() + YEARS;
    let later = date_time.replace_year(year).or_else(|_| date_time.replace_day(28)?.replace_year(year));
    later.map_or(time, Timestamp::from_date_time)
}

/// A signature algorithm, and how the request calls it.
#[derive(Debug)]
pub struct Signature {
    algorithm: SignatureAlgorithm,
    requested: String,
    /// Bytes that its hash and encoding take of an RSA key.
    rsa_bytes: u32,
}

impl Signature {
    /// The one that a request names, such as `SHA-512/RSA` or `SHA512/RSA`; the strongest of the key's kind if none.
    pub fn of(body: &Body, key_type: KeyType) -> Result<Self, Error> {
        let (name, family, hashes): (&str, &str, &[u32]) = match key_type {
            KeyType::Dsa => ("DSA", "DSA", &[256, 224, 1]),
            KeyType::Ec => ("EC", "ECDSA", &[512, 256, 1]),
            _ => ("RSA", "RSA", &[512, 256, 384, 224, 1]),
        };
        let requested = present(body, "SignatureAlgorithm");
        let wanted = |hash: &u32| match requested {
            None => true,
            Some(text) => text == format!("SHA-{hash}/{family}") || text == format!("SHA{hash}/{family}"),
        };
        let unsupported = || Error::SignatureAlgorithmUnsupported {
            algorithm: requested.unwrap_or_default().to_owned(),
            key_type: name.to_owned(),
        };
        let hash = *hashes.iter().find(|hash| wanted(hash)).ok_or_else(unsupported)?;
        let algorithm =
            SignatureAlgorithm::from_java_name(&format!("SHA{hash}with{family}")).ok_or_else(unsupported)?;
        let bits = if hash == 1 { 160 } else { hash };
        let requested = format!("SHA-{hash}/{family}");
        Ok(Self { algorithm, requested, rsa_bytes: bits / 8 + RSA_ENCODING })
    }

    /// Refuses an RSA key that is too short for the hash.
    pub fn refuse_if_longer_than(&self, key: &PrivateKey) -> Result<(), Error> {
        let bytes = key.public_key().size().unwrap_or(0) / 8;
        if bytes < self.rsa_bytes { Err(Error::KeyTooShort { algorithm: self.requested.clone() }) } else { Ok(()) }
    }
}

/// Bytes of PKCS#1 version 1.5 around a hash: 19 of DigestInfo, 11 of padding at least (RFC 8017 section 9.2).
const RSA_ENCODING: u32 = 30;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_years_later() {
        let later = |text| years_later(Timestamp::parse_iso(text).unwrap()).iso_seconds();
        assert_eq!(later("2026-01-15T08:00:00Z"), "2029-01-15T08:00:00Z");
        assert_eq!(later("2024-02-29T08:00:00Z"), "2027-02-28T08:00:00Z");
    }
}
