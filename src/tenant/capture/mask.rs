//! Names, e-mail addresses and host names in the words of a scenario, with others in their place: the same one for the same one,
//! wherever it stands, and numbered in the order of the document, so that nothing of a name is in what replaces it.
//!
//! It fails closed: a member that is not listed below is masked. Certificates have been minted anew by then, and no material
//! of the tenant is left.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::material::STAND_IN;
use crate::pki::DistinguishedName;

/// Members that say nothing about whose tenant it is: words of the format, dates, numbers of certmimic's own, and material
/// and secrets that stand in.
const KEPT: &[&str] = &[
    "algorithm",
    "at",
    "authType",
    "base64",
    "changed_at",
    "ciphers",
    "client_authentication",
    "client_secret",
    "condition_attribute",
    "condition_type",
    "created_at",
    "destType",
    "expires",
    "file",
    "jwk",
    "kind",
    "mode",
    "not_before",
    "owner",
    "password",
    "pem",
    "private_key",
    "protocols",
    "public_key",
    "scope_content_type",
    "secret",
    "secure_param",
    "send_as_part_of",
    "source_type",
    "status",
    "store_type",
    "transferred",
    "type",
    "use",
];

/// Members that are people or clients.
const PEOPLE: &[&str] = &["by", "changed_by", "client_id", "created_by", "user", "userName", "clientId"];

/// Members that are text for people.
const TEXTS: &[&str] = &["description", "title", "value", "condition_value"];

/// What everybody has, and what certmimic itself says.
const COMMON: &[&str] = &["SAP", "admin", STAND_IN];

/// What was replaced by what.
#[derive(Default)]
pub(super) struct Mask {
    replaced: BTreeMap<(Sort, String), String>,
    counts: BTreeMap<Sort, usize>,
    /// How things are called whose names are the same but for letter case, by what replaces them.
    spellings: BTreeMap<String, Vec<String>>,
}

/// Sorts of words, by what replaces them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Name,
    Host,
    Mail,
    Person,
    Text,
    Certificate,
    Address,
}

impl Mask {
    /// Masks the sections of a scenario.
    pub(super) fn document(&mut self, document: &mut Value) {
        let Value::Object(members) = document else { return };
        for (name, value) in members {
            if !matches!(name.as_str(), "certmimic" | "name" | "behaviour") {
                self.value("", value);
            }
        }
    }

    fn value(&mut self, member: &str, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.text(member, text),
            // Items are what their list is called.
            Value::Array(items) => items.iter_mut().for_each(|item| self.value(member, item)),
            Value::Object(members) if member == "generate" || member == "issuer" => self.minted(members),
            Value::Object(members) => {
                // Aliases of SAP are those of every tenant.
                let is_of_sap = members.get("owner").and_then(Value::as_str) == Some("sap");
                let kept =
                    |name: &str| KEPT.contains(&name) || name == "original_alias" || is_of_sap && name == "alias";
                for (name, value) in members.iter_mut().filter(|(name, _)| !kept(name)) {
                    self.value(name, value);
                }
            }
            _ => {}
        }
    }

    /// A certificate that is minted: who it is for, who issues it, and what tells whom it stands in for.
    fn minted(&mut self, members: &mut Map<String, Value>) {
        members.remove("serial");
        for (name, value) in members {
            match (name.as_str(), value) {
                ("subject", Value::String(text)) => *text = self.subject(text),
                ("common_name", Value::String(text)) => *text = self.named(text),
                ("stands_in_for", Value::String(text)) => *text = self.other(Sort::Certificate, text),
                ("alternative_names", Value::Array(names)) => {
                    for name in names {
                        if let Value::String(text) = name {
                            *text = self.named(text);
                        }
                    }
                }
                ("issuer", Value::Object(members)) => self.minted(members),
                _ => {}
            }
        }
    }

    /// One attribute is left of a whole name.
    fn subject(&mut self, text: &str) -> String {
        let common_name = DistinguishedName::from_java_text(text).ok().and_then(|name| name.attribute("CN"));
        match common_name {
            Some(name) if is_host(&name) => format!("CN={}", self.named(&name)),
            _ => format!("CN={}", self.other(Sort::Name, text)),
        }
    }

    fn text(&mut self, member: &str, text: &str) -> String {
        if text.is_empty() || COMMON.contains(&text) || text.starts_with("fixture:") {
            return text.to_owned();
        }
        if let Some(name) = text.strip_prefix("ref://") {
            return format!("ref://{}", self.text(member, name));
        }
        if let Some(url) = self.url(text) {
            return url;
        }
        match member {
            // Words of the systems, and numbers that they give; a scenario may have names there, too.
            "scope" if matches!(text, "APIPROXY" | "ENV") => text.to_owned(),
            "id" if text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-') => text.to_owned(),
            _ if text.starts_with('/') => format!("/{}", self.other(Sort::Name, text)),
            _ if PEOPLE.contains(&member) && !text.contains('@') => self.other(Sort::Person, text),
            _ if TEXTS.contains(&member) => self.other(Sort::Text, text),
            _ => self.spelled(text),
        }
    }

    /// A name that may be that of a thing: two that differ in letter case still do, and in that only.
    fn spelled(&mut self, text: &str) -> String {
        let replacement = self.named(text);
        let known = self.spellings.entry(replacement.clone()).or_default();
        let number = known.iter().position(|spelling| spelling == text).unwrap_or(known.len());
        if number == known.len() {
            known.push(text.to_owned());
        }
        recased(&replacement, number)
    }

    /// Scheme and port stay; so does the length of the path, which may be looked at. `None` if it is no URL of the web: words
    /// in which one stands are a text like others.
    fn url(&mut self, text: &str) -> Option<String> {
        let (scheme, rest) = text.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https"))?;
        if text.contains(char::is_whitespace) {
            return None;
        }
        let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        // User and password may stand before the host.
        let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let has_port =
            |(host, port): &(&str, &str)| port.parse::<u16>().is_ok() && (host.ends_with(']') || !host.contains(':'));
        let (host, port) = authority
            .rsplit_once(':')
            .filter(has_port)
            .map_or((authority, String::new()), |(host, port)| (host, format!(":{port}")));
        let path = path.split('/').skip(1).map(|_| "path").collect::<Vec<_>>().join("/");
        let path = if path.is_empty() { path } else { format!("/{path}") };
        Some(format!("{scheme}://{}{port}{path}", self.other(Sort::Host, host)))
    }

    /// A host, an address, an e-mail address, or any other name.
    fn named(&mut self, text: &str) -> String {
        let text = text.trim();
        if let Some(host) = text.strip_prefix("*.") {
            return format!("*.{}", self.named(host));
        }
        if let Some(url) = self.url(text) {
            return url;
        }
        match text {
            _ if text.parse::<std::net::IpAddr>().is_ok() => self.other(Sort::Address, text),
            _ if text.contains('@') => self.other(Sort::Mail, text),
            _ if is_host(text) => self.other(Sort::Host, text),
            _ => self.other(Sort::Name, text),
        }
    }

    fn other(&mut self, sort: Sort, text: &str) -> String {
        // Hosts are the same whatever their letter case.
        let text = if matches!(sort, Sort::Host | Sort::Mail) { text.to_ascii_lowercase() } else { text.to_owned() };
        if let Some(known) = self.replaced.get(&(sort, text.clone())) {
            return known.clone();
        }
        let count = self.counts.entry(sort).or_default();
        *count += 1;
        let replacement = match sort {
            Sort::Name => format!("name-{count}"),
            Sort::Host => format!("host-{count}.example"),
            Sort::Mail => format!("user-{count}@mail.example"),
            Sort::Person => format!("user-{count}"),
            Sort::Text => format!("text {count}"),
            Sort::Certificate => format!("masked-{count}"),
            Sort::Address => address(*count),
        };
        self.replaced.insert((sort, text), replacement.clone());
        replacement
    }
}

/// An address of those that are for documents, by its number from 1: of IPv4 (RFC 5737) as long as there are any, then of IPv6
/// (RFC 3849).
fn address(number: usize) -> String {
    const NETWORKS: [&str; 3] = ["192.0.2", "198.51.100", "203.0.113"];
    const HOSTS: usize = 254;
    let index = number.saturating_sub(1);
    match NETWORKS.get(index / HOSTS) {
        Some(network) => format!("{network}.{}", index % HOSTS + 1),
        None => format!("2001:db8::{:x}:{:x}", number >> 16, number & 0xFFFF),
    }
}

/// The text with those letters in upper case that a number has bits of 1 for.
fn recased(text: &str, mut number: usize) -> String {
    let recased = |letter: char| {
        if !letter.is_ascii_alphabetic() {
            return letter;
        }
        let is_upper = number & 1 == 1;
        number >>= 1;
        if is_upper { letter.to_ascii_uppercase() } else { letter }
    };
    text.chars().map(recased).collect()
}

/// Two labels at least, of the letters that hosts have, the last no number.
fn is_host(text: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    let last = text.rsplit('.').next().unwrap_or_default();
    text.contains('.') && text.split('.').all(label) && !last.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_same_has_the_same_mask_wherever_it_stands() {
        let mut document = json!({"certmimic": 1, "name": "mine", "sap_api_management": {
            "certificate_stores": [{"name": "acme-ts", "type": "TRUSTSTORE", "life_cycle": {"created_by": "ada@acme.example", "created_at": "2025-01-01"},
                "certificates": [{"name": "api.acme.example", "generate": {"subject": "CN=API.acme.example, O=Acme", "serial": "0x1",
                    "stands_in_for": "AB:CD", "alternative_names": ["*.acme.example", "10.0.0.1"], "key": "rsa-2048",
                    "issuer": {"subject": "CN=Acme Root, O=Acme", "key": "rsa-2048"}}}]}],
            "virtual_hosts": [{"id": "0f0c6c1e-5b7e", "custom_domain": "api.acme.example", "trust_store": "acme-ts", "key_store": "ref://acme-ts"}],
            "api_providers": [{"name": "p", "url": "https://api.acme.example:8443/a/b?c=d", "host": "10.0.0.1", "unheard_of": "Acme"}]}});
        Mask::default().document(&mut document);
        let section = &document["sap_api_management"];
        let store = &section["certificate_stores"][0];
        assert_eq!(store["name"], "name-1");
        assert_eq!(store["life_cycle"], json!({"created_by": "user-1@mail.example", "created_at": "2025-01-01"}));
        let minted = &store["certificates"][0]["generate"];
        assert_eq!(minted["subject"], "CN=host-1.example");
        assert_eq!(minted["alternative_names"], json!(["*.host-2.example", "192.0.2.1"]));
        assert_eq!((&minted["stands_in_for"], minted.get("serial")), (&json!("masked-1"), None));
        assert_eq!(minted["issuer"]["subject"], "CN=name-2");
        let host = &section["virtual_hosts"][0];
        assert_eq!(
            *host,
            json!({"id": "0f0c6c1e-5b7e", "custom_domain": "host-1.example", "trust_store": "name-1", "key_store": "ref://name-1"})
        );
        let provider = json!({"name": "name-3", "url": "https://host-1.example:8443/path/path", "host": "192.0.2.1", "unheard_of": "name-4"});
        assert_eq!(section["api_providers"][0], provider);
        assert_eq!(document["name"], "mine");
    }

    #[test]
    fn nothing_is_left_of_words_around_an_address_and_of_who_one_is_to_it() {
        let mut document = json!({"certmimic": 1, "sap_api_management": {"api_providers": [
            {"name": "p", "url": "https://ada:s3cret@acme.example:8443/a", "description": "Ada of Acme: https://acme.example: ask her"},
            {"name": "q", "url": "https://[2001:db8::1]/x", "title": "acme-app://ada"}]}});
        Mask::default().document(&mut document);
        let providers = &document["sap_api_management"]["api_providers"];
        let one = json!({"name": "name-1", "url": "https://host-1.example:8443/path", "description": "text 1"});
        let other = json!({"name": "name-2", "url": "https://host-2.example/path", "title": "text 2"});
        assert_eq!((&providers[0], &providers[1]), (&one, &other));
    }

    #[test]
    fn names_that_differ_in_letter_case_only_still_do_and_hosts_are_the_same() {
        let mut document = json!({"certmimic": 1, "sap_cloud_integration": {"entries": [
            {"alias": "api.acme.example"}, {"alias": "API.acme.example"}, {"alias": "Api.acme.example"},
            {"alias": "API.acme.example", "token_service_url": "https://Api.Acme.example/x"}, {"alias": "ada"}, {"alias": "Ada"}]}});
        Mask::default().document(&mut document);
        let entries = &document["sap_cloud_integration"]["entries"];
        let aliases: Vec<&str> = (0..6).map(|index| entries[index]["alias"].as_str().unwrap()).collect();
        let expected = ["host-1.example", "Host-1.example", "hOst-1.example", "Host-1.example", "name-1", "name-2"];
        assert_eq!(aliases, expected);
        assert_eq!(entries[3]["token_service_url"], "https://host-1.example/path");
    }

    #[test]
    fn no_two_addresses_are_the_same_however_many_there_are() {
        let addresses: std::collections::BTreeSet<String> = (1..=70_000).map(address).collect();
        assert_eq!(addresses.len(), 70_000);
        assert!(addresses.iter().all(|address| address.parse::<std::net::IpAddr>().is_ok()));
        assert_eq!([1, 254, 255, 763].map(address), ["192.0.2.1", "192.0.2.254", "198.51.100.1", "2001:db8::0:2fb"]);
    }

    #[test]
    fn what_every_tenant_has_stays() {
        let mut document = json!({"certmimic": 1, "sap_cloud_integration": {"keystores": {"system": {"entries": [
            {"alias": "sap_cloudintegrationcertificate", "owner": "sap", "created": {"by": "SAP", "at": "2025-01-01"}},
            {"alias": "mine", "owner": "tenant_administrator"}]}}, "runtime_locations": [{"id": "plant"}]},
            "apinizer": {"projects": [{"name": "admin", "id": "65f0c0ffee65f0c0ffee0001"}]}});
        Mask::default().document(&mut document);
        let entries = &document["sap_cloud_integration"]["keystores"]["system"]["entries"];
        assert_eq!(
            entries[0],
            json!({"alias": "sap_cloudintegrationcertificate", "owner": "sap", "created": {"by": "SAP", "at": "2025-01-01"}})
        );
        assert_eq!(entries[1]["alias"], "name-1");
        assert_eq!(document["sap_cloud_integration"]["runtime_locations"][0]["id"], "name-2");
        assert_eq!(document["apinizer"]["projects"][0], json!({"name": "admin", "id": "65f0c0ffee65f0c0ffee0001"}));
    }
}
