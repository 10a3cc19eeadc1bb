//! `/certificates`: every certificate of the world, of all systems, in one list. What ends first stands first.

use serde_json::{Value, json};

use super::context::{Context, Format, json_response, text_response};
use super::error::Error;
use super::requests::system;
use crate::contract::Holding;
use crate::effects::Timestamp;
use crate::http::Response;
use crate::pki::{Certificate, Digest};
use crate::seed::span;
use crate::state::{APIS, Api};
use crate::store::sort_by_key;

const FORMATS: &[Format] = &[
    Format { name: "json", media_type: "application/json" },
    Format { name: "csv", media_type: "text/csv" },
    Format { name: "text", media_type: "text/plain" },
];

const DAY: i64 = 24 * 60 * 60;

/// A certificate of a system, at some time.
struct Row<'a> {
    system: &'static Api,
    holding: &'a Holding,
    /// That of the end entity.
    certificate: &'a Certificate,
    now: Timestamp,
}

pub(super) fn list(context: &Context<'_>) -> Result<Response, Error> {
    let only = context.query.get("system").map(system).transpose()?;
    let within = context.query.get("expires-within").map(within).transpose()?;
    let sha256 = context.query.get("sha256").map(fingerprint).transpose()?;
    let brief = context.query.flag("brief")?;
    let state = context.world.store.view();
    let now = state.clock.now(context.wall);
    let wanted = APIS.iter().filter(|api| only.is_none_or(|only| only.name == api.name));
    let held: Vec<(&Api, Holding)> =
        wanted.flat_map(|api| (api.holdings)(&state).into_iter().map(move |holding| (api, holding))).collect();
    let mut rows: Vec<Row<'_>> = held
        .iter()
        .filter_map(|(system, holding)| Some(Row { system, holding, certificate: holding.chain.first()?, now }))
        .filter(|row| within.is_none_or(|within| row.seconds_left() <= within))
        .filter(|row| sha256.as_ref().is_none_or(|sha256| row.certificate.fingerprint_pairs(Digest::Sha256) == sha256))
        .collect();
    sort_by_key(&mut rows, |row| row.certificate.not_after());
    Ok(match context.format(FORMATS)? {
        "csv" => text_response("text/csv; charset=utf-8", csv(&rows)),
        "text" => text_response("text/plain; charset=utf-8", table(&rows)),
        _ => {
            let origin = &context.request.origin;
            let shown: Vec<Value> = rows.iter().map(|row| row.shown(origin, brief)).collect();
            json_response(&json!({"now": now.iso_millis(), "certificates": shown}))
        }
    })
}

/// A span in seconds.
fn within(text: &str) -> Result<i64, Error> {
    let millis = span(text).map_err(|expected| Error::BadValue {
        name: "expires-within",
        value: text.to_owned(),
        expected: format!("a span such as 30d ({expected})"),
    })?;
    Ok(millis.div_euclid(1000))
}

/// A fingerprint as the list shows it: colons, and the case of its digits, may be left out.
fn fingerprint(text: &str) -> Result<String, Error> {
    let digits: Vec<char> = text.chars().filter(|c| *c != ':').map(|c| c.to_ascii_uppercase()).collect();
    if digits.len() != 64 || !digits.iter().all(char::is_ascii_hexdigit) {
        let expected = "the 64 hexadecimal digits of a fingerprint".to_owned();
        return Err(Error::BadValue { name: "sha256", value: text.to_owned(), expected });
    }
    Ok(digits.chunks(2).map(String::from_iter).collect::<Vec<_>>().join(":"))
}

impl Row<'_> {
    fn seconds_left(&self) -> i64 {
        self.certificate.not_after().saturating_sub(self.now.seconds())
    }

    /// Whole days, rounded down: -1 from the moment of its end.
    fn days_left(&self) -> i64 {
        self.seconds_left().div_euclid(DAY)
    }

    fn valid(&self) -> [String; 2] {
        [self.certificate.not_before(), self.certificate.not_after()]
            .map(|seconds| Timestamp::from_seconds(seconds).iso_seconds())
    }

    fn key(&self) -> String {
        let key = self.certificate.public_key();
        let detail = key.curve().map(ToOwned::to_owned).or_else(|| key.size().map(|bits| bits.to_string()));
        [key.algorithm(), &detail.unwrap_or_default()].join(" ").trim_end().to_owned()
    }

    fn shown(&self, origin: &str, brief: bool) -> Value {
        let [from, to] = self.valid();
        let issuers = self.holding.chain.iter().skip(1);
        let mut shown = json!({
            "system": self.system.name,
            "place": self.holding.place,
            "alias": self.holding.alias,
            "kind": self.holding.kind.as_str(),
            "subject": &**self.certificate.subject().java_text(),
            "issuer": &**self.certificate.issuer().java_text(),
            "serial_number": self.certificate.serial_hex(),
            "valid_from": from,
            "valid_to": to,
            "days_left": self.days_left(),
            "expired": self.seconds_left() < 0,
            "key": self.key(),
            "signature": self.certificate.signature_algorithm(),
            "sha256": self.certificate.fingerprint_pairs(Digest::Sha256),
            "issuers": issuers.map(|issuer| issuer.subject().java_text().to_string()).collect::<Vec<_>>(),
            "url": format!("{origin}{}", self.holding.path),
        });
        if let (Value::Object(members), false) = (&mut shown, brief) {
            members.insert("pem".to_owned(), self.certificate.pem().into());
        }
        shown
    }
}

fn csv(rows: &[Row<'_>]) -> String {
    let mut text = "system,place,alias,kind,subject,issuer,valid_from,valid_to,days_left,key,sha256\r\n".to_owned();
    for row in rows {
        let [from, to] = row.valid();
        let fields = [
            row.system.name.to_owned(),
            row.holding.place.clone(),
            row.holding.alias.clone(),
            row.holding.kind.as_str().to_owned(),
            row.certificate.subject().java_text().to_string(),
            row.certificate.issuer().java_text().to_string(),
            from,
            to,
            row.days_left().to_string(),
            row.key(),
            row.certificate.fingerprint_pairs(Digest::Sha256).to_owned(),
        ];
        text.push_str(&fields.map(|field| quoted(&field)).join(","));
        text.push_str("\r\n");
    }
    text
}

/// A field (RFC 4180 section 2). One that a spreadsheet would take for a formula gets an apostrophe in front.
fn quoted(field: &str) -> String {
    let formula =
        field.starts_with(['=', '+', '@', '\t', '\r']) || (field.starts_with('-') && field.parse::<i64>().is_err());
    let field = if formula { format!("'{field}") } else { field.to_owned() };
    if field.contains([',', '"', '\r', '\n']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field }
}

fn table(rows: &[Row<'_>]) -> String {
    let line = |row: &Row<'_>| {
        let [_, to] = row.valid();
        let left = match row.days_left() {
            days if row.seconds_left() < 0 => format!("expired {} d ago", -days),
            days => format!("in {days} d"),
        };
        format!(
            "{left:>16}  {to}  {:<22} {:<12} {}  ({})\n",
            row.system.name,
            row.holding.kind.as_str(),
            row.holding.alias,
            row.holding.place
        )
    };
    if rows.is_empty() { "no certificates\n".to_owned() } else { rows.iter().map(line).collect() }
}
