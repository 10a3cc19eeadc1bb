//! `multipart/form-data` bodies (RFC 7578), with bounds.
//!
//! As lenient as the servers that clients were written against: bare line feeds, folded header lines, anything before the
//! first and after the last delimiter, no line break at the very end. Parts that have no name are passed over, as Java's
//! upload libraries do, and so are parts that are forms themselves, which section 4.3 does away with. A
//! `Content-Transfer-Encoding` is not undone: section 4.7 has none, and those libraries know none.
//!
//! The parts share the memory of the body, so a form costs what was sent and a little for each part.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;

use super::charset::Charset;
use super::media_type::MediaType;
use super::media_type::parameters;
use super::target::decode;

/// Parts of one form, unless told otherwise.
const MOST_PARTS: usize = 1_000;

/// Bytes of one part's content, unless told otherwise.
const MOST_PART_BYTES: usize = 16 * 1024 * 1024;

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
        Self { parts: MOST_PARTS, part_bytes: MOST_PART_BYTES }
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

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotMultipart => "the content type is not multipart/form-data",
            Self::NoBoundary => "the content type names no boundary",
            Self::Incomplete => "it ends before its last delimiter, or has another boundary than the content type says",
            Self::TooLarge => "it has more parts, or a longer one, than are read",
            Self::Malformed => "the head of a part cannot be read",
        })
    }
}

/// Why a part is no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotText {
    /// It declares a character set that is not read; which.
    UnknownCharset(String),
    /// Its bytes are not of its character set.
    Undecodable(Charset),
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

    /// The content of one of its parts as text: in the character set of the part, else in that of the field `_charset_`
    /// (section 4.6), else in UTF-8.
    ///
    /// # Errors
    /// The character set is not read here, or the bytes are not of it.
    pub fn text<'p>(&self, part: &'p Part) -> Result<Cow<'p, str>, NotText> {
        let default = || self.first("_charset_").map(|field| String::from_utf8_lossy(&field.bytes).into_owned());
        let declared = part.charset().or_else(default);
        let charset = match declared {
            Some(name) => Charset::named(&name).ok_or(NotText::UnknownCharset(name))?,
            None => Charset::default(),
        };
        charset.decode(&part.bytes).ok_or(NotText::Undecodable(charset))
    }
}

impl Part {
    fn charset(&self) -> Option<String> {
        let media_type = MediaType::parse(self.content_type.as_deref()?)?;
        media_type.parameter("charset").map(str::to_owned)
    }

    fn is_multipart(&self) -> bool {
        let main = self.content_type.as_deref().and_then(|text| text.split_once('/')).map(|(main, _)| main.trim());
        main.is_some_and(|main| main.eq_ignore_ascii_case("multipart"))
    }

    fn within(self, limits: Limits) -> Result<Self, Error> {
        if self.bytes.len() > limits.part_bytes { Err(Error::TooLarge) } else { Ok(self) }
    }
}

/// Longest head of one part.
const MOST_HEAD_BYTES: usize = 16 * 1024;

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

/// The part between two delimiters; `None` if it is passed over.
fn part(body: &Bytes, text: &[u8]) -> Result<Option<Part>, Error> {
    let (head, content) = split_head(text).ok_or(Error::Malformed)?;
    let head = unfolded(&String::from_utf8_lossy(head));
    let Some(disposition) = header(&head, "content-disposition") else { return Ok(None) };
    let attributes = parameters(disposition.split_once(';').map_or("", |(_, rest)| rest)).ok_or(Error::Malformed)?;
    let attribute = |name: &str| attributes.iter().find(|(given, _)| given == name).map(|(_, value)| value.clone());
    let Some(name) = attribute("name") else { return Ok(None) };
    let file_name = attribute("filename*").and_then(|value| extended(&value)).or_else(|| attribute("filename"));
    let content_type = header(&head, "content-type").map(str::to_owned);
    let part = Part { name, file_name, content_type, bytes: body.slice_ref(without_line_break(content)) };
    Ok((!part.is_multipart()).then_some(part))
}

/// Splits after the first empty line.
fn split_head(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut start = 0;
    for line in text.get(..MOST_HEAD_BYTES).unwrap_or(text).split_inclusive(|byte| *byte == b'\n') {
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

/// With each header in one line: a line that starts with white space belongs to the one before it.
fn unfolded(head: &str) -> String {
    let mut whole = String::with_capacity(head.len());
    for line in head.lines() {
        whole.push_str(if line.starts_with([' ', '\t']) { " " } else { "\n" });
        whole.push_str(line.trim_start());
    }
    whole
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

    fn read(form: &Form, name: &str) -> String {
        form.text(form.first(name).unwrap()).unwrap().into_owned()
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
        assert_eq!(read(&form, "alias"), "my alias");
        assert_eq!(form.all("alias").count(), 2);
        let file = form.first("file").unwrap();
        assert_eq!((file.file_name.as_deref(), file.content_type.as_deref()), (Some("a.pem"), Some("text/plain")));
        assert_eq!(read(&form, "file"), "\r\n--\r\n");
    }

    #[test]
    fn bare_line_feeds_and_a_missing_last_line_break_are_put_up_with() {
        assert_eq!(only("--XyZ\nContent-Disposition: form-data; name=a\n\nx\n\n--XyZ--").bytes, "x\n");
        assert_eq!(only("--XyZ\r\nContent-Disposition: form-data; name=a\r\n\r\n--XyZ--\r\n").bytes, "");
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
    fn parts_that_are_forms_are_passed_over_and_their_delimiters_are_not_taken_for_the_form_s() {
        let inner = "--XyZ2\r\nContent-Disposition: file; filename=a\r\n\r\nx\r\n--XyZ2--";
        let body = format!(
            "--XyZ\r\nContent-Disposition: form-data; name=files\r\nContent-Type: Multipart/Mixed; boundary=XyZ2\r\n\r\n\
             {inner}\r\n--XyZ\r\nContent-Disposition: form-data; name=a\r\n\r\ny\r\n--XyZ--"
        );
        assert_eq!(only(&body).name, "a");
    }

    #[test]
    fn header_lines_may_be_folded() {
        let part =
            only("--XyZ\r\nContent-Disposition: form-data;\r\n\tname=a;\r\n filename=\"b c\"\r\n\r\nx\r\n--XyZ--");
        assert_eq!((part.name.as_str(), part.file_name.as_deref()), ("a", Some("b c")));
    }

    fn text_of(fields: &[(&str, &str, &[u8])]) -> Result<String, NotText> {
        let mut body = Vec::new();
        for (name, content_type, content) in fields {
            let head = format!("--XyZ\r\nContent-Disposition: form-data; name={name}\r\n{content_type}\r\n");
            body.extend([head.as_bytes(), content, b"\r\n"].concat());
        }
        body.extend(b"--XyZ--");
        let form = Form::parse(TYPE, &Bytes::from(body), Limits::default()).unwrap();
        form.text(form.first("a").unwrap()).map(Cow::into_owned)
    }

    #[test]
    fn text_is_read_in_the_character_set_of_the_part_then_of_the_form_then_in_utf_8() {
        assert_eq!(text_of(&[("a", "", "ü".as_bytes())]), Ok("ü".to_owned()));
        assert_eq!(text_of(&[("a", "", b"\xFC")]), Err(NotText::Undecodable(Charset::Utf8)));
        let latin1 = "Content-Type: text/plain; charset=\"iso-8859-1\"\r\n";
        assert_eq!(text_of(&[("a", latin1, b"\xFC")]), Ok("ü".to_owned()));
        assert_eq!(text_of(&[("_charset_", "", b"iso-8859-1"), ("a", "", b"\xFC")]), Ok("ü".to_owned()));
        let utf8 = "Content-Type: text/plain; charset=UTF-8\r\n";
        assert_eq!(text_of(&[("_charset_", "", b"iso-8859-1"), ("a", utf8, "ü".as_bytes())]), Ok("ü".to_owned()));
        let utf16 = "Content-Type: text/plain; charset=UTF-16\r\n";
        assert_eq!(text_of(&[("a", utf16, b"a")]), Err(NotText::UnknownCharset("UTF-16".to_owned())));
    }

    #[test]
    fn a_content_transfer_encoding_is_not_undone() {
        let part = only(
            "--XyZ\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\nYQ==\r\n--XyZ--",
        );
        assert_eq!(part.bytes, "YQ==");
    }

    #[test]
    fn the_parts_are_pieces_of_the_body_and_not_copies() {
        let body = Bytes::from(format!(
            "--XyZ\r\nContent-Disposition: form-data; name=a\r\n\r\n{}\r\n--XyZ--",
            "x".repeat(1_000_000)
        ));
        let form = Form::parse(TYPE, &body, Limits::default()).unwrap();
        let part = form.first("a").unwrap();
        assert!(body.as_ptr_range().contains(&part.bytes.as_ptr()) && part.bytes.len() == 1_000_000);
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
