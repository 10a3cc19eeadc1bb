//! Headers to be kept: in one piece, since those of a request hold on to the buffer that it was read into.

use std::fmt;

use ::http::HeaderMap;

/// The headers of a message in the order sent, each name in small letters.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Headers {
    /// Lines of a name, a colon and a value: neither has a line feed, and a name no colon (RFC 9110 section 5.5).
    lines: Box<[u8]>,
}

impl Headers {
    /// The headers one after the other: name, then value as far as it is text.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let text = |part: Option<_>| part.and_then(|bytes| str::from_utf8(bytes).ok()).unwrap_or_default();
        let lines = self.lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        lines.map(move |line| {
            let mut parts = line.splitn(2, |byte| *byte == b':');
            (text(parts.next()), text(parts.next()))
        })
    }

    /// The value of a header; of several, the first.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// How many bytes they take.
    pub(super) fn size(&self) -> usize {
        self.lines.len()
    }
}

/// The names: tokens and cookies are among the values.
impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(|(name, _)| name)).finish()
    }
}

impl From<&HeaderMap> for Headers {
    fn from(headers: &HeaderMap) -> Self {
        let length = headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 2).sum();
        let mut lines = Vec::with_capacity(length);
        for (name, value) in headers {
            lines.extend_from_slice(name.as_str().as_bytes());
            lines.push(b':');
            lines.extend_from_slice(value.as_bytes());
            lines.push(b'\n');
        }
        Self { lines: lines.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back() {
        let mut headers = HeaderMap::new();
        headers.append("accept", "*/*".parse().unwrap());
        headers.append("cookie", "a=1".parse().unwrap());
        headers.append("cookie", "b=2".parse().unwrap());
        headers.append("empty", "".parse().unwrap());
        let kept = Headers::from(&headers);
        let pairs: Vec<_> = kept.iter().collect();
        assert_eq!(pairs, [("accept", "*/*"), ("cookie", "a=1"), ("cookie", "b=2"), ("empty", "")]);
        assert_eq!((kept.get("Cookie"), kept.get("nope")), (Some("a=1"), None));
        assert_eq!(Headers::from(&HeaderMap::new()).iter().count(), 0);
        headers.insert("accept", ::http::HeaderValue::from_bytes(b"a:b\t\xFF").unwrap());
        headers.insert("cookie", ":a:\tb".parse().unwrap());
        let kept = Headers::from(&headers);
        assert_eq!(kept.iter().collect::<Vec<_>>(), [("accept", ""), ("cookie", ":a:\tb"), ("empty", "")]);
    }
}
