//! `docs/limits.md`: every bound with its value. The values are read from the constants in `src`, so no number is written
//! twice; a constant whose name says that it is a bound and that is no row here fails the test.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::time::Duration;

use certmimic::server::Timeouts;

use crate::sources::{production, shown, sources};
use crate::{keep, project};

/// Words in the names of constants that are bounds.
const CONVENTION: [&str; 7] = ["MOST", "LONGEST", "LARGEST", "DEEPEST", "LIMIT", "TIMEOUT", "MAX"];

/// A part of the page.
struct Part {
    title: &'static str,
    rows: &'static [Row],
}

/// A bound: what it is of, how much it is, how to set it, and what one gets beyond it.
struct Row {
    what: &'static str,
    value: Value,
    set: &'static str,
    beyond: &'static str,
}

/// Where a value is taken from.
enum Value {
    /// A constant, by its file below `src` and its name.
    Bytes(&'static str, &'static str),
    Count(&'static str, &'static str),
    Time(&'static str, &'static str),
    /// What a server waits unless told otherwise.
    Patience(fn(Timeouts) -> Duration),
    /// What a library that reads a format has as its bound.
    Of(fn() -> u64),
    /// Words: a bound that depends on a switch, or that there is none.
    Words(&'static str),
}

use Value::{Bytes, Count, Of, Patience, Time, Words};

const fn row(what: &'static str, value: Value, set: &'static str, beyond: &'static str) -> Row {
    Row { what, value, set, beyond }
}

const CONTROL_WRITES: &str = "503 `too_many_snapshots`; a name that is taken may be replaced";
const FILE_REFUSED: &str = "the file is refused as one that is not supported, before any work";
const CUT: &str = "the rest is cut off, as documented";
const INSIDE: &str = "none: nobody meets it";

const PARTS: &[Part] = &[
    Part {
        title: "Connections and requests",
        rows: &[
            row(
                "connections of one address at a time",
                Count("server/accept.rs", "MOST_CONNECTIONS"),
                "",
                "the next ones wait in the system's queue until one ends",
            ),
            row(
                "requests of one HTTP/2 connection at a time",
                Count("server/tls/connection.rs", "MOST_STREAMS"),
                "",
                "further streams are refused, as HTTP/2 has it",
            ),
            row("a request's head", Bytes("server/http1.rs", "MOST_HEAD_BYTES"), "", "431, and the connection ends"),
            row(
                "time for a request's head, and between two requests of a connection",
                Patience(|times| times.head),
                "`CERTMIMIC_HEAD_TIMEOUT`",
                "the connection ends",
            ),
            row(
                "a request's body, where the system has no smaller limit of its own",
                Bytes("gateway/mod.rs", "BODY_LIMIT"),
                "",
                "413 `body_too_large`, in the system's own envelope",
            ),
            row(
                "what is taken of a longer body, so that a client that writes before it reads sees the answer",
                Bytes("server/body.rs", "MOST_DRAINED"),
                "",
                "the connection ends",
            ),
            row(
                "time for a request's body",
                Patience(|times| times.body),
                "`CERTMIMIC_BODY_TIMEOUT`",
                "408 `body_incomplete`",
            ),
            row(
                "time for a client to take some more of its answer",
                Patience(|times| times.write),
                "`CERTMIMIC_WRITE_TIMEOUT`",
                "the connection ends, and its place is free",
            ),
            row(
                "time for requests under way when the server is told to end",
                Patience(|times| times.grace),
                "`CERTMIMIC_GRACE`",
                "they are cut off, and the log says so",
            ),
            row(
                "control calls at a time",
                Count("server/steering.rs", "MOST_CALLS"),
                "",
                "the next ones wait; no emulated system's work holds them up",
            ),
            row(
                "events of the journal's stream that wait for a slow reader",
                Count("server/steering.rs", "MOST_WAITING"),
                "",
                "it gets the rest when it reads, as far as the journal still has it",
            ),
            row(
                "a line of the header `Certmimic-Diagnosis`, in characters",
                Count("gateway/diagnosis.rs", "LONGEST"),
                "",
                "the rest is in the log",
            ),
            row(
                "words that are listed to whoever wrote one that is not known",
                Count("contract/spelling.rs", "MOST_LISTED"),
                "",
                "`…` stands for the others",
            ),
            row("threads that answer", Count("server/builder.rs", "MOST_WORKERS"), "", "requests take turns"),
            row(
                "threads for key generation and other expensive work",
                Count("server/builder.rs", "MOST_BLOCKING"),
                "",
                "writes wait; reads do not",
            ),
        ],
    },
    Part {
        title: "Worlds",
        rows: &[
            row(
                "worlds beside the default one",
                Count("worlds/mod.rs", "MOST_WORLDS"),
                "`--worlds`, `CERTMIMIC_WORLDS`",
                "503 `too_many_worlds`",
            ),
            row(
                "how long an idle world lives",
                Words("to the end"),
                "`--world-ttl`, `CERTMIMIC_WORLD_TTL`",
                "who names it again gets a new one",
            ),
            row("a world's name, in characters", Count("contract/world_name.rs", "LONGEST"), "", "400 `bad_name`"),
            row("snapshots of a world", Count("worlds/world.rs", "MOST_SNAPSHOTS"), "", CONTROL_WRITES),
            row(
                "faults of a world at a time",
                Count("faults/mod.rs", "MOST_ARMED"),
                "",
                "422 `bad_fault`; none of the call is armed",
            ),
            row("a fault's delay", Time("faults/effect.rs", "LONGEST"), "", "422 `bad_fault`"),
            row(
                "requests that a world's journal holds",
                Count("worlds/journal.rs", "MOST_RECORDS"),
                "`--journal`, `CERTMIMIC_JOURNAL`",
                "the oldest go; `dropped` counts them",
            ),
            row(
                "bytes that a world's journal holds",
                Bytes("worlds/journal.rs", "MOST_BYTES"),
                "",
                "the oldest go; `dropped` counts them",
            ),
            row(
                "CSRF tokens, sessions, and tokens of the SAP systems",
                Words("none"),
                "",
                "nothing is kept of them but how many sessions there were",
            ),
            row(
                "tokens of Apinizer that are remembered",
                Count("apis/apinizer/state/mod.rs", "MOST_ISSUED"),
                "",
                "the oldest are forgotten: 401, fetch a new one",
            ),
        ],
    },
    Part {
        title: "Formats that requests and scenarios are in",
        rows: &[
            row(
                "depth of JSON",
                Of(depth_of_json),
                "",
                "400 `odata_body_malformed`, and at Apinizer its own refusal of a body that is no JSON",
            ),
            row(
                "depth of elements in an Atom body",
                Count("odata/body/xml.rs", "DEEPEST"),
                "",
                "400 `odata_body_malformed`",
            ),
            row(
                "bytes of `$filter` or `$orderby`",
                Bytes("odata/filter/token.rs", "LONGEST"),
                "",
                "400 `odata_invalid_filter`",
            ),
            row(
                "depth of `$filter` or `$orderby`",
                Count("odata/filter/parser.rs", "DEEPEST"),
                "",
                "400 `odata_invalid_filter`",
            ),
            row(
                "navigation properties that one item of `$expand` or `$select` follows",
                Count("odata/shape.rs", "DEEPEST"),
                "",
                "400 `odata_too_deep`",
            ),
            row(
                "entities that one answer expands",
                Count("odata/read.rs", "MOST_EXPANDED"),
                "",
                "400 `odata_too_deep`",
            ),
            row("requests in a `$batch`", Count("odata/batch/parse.rs", "MOST"), "", "400 `odata_too_deep`"),
            row("parts of a form", Count("http/multipart.rs", "MOST_PARTS"), "", "400 `form_unreadable`"),
            row("bytes of one part", Bytes("http/multipart.rs", "MOST_PART_BYTES"), "", "400 `form_unreadable`"),
            row("the head of one part", Bytes("http/multipart.rs", "MOST_HEAD_BYTES"), "", "what follows is not read"),
            row("a text field of a form", Bytes("apis/apinizer/form.rs", "MOST_TEXT"), "", "400 `form_unreadable`"),
            row("files in a ZIP archive", Count("rest/archive.rs", "MOST_FILES"), "", "400 `package_unreadable`"),
            row(
                "what a ZIP archive unpacks to",
                Bytes("rest/archive.rs", "MOST_BYTES"),
                "",
                "400 `package_unreadable`",
            ),
            row("depth of YAML", Of(|| yaml().max_depth as u64), "", "`syntax`, with line and column"),
            row("nodes of a YAML text", Of(|| yaml().max_nodes as u64), "", "`syntax`; JSON has no such bound"),
            row(
                "aliases in a YAML text",
                Of(|| yaml().max_aliases as u64),
                "",
                "`syntax`, as whatever multiplies by aliases",
            ),
        ],
    },
    Part {
        title: "Fetching what a JWK's URL answers",
        rows: &[
            row(
                "fetches at a time",
                Count("server/outside/mod.rs", "MOST_FETCHES"),
                "",
                "400 `url_unreadable`; other writes have threads of their own",
            ),
            row(
                "time for the whole answer, whatever the request allows",
                Patience(|times| times.fetch),
                "",
                "400 `url_unreadable`",
            ),
            row(
                "time for a connection",
                Time("apis/apinizer/jwks/from_url.rs", "CONNECT_TIMEOUT"),
                "`urlOptionConnectTimeout`",
                "400 `url_unreadable`",
            ),
            row(
                "time for the next bytes",
                Time("apis/apinizer/jwks/from_url.rs", "READ_TIMEOUT"),
                "`urlOptionReadTimeout`",
                "400 `url_unreadable`",
            ),
            row(
                "the answer",
                Bytes("apis/apinizer/jwks/from_url.rs", "SIZE_LIMIT"),
                "`urlOptionSizeLimit`",
                "400 `url_unreadable`",
            ),
            row(
                "the answer, whatever the request allows",
                Bytes("server/outside/client.rs", "MOST_BYTES"),
                "",
                "400 `url_unreadable`",
            ),
        ],
    },
    Part {
        title: "Limits that the systems have",
        rows: &[
            row(
                "API Management: a virtual host's alias, in characters",
                Count("apis/sap_api_management/state/requests.rs", "LONGEST_ALIAS"),
                "",
                "400 `alias_too_long`",
            ),
            row(
                "Cloud Integration: a keystore",
                Words("6 MiB, 2 MiB or 1 MiB"),
                "`limits`, `keystore-max-bytes`",
                "413 `keystore_full`",
            ),
            row(
                "Cloud Integration: a keystore file to import",
                Words("2 MiB or 1 MiB"),
                "`limits`",
                "413 `body_too_large`",
            ),
            row(
                "Cloud Integration: a certificate to import",
                Bytes("apis/sap_cloud_integration/sets/certificate_resources.rs", "BODY_LIMIT"),
                "",
                "413 `body_too_large`",
            ),
            row(
                "Cloud Integration: a key pair, or a chain, to import",
                Bytes("apis/sap_cloud_integration/sets/key_pair_resources.rs", "RESOURCE_LIMIT"),
                "",
                "413 `body_too_large`",
            ),
            row(
                "Cloud Integration: an RSA file",
                Bytes("apis/sap_cloud_integration/sets/rsa_key_generation_requests.rs", "FILE_LIMIT"),
                "",
                "400 `rsa_file_too_large`",
            ),
            row(
                "Cloud Integration: the certificate of a user mapping",
                Bytes("apis/sap_cloud_integration/sets/certificate_user_mappings.rs", "CERTIFICATE_LIMIT"),
                "",
                "400 `odata_body_value_invalid`",
            ),
            row(
                "Cloud Integration: an alias, in characters",
                Count("apis/sap_cloud_integration/alias.rs", "LONGEST"),
                "",
                "400 `alias_too_long`",
            ),
            row(
                "Cloud Integration: a password, in characters",
                Count("apis/sap_cloud_integration/state/user_credential.rs", "LONGEST_PASSWORD"),
                "",
                "500 `password_too_long`",
            ),
            row(
                "Cloud Integration: custom parameters of a credential",
                Count("apis/sap_cloud_integration/state/oauth2_client_credential.rs", "MOST_PARAMETERS"),
                "",
                "400 `custom_parameters_too_many`",
            ),
            row(
                "Cloud Integration: a secure parameter's name, in characters",
                Count("apis/sap_cloud_integration/state/secure_parameter.rs", "LONGEST_NAME"),
                "",
                "400 `property_too_long`",
            ),
            row(
                "Cloud Integration: its description, in characters",
                Count("apis/sap_cloud_integration/state/secure_parameter.rs", "LONGEST_DESCRIPTION"),
                "",
                "400 `property_too_long`",
            ),
            row(
                "Cloud Integration: its value, in characters",
                Words("4,096 or 255"),
                "`limits`",
                "400 `property_too_long`",
            ),
            row(
                "Cloud Integration: the name or description of an access policy, in characters",
                Count("apis/sap_cloud_integration/state/access_policy.rs", "LONGEST_TEXT"),
                "",
                CUT,
            ),
            row(
                "Cloud Integration: the name of an artifact reference, in characters",
                Count("apis/sap_cloud_integration/state/artifact_reference.rs", "LONGEST_NAME"),
                "",
                CUT,
            ),
            row(
                "Cloud Integration: its description, in characters",
                Count("apis/sap_cloud_integration/state/artifact_reference.rs", "LONGEST_DESCRIPTION"),
                "",
                CUT,
            ),
            row(
                "Cloud Integration: the value of its condition, in characters",
                Count("apis/sap_cloud_integration/state/artifact_reference.rs", "LONGEST_CONDITION"),
                "",
                CUT,
            ),
        ],
    },
    Part {
        title: "Keys, certificates and their files",
        rows: &[
            row(
                "an RSA modulus or DSA prime, in bits",
                Count("pki/key/mod.rs", "LARGEST"),
                "",
                "the key is not worked with, as in the JDK",
            ),
            row(
                "an RSA exponent of a modulus over 3,072 bits, in bits",
                Count("pki/certificate/public_key.rs", "LONGEST_EXPONENT"),
                "",
                "the certificate is refused, as by the JDK",
            ),
            row(
                "iterations of one password hash of PKCS#12, JKS or JCEKS",
                Count("pki/pbe/mod.rs", "LARGEST"),
                "",
                FILE_REFUSED,
            ),
            row(
                "iterations of all password hashes of such a file",
                Count("pki/pbe/mod.rs", "MOST_WORK"),
                "",
                FILE_REFUSED,
            ),
            row(
                "rounds of the hash of an encrypted private key in PKCS#8",
                Count("pki/key/ciphered.rs", "MOST_ROUNDS"),
                "",
                FILE_REFUSED,
            ),
            row("memory of scrypt for such a key", Bytes("pki/key/ciphered.rs", "MOST_MEMORY"), "", FILE_REFUSED),
            row("rounds of bcrypt for a key of OpenSSH", Count("pki/ssh.rs", "MOST_BCRYPT_ROUNDS"), "", FILE_REFUSED),
            row(
                "memory of Argon2 for a key of PuTTY, in KiB",
                Count("pki/ssh.rs", "MOST_ARGON2_KIBIBYTES"),
                "",
                FILE_REFUSED,
            ),
            row("that memory times the passes", Count("pki/ssh.rs", "MOST_ARGON2_WORK"), "", FILE_REFUSED),
            row(
                "certificates of a chain that is put together",
                Count("pki/chain.rs", "LONGEST"),
                "",
                "the chain ends there",
            ),
            row(
                "signatures that are verified for one question",
                Count("pki/chain.rs", "MOST_SIGNATURES"),
                "",
                "the issuer is not found",
            ),
            row(
                "certificates that one question about trust considers",
                Count("apis/sap_cloud_integration/state/trust.rs", "MOST"),
                "",
                "409 `not_trusted`",
            ),
            row(
                "depth of ASN.1 of unknown length",
                Count("pki/ber.rs", "DEEPEST"),
                "",
                "the file is refused as malformed",
            ),
            row(
                "the same, of a certificate",
                Count("pki/certificate/blocks.rs", "DEEPEST"),
                "",
                "the file is refused as malformed",
            ),
            row(
                "depth of objects in a secret key of JCEKS",
                Count("pki/jks/serialization.rs", "DEEPEST"),
                "",
                "the file is refused as malformed",
            ),
        ],
    },
    Part {
        title: "Reading a tenant",
        rows: &[
            row("one answer", Bytes("tenant/https.rs", "MOST"), "", "`capture` ends and says so"),
            row("pages of one list", Count("tenant/odata.rs", "MOST_PAGES"), "", "`capture` ends and says so"),
            row(
                "what a tenant may ask to wait between two tries",
                Time("tenant/pace.rs", "LONGEST"),
                "",
                "`capture` ends and says so",
            ),
            row(
                "things of a kind that `compare` reads for one operation",
                Count("tenant/compare/reads.rs", "MOST"),
                "",
                "one of each kind is read before others are",
            ),
            row(
                "differences of one fact that `compare` tells",
                Count("tenant/compare/difference.rs", "MOST"),
                "",
                "the first are told",
            ),
            row(
                "a text in a file of what `compare` has seen, in characters",
                Count("tenant/compare/redacted.rs", "LONGEST"),
                "",
                "the rest is left out",
            ),
            row(
                "a text of the scenario that may name a thing, in bytes",
                Count("tenant/compare/redacted.rs", "LONGEST_NAME"),
                "",
                "it is taken for a certificate or the like",
            ),
            row(
                "a value in a difference, in characters",
                Count("tenant/compare/difference.rs", "LONGEST"),
                "",
                "the rest is left out",
            ),
        ],
    },
    Part {
        title: "Within certmimic",
        rows: &[
            row(
                "beginning of a word that is compared with known ones, in characters",
                Count("contract/spelling.rs", "LONGEST"),
                "",
                INSIDE,
            ),
            row(
                "start tag that is searched for secrets when a broken body is shown",
                Bytes("control/masking/text.rs", "LONGEST_TAG"),
                "",
                "the element is taken for one without a secret's value",
            ),
        ],
    },
];

/// What the reader of YAML is bounded by.
fn yaml() -> serde_saphyr::Budget {
    serde_saphyr::Options::default().budget.unwrap()
}

fn depth_of_json() -> u64 {
    let is_read = |depth: &usize| {
        let text = "[".repeat(*depth) + &"]".repeat(*depth);
        serde_json::from_str::<serde_json::Value>(&text).is_ok()
    };
    (1..1_000).take_while(is_read).count() as u64
}

#[test]
fn the_page_of_limits_has_every_one() {
    let constants = constants();
    let mut page = String::from(
        "# Limits\n\nWhat certmimic takes, how long it waits, and what one gets beyond that. The numbers are read from the source \
         when this page is made. Where a limit can be set, the third column says by what: an option of `certmimic serve` and its \
         variable, a switch of the scenario's `behaviour`, or a member of the request. Variables that end in `_TIMEOUT`, and \
         `CERTMIMIC_GRACE`, take milliseconds.\n",
    );
    for part in PARTS {
        write!(page, "\n## {}\n\n| what | limit | set by | beyond it |\n|---|---|---|---|\n", part.title).unwrap();
        for Row { what, value, set, beyond } in part.rows {
            writeln!(page, "| {what} | {} | {set} | {beyond} |", told(value, &constants)).unwrap();
        }
    }
    keep(&project().join("docs/limits.md"), &page);
}

#[test]
fn every_constant_that_is_a_bound_is_a_row() {
    let rows: Vec<(String, String)> =
        PARTS.iter().flat_map(|part| part.rows).filter_map(|row| constant(&row.value)).collect();
    let listed: BTreeSet<&(String, String)> = rows.iter().collect();
    assert_eq!(listed.len(), rows.len(), "one constant is the limit of two rows");
    let constants = constants();
    let missing: Vec<_> = constants.keys().filter(|constant| !listed.contains(constant)).collect();
    assert!(missing.is_empty(), "say in tests/documentation/limits.rs what one gets beyond {missing:?}");
}

#[test]
fn every_code_that_the_limits_name_is_one() {
    let code: String = sources().iter().map(|file| production(file)).collect();
    for Row { what, beyond, .. } in PARTS.iter().flat_map(|part| part.rows) {
        let named = beyond.split('`').skip(1).step_by(2).filter(|word| word.contains('_'));
        for word in named {
            assert!(code.contains(&format!("\"{word}\"")), "{what}: no refusal is called {word}");
        }
    }
}

/// File and name of the constant that a value is.
fn constant(value: &Value) -> Option<(String, String)> {
    match value {
        Bytes(file, name) | Count(file, name) | Time(file, name) => Some((format!("src/{file}"), (*name).to_owned())),
        Patience(_) | Of(_) | Words(_) => None,
    }
}

fn told(value: &Value, constants: &BTreeMap<(String, String), u64>) -> String {
    let of = || {
        let (file, name) = constant(value).unwrap();
        constants.get(&(file, name)).copied().unwrap_or_else(|| panic!("{:?} is no constant", constant(value)))
    };
    match value {
        Bytes(..) => size(of()),
        Count(..) => grouped(of()),
        Time(..) => span(of()),
        Patience(of) => span(u64::try_from(of(Timeouts::default()).as_millis()).unwrap()),
        Of(value) => grouped(value()),
        Words(words) => (*words).to_owned(),
    }
}

/// All constants of `src` that are bounds by their names; spans in milliseconds.
fn constants() -> BTreeMap<(String, String), u64> {
    let mut found = BTreeMap::new();
    for file in sources() {
        for line in production(&file).lines() {
            let Some((name, rest)) = line.split_once("const ").and_then(|(_, rest)| rest.split_once(": ")) else {
                continue;
            };
            let Some((_, value)) = rest.split_once(" = ") else { continue };
            if name.split('_').any(|word| CONVENTION.contains(&word)) {
                let value =
                    evaluated(value.trim_end_matches(';')).unwrap_or_else(|| panic!("{}: {line}", shown(&file)));
                found.insert((shown(&file), name.to_owned()), value);
            }
        }
    }
    assert!(found.len() > 40, "the constants are found");
    found
}

/// A product, a shifted number, or a span.
fn evaluated(text: &str) -> Option<u64> {
    if let Some((unit, number)) = text.strip_prefix("Duration::from_").and_then(|rest| rest.split_once('(')) {
        let factor = match unit {
            "millis" => 1,
            "secs" => 1_000,
            "mins" => 60_000,
            "hours" => 3_600_000,
            _ => return None,
        };
        return Some(evaluated(number.trim_end_matches(')'))? * factor);
    }
    if let Some((number, by)) = text.split_once(" << ") {
        return Some(evaluated(number)? << evaluated(by)?);
    }
    text.split(" * ").map(|factor| factor.replace('_', "").parse::<u64>().ok()).product()
}

fn size(bytes: u64) -> String {
    let units = [(1024 * 1024, "MiB"), (1024, "KiB")];
    let whole = units.iter().find(|(unit, _)| bytes.is_multiple_of(*unit));
    whole
        .map_or_else(|| format!("{} bytes", grouped(bytes)), |(unit, name)| format!("{} {name}", grouped(bytes / unit)))
}

fn span(millis: u64) -> String {
    let units = [(3_600_000, "h"), (60_000, "min"), (1_000, "s")];
    let whole = units.iter().find(|(unit, _)| millis.is_multiple_of(*unit));
    whole.map_or_else(|| format!("{millis} ms"), |(unit, name)| format!("{} {name}", millis / unit))
}

/// With a comma after every three digits.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[test]
fn constants_are_evaluated_as_the_compiler_does() {
    assert_eq!(evaluated("16 * 1024 * 1024"), Some(16 * 1024 * 1024));
    assert_eq!(evaluated("64 << 20"), Some(64 << 20));
    assert_eq!(evaluated("Duration::from_mins(5)"), Some(300_000));
    assert_eq!((evaluated("200_000"), evaluated("size_of::<Record>()")), (Some(200_000), None));
    assert_eq!(
        (size(16 * 1024 * 1024), size(64 * 1024), size(30_072)),
        ("16 MiB".into(), "64 KiB".into(), "30,072 bytes".into())
    );
    assert_eq!((span(30_000), span(300_000), span(50)), ("30 s".into(), "5 min".into(), "50 ms".into()));
}
