//! What the library itself answered (`tests/vectors/README.md`), played through the same model.

use std::collections::BTreeMap;

use ::http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde::Deserialize;

use super::{answer, portal};
use crate::http::{Request, Response};

const ANSWERS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/olingo.jsonl"));

/// One request, and what the library answered.
#[derive(Debug, Deserialize)]
struct Case {
    method: String,
    path: String,
    headers: BTreeMap<String, String>,
    body: Option<String>,
    status: u16,
    answer_headers: BTreeMap<String, String>,
    answer: Option<String>,
    /// Why another answer is right here.
    differs: Option<String>,
}

impl Case {
    fn request(&self) -> Request {
        let (path, query) = self.path.split_once('?').unwrap_or((&self.path, ""));
        let header = |(name, value): (&String, &String)| {
            (HeaderName::try_from(name).unwrap(), HeaderValue::from_str(value).unwrap())
        };
        Request {
            method: Method::from_bytes(self.method.as_bytes()).unwrap(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers: self.headers.iter().map(header).collect::<HeaderMap>(),
            body: self.body.clone().unwrap_or_default().replace("HOSTPORT", "H").into(),
            origin: "http://H".into(),
            client_certificate: None,
        }
    }

    /// In what an answer is another than the library's.
    fn difference(&self, response: &Response) -> Option<String> {
        let body = String::from_utf8_lossy(&response.body);
        if response.status.as_u16() != self.status {
            return Some(format!("{} for {}: {body}", response.status, self.status));
        }
        let header = |name: &str| response.headers.get(name).map(|value| value.to_str().unwrap());
        // Boundaries are drawn.
        let named = self.answer_headers.iter().filter(|(_, value)| !value.starts_with("multipart/mixed"));
        let mut others = named.filter(|(name, value)| header(name) != Some(value));
        if let Some((name, value)) = others.next() {
            return Some(format!("{name} {:?} for {value}", header(name)));
        }
        let expected = normal(self.answer.as_deref().filter(|_| self.method != "HEAD")?);
        let is = normal(&body);
        // Long answers were cut off.
        let whole = ["}", "</error>", "ends"].iter().any(|end| expected.ends_with(end));
        let same = if whole { is == expected } else { is.starts_with(&expected) };
        (!same).then(|| format!("{is}\n for {expected}"))
    }
}

/// What of an answer is the library's: how XML is written is its host's, successful bodies are those of a processor.
fn normal(text: &str) -> String {
    if text.starts_with("--batch_") {
        return envelope(text);
    }
    let declarations = ["<?xml version=\"1.0\" ?>", "<?xml version='1.0' encoding='UTF-8'?>"];
    declarations.iter().fold(text.replace("&#xd;", "\r"), |text, declaration| text.replace(declaration, ""))
}

/// Where in a batch a line stands.
enum Within {
    Headers,
    Response { refused: bool },
    Body { refused: bool },
}

/// A batch without what it answers successfully, and without what only certmimic says.
fn envelope(batch: &str) -> String {
    let mut kept = Vec::new();
    let mut within = Within::Headers;
    for line in batch.split("\r\n") {
        let boundary = line.strip_prefix("--").and_then(|boundary| boundary.split_once('_'));
        if let Some((name, _)) = boundary {
            kept.push(format!("--{name}{}", if line.ends_with("--") { " ends" } else { "" }));
            within = Within::Headers;
            continue;
        }
        within = match (line.strip_prefix("HTTP/1.1 "), within) {
            (Some(status), _) => Within::Response { refused: !status.starts_with('2') },
            (None, Within::Response { refused }) if line.is_empty() => Within::Body { refused },
            (None, within) => within,
        };
        let ours = ["Content-Length", "Certmimic-Diagnosis"].iter().any(|name| line.starts_with(name));
        if !line.is_empty() && !ours && !matches!(within, Within::Body { refused: false }) {
            kept.push(normal(line.split("boundary=").next().unwrap_or_default().trim_end()));
        }
    }
    kept.join("\n")
}

#[test]
fn the_library_answers_the_same() {
    let (mut wrong, mut same) = (Vec::new(), 0);
    for (line, case) in (1..).zip(ANSWERS.lines()) {
        let case: Case = serde_json::from_str(case).unwrap();
        let difference = case.difference(&answer(&portal::SERVICE, &portal::store(), &case.request()));
        match (difference, &case.differs) {
            (None, None) => same += 1,
            (Some(_), Some(_)) => {}
            (Some(difference), None) => wrong.push(format!("{line}: {} {}: {difference}", case.method, case.path)),
            (None, Some(why)) => wrong.push(format!("{line}: no difference any more, though `{why}`")),
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(same > 3_500, "{same}");
}
