//! `multipart/form-data` bodies (RFC 7578), with bounds.
//!
//! As lenient as the servers that clients were written against: bare line feeds, anything before the first and after the
//! last delimiter, no line break at the very end. Parts that have no name are passed over, as Java's upload libraries do.

use bytes::Bytes;

use super::MediaType;
use super::media_type::parameters;
use super::target::decode;

/// Bounds of what is read.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Most parts.
    pub parts: usize,
    /// Most bytes of one part's content.
    pub part_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { parts: 1000, part_bytes: 16 * 1024 * 1024 }
    }
}

/// Why a body is not a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The content type is another one, or none.
    NotMultipart,
    /// The content type names no boundary.
    NoBoundary,
    /// The body ends before its last delimiter, or has none.
    Incomplete,
    /// More parts, or a longer part, than allowed.
    TooLarge,
    /// A part's head cannot be read.
    Malformed,
}

/// A form, its parts in the order sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    /// The parts, those of the same name included.
    pub parts: Vec<Part>,
}

/// One part of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The name of the field.
    pub name: String,
    /// The file name, if it is a file. Browsers and curl write `"` as `%22` in it; that is left as sent.
    pub file_name: Option<String>,
    /// The part's own content type, as sent.
    pub content_type: Option<String>,
    /// The content.
    pub bytes: Bytes,
}

impl Form {
    /// Reads a complete body.
    pub fn parse(content_type: &str, body: &Bytes, limits: Limits) -> Result<Self, Error> {
        let boundary = boundary(content_type)?;
        let mut form = Self::default();
        let mut delimiter = delimiter(body, &boundary).ok_or(Error::Incomplete)?;
        while !delimiter.is_last {
            let next = self::delimiter(delimiter.after, &boundary).ok_or(Error::Incomplete)?;
            if let Some(part) = part(body, next.before)? {
                form.parts.push(part.within(limits)?);
            }
            if form.parts.len() > limits.parts {
                return Err(Error::TooLarge);
            }
            delimiter = next;
        }
        Ok(form)
    }

    /// The first part of this name.
    pub fn first(&self, name: &str) -> Option<&Part> {
        self.all(name).next()
    }

    /// The parts of this name.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(move |part| part.name == name)
    }
}

impl Part {
    /// The content as text, if it is UTF-8.
    pub fn text(&self) -> Option<&str> {
        str::from_utf8(&self.bytes).ok()
    }

    fn within(self, limits: Limits) -> Result<Self, Error> {
        if self.bytes.len() > limits.part_bytes { Err(Error::TooLarge) } else { Ok(self) }
    }
}

/// Longest head of one part.
const HEAD_BYTES: usize = 16 * 1024;

/// The line that starts a delimiter: two hyphens and the boundary.
fn boundary(content_type: &str) -> Result<Vec<u8>, Error> {
    let media_type = MediaType::parse(content_type).filter(|media_type| media_type.is("multipart/form-data"));
    let media_type = media_type.ok_or(Error::NotMultipart)?;
    let boundary = media_type.parameter("boundary").map(str::trim_end).filter(|boundary| !boundary.is_empty());
    Ok([b"--", boundary.ok_or(Error::NoBoundary)?.as_bytes()].concat())
}

/// A delimiter line and what surrounds it.
struct Delimiter<'b> {
    before: &'b [u8],
    after: &'b [u8],
    is_last: bool,
}

fn delimiter<'b>(body: &'b [u8], boundary: &[u8]) -> Option<Delimiter<'b>> {
    let mut start = 0;
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let end = start + line.len();
        let is_last = match line.strip_prefix(boundary).map(<[u8]>::trim_ascii_end) {
            Some(b"") if line.ends_with(b"\n") => Some(false),
            Some(b"--") => Some(true),
            _ => None,
        };
        if let Some(is_last) = is_last {
            return Some(Delimiter { before: body.get(..start)?, after: body.get(end..)?, is_last });
        }
        start = end;
    }
    None
}

/// The part between two delimiters; `None` if it has no name.
fn part(body: &Bytes, text: &[u8]) -> Result<Option<Part>, Error> {
    let (head, content) = split_head(text).ok_or(Error::Malformed)?;
    let head = String::from_utf8_lossy(head);
    let Some(disposition) = header(&head, "content-disposition") else { return Ok(None) };
    let attributes = parameters(disposition.split_once(';').map_or("", |(_, rest)| rest)).ok_or(Error::Malformed)?;
    let attribute = |name: &str| attributes.iter().find(|(given, _)| given == name).map(|(_, value)| value.clone());
    let Some(name) = attribute("name") else { return Ok(None) };
    let file_name = attribute("filename*").and_then(|value| extended(&value)).or_else(|| attribute("filename"));
    let content_type = header(&head, "content-type").map(str::to_owned);
    Ok(Some(Part { name, file_name, content_type, bytes: body.slice_ref(without_line_break(content)) }))
}

/// Splits after the first empty line.
fn split_head(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut start = 0;
    for line in text.get(..HEAD_BYTES).unwrap_or(text).split_inclusive(|byte| *byte == b'\n') {
        let end = start + line.len();
        if matches!(line, b"\r\n" | b"\n") {
            return Some((text.get(..start)?, text.get(end..)?));
        }
        start = end;
    }
    None
}

/// The line break before a delimiter belongs to the delimiter.
fn without_line_break(content: &[u8]) -> &[u8] {
    let without = content.strip_suffix(b"\n").unwrap_or(content);
    without.strip_suffix(b"\r").filter(|_| without.len() < content.len()).unwrap_or(without)
}

fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    let mut fields = head.lines().filter_map(|line| line.split_once(':'));
    fields.find(|(given, _)| given.trim_end().eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

/// `UTF-8''na%C3%AFve.pem` (RFC 8187 section 3.2.1); other character sets are left to the plain `filename`.
fn extended(value: &str) -> Option<String> {
    let (charset, rest) = value.split_once('\'')?;
    let (_language, encoded) = rest.split_once('\'')?;
    charset.eq_ignore_ascii_case("utf-8").then(|| decode(encoded).ok())?.map(Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPE: &str = "multipart/form-data; boundary=XyZ";

    fn parse(body: &str) -> Result<Form, Error> {
        Form::parse(TYPE, &Bytes::copy_from_slice(body.as_bytes()), Limits { parts: 5, part_bytes: 1000 })
    }

    fn only(body: &str) -> Part {
        let mut form = parse(body).unwrap();
        assert_eq!(form.parts.len(), 1);
        form.parts.remove(0)
    }

    fn file_named(attribute: &str) -> Option<String> {
        only(&format!("--XyZ\r\nContent-Disposition: form-data; name=f; {attribute}\r\n\r\nx\r\n--XyZ--")).file_name
    }

    #[test]
    fn fields_and_files_come_in_order_with_their_types() {
        let body = "preamble\r\n--XyZ  \r\nContent-Disposition: form-data; name=\"alias\"\r\n\r\nmy alias\r\n--XyZ\r\n\
                    content-disposition:form-data;name=\"file\";filename=\"a.pem\"\r\nContent-Type: text/plain\r\n\r\n\r\n--\
                    \r\n\r\n--XyZ\r\nContent-Disposition: form-data; name=alias\r\n\r\n\r\n--XyZ--\r\nepilogue";
        let form = parse(body).unwrap();
        assert_eq!(form.first("alias").unwrap().text(), Some("my alias"));
        assert_eq!(form.all("alias").count(), 2);
        let file = form.first("file").unwrap();
        assert_eq!((file.file_name.as_deref(), file.content_type.as_deref()), (Some("a.pem"), Some("text/plain")));
        assert_eq!(file.text(), Some("\r\n--\r\n"));
    }

    #[test]
    fn bare_line_feeds_and_a_missing_last_line_break_are_put_up_with() {
        assert_eq!(only("--XyZ\nContent-Disposition: form-data; name=a\n\nx\n\n--XyZ--").text(), Some("x\n"));
        assert_eq!(only("--XyZ\r\nContent-Disposition: form-data; name=a\r\n\r\n--XyZ--\r\n").text(), Some(""));
    }

    #[test]
    fn odd_file_names() {
        assert_eq!(file_named(r#"filename="üñ.pem""#).as_deref(), Some("üñ.pem"));
        assert_eq!(file_named(r#"filename="we%22ird.txt""#).as_deref(), Some("we%22ird.txt"));
        assert_eq!(file_named(r#"filename="we\"ir;d.txt""#).as_deref(), Some("we\"ir;d.txt"));
        assert_eq!(file_named(r#"filename="C:\keys\ca.pem""#).as_deref(), Some(r"C:\keys\ca.pem"));
        assert_eq!(file_named(r#"filename="a.pem"; filename*=UTF-8''na%C3%AFve.pem"#).as_deref(), Some("naïve.pem"));
        assert_eq!(file_named(r#"filename="a.pem"; filename*=latin1''%E4"#).as_deref(), Some("a.pem"));
        assert_eq!(file_named("size=1"), None);
    }

    #[test]
    fn parts_without_a_name_are_passed_over() {
        let body = "--XyZ\r\n\r\nno head\r\n--XyZ\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XyZ--";
        assert_eq!(parse(body), Ok(Form::default()));
        assert_eq!(parse("--XyZ--"), Ok(Form::default()));
    }

    #[test]
    fn what_is_no_form_says_why() {
        let part = "--XyZ\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n";
        let body = Bytes::from_static(b"--XyZ--");
        assert_eq!(Form::parse("application/json", &body, Limits::default()), Err(Error::NotMultipart));
        assert_eq!(Form::parse("", &body, Limits::default()), Err(Error::NotMultipart));
        assert_eq!(Form::parse("multipart/form-data", &body, Limits::default()), Err(Error::NoBoundary));
        assert_eq!(Form::parse("multipart/form-data; boundary=\"\"", &body, Limits::default()), Err(Error::NoBoundary));
        assert_eq!(parse(""), Err(Error::Incomplete));
        assert_eq!(parse(part), Err(Error::Incomplete));
        assert_eq!(parse(&format!("{part}--XyZ")), Err(Error::Incomplete));
        assert_eq!(parse(&format!("{}--XyZ--", part.repeat(6))), Err(Error::TooLarge));
        assert_eq!(parse(&format!("{part}{}\r\n--XyZ--", "x".repeat(1001))), Err(Error::TooLarge));
        assert_eq!(parse("--XyZ\r\nno empty line\r\n--XyZ--"), Err(Error::Malformed));
        assert_eq!(
            parse("--XyZ\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--XyZ--"),
            Err(Error::Malformed)
        );
        assert_eq!(parse(&format!("--XyZ\r\n{}\r\n\r\nx\r\n--XyZ--", "h: v\r\n".repeat(5000))), Err(Error::Malformed));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(body: Vec<u8>) {
            let _ = Form::parse(TYPE, &Bytes::from(body), Limits::default());
        }

        #[test]
        fn any_pieces_are_read_or_refused(pieces in proptest::collection::vec(0_usize..9, 0..30)) {
            const PIECES: [&str; 9] =
                ["--XyZ", "--", "\r\n", "\n", "Content-Disposition: form-data", "; name=", "\"", "\\", "x"];
            let body: String = pieces.iter().map(|piece| PIECES[*piece]).collect();
            let _ = parse(&body);
        }

        #[test]
        fn what_was_written_comes_back(contents in proptest::collection::vec(proptest::collection::vec(0_u8.., 0..60), 0..5)) {
            let mut body = Vec::new();
            for content in &contents {
                body.extend_from_slice(b"--XyZ\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n");
                body.extend_from_slice(content);
                body.extend_from_slice(b"\r\n");
            }
            body.extend_from_slice(b"--XyZ--\r\n");
            let form = Form::parse(TYPE, &Bytes::from(body), Limits::default()).unwrap();
            let read: Vec<Vec<u8>> = form.parts.iter().map(|part| part.bytes.to_vec()).collect();
            assert_eq!(read, contents);
        }
    }
}
