//! Batch requests (OData V2 batch processing, section 2.1): what is written to the letter, and what clients send.

use ::http::{HeaderMap, HeaderName, HeaderValue};
use bytes::Bytes;

use super::super::error::Error;
use super::super::request::Incoming;
use super::super::uri;
use super::lines::{Line, joined, lines};
use crate::http::Request;

/// Requests that one batch may hold.
const MOST: usize = 2_000;

/// One part of a batch.
#[derive(Debug)]
pub(super) enum Part {
    Query(Box<Operation>),
    ChangeSet(Vec<Operation>),
}

/// One request within a batch.
#[derive(Debug)]
pub(super) struct Operation {
    method: String,
    /// Path below the service root.
    pub(super) tail: String,
    query: String,
    headers: HeaderMap,
    body: Bytes,
    pub(super) outer_id: Option<String>,
    pub(super) inner_id: Option<String>,
}

impl Operation {
    /// As the protocol takes requests, at the given path.
    pub(super) fn incoming<'r>(&'r self, tail: &'r str) -> Incoming<'r> {
        Incoming::new(&self.method, tail, &self.query, &self.headers, &self.body)
    }

    /// As it would have come by itself, to the service whose root has this path.
    pub(super) fn alone(&self, root: &str, origin: &str) -> Request {
        Request {
            method: self.method.parse().unwrap_or_default(),
            path: format!("{root}/{}", self.tail.trim_start_matches('/')),
            query: self.query.clone(),
            headers: self.headers.clone(),
            body: self.body.clone(),
            origin: origin.into(),
            client_certificate: None,
        }
    }
}

/// Reads a batch for its refusals only: what a fuzzer calls.
///
/// # Errors
/// As for any batch.
pub fn check(body: &[u8], content_type: &str) -> Result<usize, Error> {
    batch(body, content_type, "http://h/service.svc").map(|parts| parts.len())
}

/// Reads a whole batch; `root` is the service's, without a slash at its end.
pub(super) fn batch(body: &[u8], content_type: &str, root: &str) -> Result<Vec<Part>, Error> {
    let boundary = boundary(content_type, 1)?;
    let lines = lines(body);
    let mut count = 0;
    split(&lines, &boundary)?.into_iter().map(|part| read_part(part, &boundary, root, &mut count)).collect()
}

fn boundary(content_type: &str, line: usize) -> Result<String, Error> {
    let mut parameters = content_type.split(';');
    let essence = parameters.next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("multipart/mixed") {
        return Err(Error::BatchContentType { expected: "multipart/mixed" });
    }
    let pairs = parameters.filter_map(|parameter| parameter.split_once('='));
    let mut found =
        pairs.filter(|(name, _)| name.trim().eq_ignore_ascii_case("boundary")).map(|(_, value)| value.trim());
    let sent = found.next().ok_or(Error::BatchContentType { expected: "multipart/mixed" })?;
    let (boundary, also) = match sent.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(quoted) => (quoted, "-_.'+(),/:=? "),
        None => (sent, "-_.'+=:"),
    };
    let plain = |character: char| character.is_ascii_alphanumeric() || also.contains(character);
    if boundary.len() > 70 || !boundary.chars().all(plain) {
        return Err(Error::BatchInvalidBoundary { line: line.to_string() });
    }
    Ok(boundary.to_owned())
}

/// The lines of each part between the delimiters.
fn split<'l, 'b>(lines: &'l [Line<'b>], boundary: &str) -> Result<Vec<&'l [Line<'b>]>, Error> {
    let first = lines.first().map_or(0, |line| line.number);
    let mut parts = Vec::new();
    let mut start = None;
    let mut closed = false;
    for (position, line) in lines.iter().enumerate() {
        let Some(rest) = line.text().strip_prefix("--").and_then(|text| text.strip_prefix(boundary)) else { continue };
        if !rest.is_empty() && rest != "--" {
            continue;
        }
        parts.extend(start.and_then(|start| lines.get(start..position)));
        start = Some(position + 1);
        if rest == "--" {
            closed = true;
            break;
        }
    }
    match (start, closed) {
        (None, _) => Err(Error::BatchNoDelimiter { line: first.to_string() }),
        (_, false) => Err(Error::BatchNoCloseDelimiter { line: first.to_string() }),
        _ if parts.is_empty() => Err(Error::BatchNoParts { boundary: boundary.to_owned(), line: first.to_string() }),
        _ => Ok(parts),
    }
}

fn read_part(lines: &[Line<'_>], boundary_of_batch: &str, root: &str, count: &mut usize) -> Result<Part, Error> {
    let (headers, rest) = headers(lines, false)?;
    let Some((content_type, line)) = headers.get("content-type") else {
        return Err(Error::BatchPartWithoutType);
    };
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "multipart/mixed" => {
            let boundary = boundary(content_type, line)?;
            if boundary == boundary_of_batch {
                // Its first delimiter is the next one of the batch: the part ends before it.
                return Err(Error::BatchNoBlankLine { line: (line + 1).to_string() });
            }
            let parts = split(rest, &boundary)?;
            parts.into_iter().map(|part| read_change(part, root, count)).collect::<Result<_, _>>().map(Part::ChangeSet)
        }
        "application/http" => {
            headers.check_encoding(false)?;
            let (operation, line) = read_operation(rest, &headers, root, count)?;
            match operation.method.as_str() {
                "GET" if !operation.body.iter().all(u8::is_ascii_whitespace) => {
                    Err(Error::BatchBodyOfGet { line: line.to_string() })
                }
                "GET" => Ok(Part::Query(Box::new(operation))),
                _ => Err(Error::BatchWriteOutsideChangeSet { line: line.to_string() }),
            }
        }
        _ => Err(Error::BatchContentType { expected: "multipart/mixed or application/http" }),
    }
}

fn read_change(lines: &[Line<'_>], root: &str, count: &mut usize) -> Result<Operation, Error> {
    let (headers, rest) = headers(lines, false)?;
    let Some((content_type, _)) = headers.get("content-type") else {
        return Err(Error::BatchPartWithoutType);
    };
    headers.check_encoding(true)?;
    if !content_type.trim().to_ascii_lowercase().starts_with("application/http") {
        return Err(Error::BatchContentType { expected: "multipart/mixed or application/http" });
    }
    let (operation, line) = read_operation(rest, &headers, root, count)?;
    if operation.method == "GET" {
        return Err(Error::BatchReadInChangeSet { line: line.to_string() });
    }
    Ok(operation)
}

/// The request within a part, and the number of its first line.
fn read_operation(
    lines: &[Line<'_>],
    outer: &Headers<'_>,
    root: &str,
    count: &mut usize,
) -> Result<(Operation, usize), Error> {
    *count += 1;
    if *count > MOST {
        return Err(Error::TooDeep);
    }
    let blank = lines.iter().take_while(|line| line.is_blank()).count();
    let Some((request_line, rest)) = lines.get(blank..).unwrap_or_default().split_first() else {
        let number = lines.first().map_or(0, |line| line.number);
        return Err(Error::BatchNoMethod { line: number.to_string() });
    };
    let (method, target) = request_parts(request_line)?;
    let (tail, query) =
        below(target, root).ok_or_else(|| Error::BatchInvalidUri { line: request_line.number.to_string() })?;
    let (headers, body) = headers(rest, true)?;
    let operation = Operation {
        method: method.to_owned(),
        tail: tail.to_owned(),
        query: query.to_owned(),
        body: trimmed(body, &headers)?,
        outer_id: outer.get("content-id").map(|(value, _)| value.to_owned()),
        inner_id: headers.get("content-id").map(|(value, _)| value.to_owned()),
        headers: headers.map(),
    };
    Ok((operation, request_line.number))
}

fn request_parts<'b>(line: &Line<'b>) -> Result<(&'b str, &'b str), Error> {
    const METHODS: [&str; 6] = ["GET", "POST", "PUT", "DELETE", "MERGE", "PATCH"];
    let mut parts = line.text().split(' ');
    let invalid = || Error::BatchInvalidRequestLine {
        request_line: String::from_utf8_lossy(line.bytes).into_owned(),
        line: line.number.to_string(),
    };
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(method), Some(target), Some(version), None) => {
            if !METHODS.contains(&method) {
                return Err(Error::BatchNoMethod { line: line.number.to_string() });
            }
            if version == "HTTP/1.1" { Ok((method, target)) } else { Err(invalid()) }
        }
        _ => Err(invalid()),
    }
}

/// Path and query below the service root, of a URI that is relative to it, a path from the server's root, or absolute.
/// A slash before a relative one is tolerated.
fn below<'t>(target: &'t str, root: &str) -> Option<(&'t str, &'t str)> {
    if matches!(target, "" | "/") || uri::has_broken_escape(target.split('?').next()?) {
        return None;
    }
    let authority = root.find("://").map_or(0, |at| at + 3);
    let path = root.get(authority..).and_then(|rest| rest.find('/').and_then(|at| rest.get(at..))).unwrap_or_default();
    let tail = match absolute_path(target) {
        Some(absolute) => absolute.strip_prefix(path)?,
        None => match target.strip_prefix(path) {
            Some(tail) => tail,
            None if leads_elsewhere(target) => return None,
            None => target,
        },
    };
    Some(tail.split_once('?').unwrap_or((tail, "")))
}

/// True for a path from the server's root that is of another service: a folder before what it names. `/Set`, `/Set(key)/…`
/// and `/Set/$count` are taken as relative.
fn leads_elsewhere(target: &str) -> bool {
    let Some((first, rest)) = target.strip_prefix('/').and_then(|path| path.split_once('/')) else { return false };
    !rest.is_empty() && !rest.starts_with(['$', '?']) && !first.contains(['(', '%', '?', '$'])
}

/// The path of an absolute URI.
fn absolute_path(target: &str) -> Option<&str> {
    let rest = target.strip_prefix("http://").or_else(|| target.strip_prefix("https://"))?;
    rest.get(rest.find('/')?..)
}

/// The body, cut to its `Content-Length` if there is one. Further blank lines before it do not belong to it.
fn trimmed(lines: &[Line<'_>], headers: &Headers<'_>) -> Result<Bytes, Error> {
    let blank = lines.iter().take_while(|line| line.is_blank()).count();
    let mut bytes = joined(lines.get(blank..).unwrap_or_default());
    if let Some((length, line)) = headers.get("content-length") {
        let invalid = |_| Error::BatchInvalidHeader { length: length.to_owned(), line: line.to_string() };
        bytes.truncate(length.trim().parse().map_err(invalid)?);
    }
    Ok(Bytes::from(bytes))
}

/// Header lines with their numbers.
struct Headers<'b> {
    lines: Vec<(&'b str, &'b str, usize)>,
    first: usize,
}

impl Headers<'_> {
    fn get(&self, name: &str) -> Option<(&str, usize)> {
        let found = self.lines.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value, line)| (*value, *line))
    }

    /// Writes must say that they are binary; whatever says something else is refused.
    fn check_encoding(&self, required: bool) -> Result<(), Error> {
        let line = match self.get("content-transfer-encoding") {
            Some((value, _)) if value.eq_ignore_ascii_case("binary") => return Ok(()),
            None if !required => return Ok(()),
            Some((_, line)) => line,
            None => self.first,
        };
        Err(Error::BatchNotBinary { line: line.to_string() })
    }

    /// As a map; what no HTTP header can carry is left out.
    fn map(&self) -> HeaderMap {
        let pairs = self.lines.iter().filter_map(|(name, value, _)| {
            Some((HeaderName::try_from(*name).ok()?, HeaderValue::from_str(value).ok()?))
        });
        pairs.collect()
    }
}

/// The header lines at the beginning, and what follows the blank line after them. Where `last`, nothing need follow.
fn headers<'l, 'b>(lines: &'l [Line<'b>], last: bool) -> Result<(Headers<'b>, &'l [Line<'b>]), Error> {
    let first = lines.first().map_or(0, |line| line.number);
    let found: Vec<_> = lines.iter().map_while(header).collect();
    let rest = lines.get(found.len()..).unwrap_or_default();
    let headers = Headers { lines: found, first };
    match rest.split_first() {
        Some((blank, body)) if blank.is_blank() => Ok((headers, body)),
        None if last => Ok((headers, rest)),
        other => {
            let line = other.map_or(0, |(line, _)| line.number);
            Err(Error::BatchNoBlankLine { line: line.to_string() })
        }
    }
}

fn header<'b>(line: &Line<'b>) -> Option<(&'b str, &'b str, usize)> {
    let (name, value) = line.text().split_once(':')?;
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    (!name.is_empty() && name.bytes().all(token)).then(|| (name, value.trim(), line.number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Refusal;

    fn text(body: &str) -> String {
        match check(body.as_bytes(), "multipart/mixed;boundary=b") {
            Ok(count) => format!("{count} parts"),
            Err(error) => Refusal::from(error).text,
        }
    }

    const GET: &str = "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nGET X HTTP/1.1\r\n";

    #[test]
    fn what_clients_send_is_read() {
        assert_eq!(text(&format!("--b\r\n{GET}\r\n\r\n--b--\r\n")), "1 parts");
        assert_eq!(text(&format!("--b\r\n{GET}\r\n--b--")), "1 parts");
        assert_eq!(text(&format!("\r\n\r\n--b\r\n{GET}Accept: */*\r\n\r\n\r\n--b--")), "1 parts");
        assert_eq!(
            text(&format!("--b\n{}\n\n--b\n{}\n--b--", GET.replace('\r', ""), GET.replace('\r', ""))),
            "2 parts"
        );
        let change = "--b\r\nContent-Type: multipart/mixed; boundary=c.1-x\r\n\r\n--c.1-x\r\nContent-Type: application/http\r\n\
                      Content-Transfer-Encoding:binary\r\n\r\nDELETE X HTTP/1.1\r\n\r\nnull\r\n--c.1-x--\r\n\r\n--b--";
        assert_eq!(text(change), "1 parts");
    }

    #[test]
    fn unreadable_batches_have_olingos_texts() {
        let part = |part: &str| text(&format!("--b\r\n{part}\r\n--b--"));
        let http = "Content-Type: application/http\r\n\r\n";
        let set = "Content-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nContent-Type: application/http\r\n";
        let binary = "Content-Transfer-Encoding: binary\r\n";
        assert_eq!(text(""), "Missing boundary delimiter at line '0'.");
        assert_eq!(text("x"), "Missing boundary delimiter at line '1'.");
        assert_eq!(text(&format!("--b\r\n{GET}")), "Missing close delimiter at line '1'.");
        assert_eq!(part("A: b\r\n\r\n"), "No Content-Type field for MIME-header is present.");
        assert_eq!(
            part("Content-Type: text/plain\r\n\r\n"),
            "Content-Type should be 'multipart/mixed or application/http'."
        );
        assert_eq!(
            part("Content-Type: application/http\r\nGET X HTTP/1.1"),
            "Expected empty line but was '[None]': line '3'  ."
        );
        assert_eq!(part(&format!("{http}\r\n")), "Missing method in request line '4'.");
        assert_eq!(part(&format!("{http}FETCH X HTTP/1.1\r\n")), "Missing method in request line '4'.");
        assert_eq!(part(&format!("{http}GET X\r\n")), "Invalid request line 'GET X\r\n' at line '4'.");
        assert_eq!(
            part(&format!("{http}DELETE X HTTP/1.1\r\n")),
            "Invalid method: a Query Operation cannot contain insert, update or delete requests at line '4'."
        );
        assert_eq!(part(&format!("{http}GET X HTTP/1.1\r\n\r\nbody\r\n")), "Invalid body for GET request at line '4'.");
        assert_eq!(
            part(&format!("{set}{binary}\r\nGET X HTTP/1.1\r\n\r\n--c--\r\n")),
            "Invalid method: a ChangeSet cannot contain retrieve requests at line '8'."
        );
        assert_eq!(
            part(&format!("{set}\r\nDELETE X HTTP/1.1\r\n\r\n--c--\r\n")),
            "The Content-Transfer-Encoding should be binary: line '5'."
        );
        assert_eq!(
            part("Content-Type: multipart/mixed; boundary=b\r\n\r\n"),
            "Expected empty line but was '[None]': line '3'  ."
        );
        assert_eq!(part(&format!("{http}GET http://other/x HTTP/1.1\r\n")), "Invalid URI: line '4'.");
        let whole = |content_type| Refusal::from(check(b"", content_type).unwrap_err()).text;
        assert_eq!(whole("application/json"), "Content-Type should be 'multipart/mixed'.");
        assert_eq!(whole("multipart/mixed"), "Content-Type should be 'multipart/mixed'.");
        assert_eq!(whole("multipart/mixed;boundary="), "Missing boundary delimiter at line '0'.");
        assert_eq!(whole("multipart/mixed;boundary=a\"b"), "Invalid boundary at line '1'.");
    }

    #[test]
    fn addresses_are_relative_absolute_or_from_the_root() {
        let root = "http://h:1/w/x/api/v1";
        for target in [
            "A('b')?c=d",
            "/A('b')?c=d",
            "/w/x/api/v1/A('b')?c=d",
            "http://h:1/w/x/api/v1/A('b')?c=d",
            "https://other/w/x/api/v1/A('b')?c=d",
        ] {
            let (tail, query) = below(target, root).unwrap();
            assert_eq!((tail.trim_start_matches('/'), query), ("A('b')", "c=d"), "{target}");
        }
        assert!(below("http://h:1/other/A", root).is_none());
        assert!(below("/other/A", root).is_none());
        assert!(below("/A/$count", root).is_some());
    }
}
