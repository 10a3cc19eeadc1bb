//! Headers to be kept: in one piece, since those of a request hold on to the buffer that it was read into.

use ::http::HeaderMap;

/// The headers of a message in the order sent, each name in small letters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headers {
    /// Names and values, one after the other.
    bytes: Box<[u8]>,
    /// Where each name ends, and where its value does.
    ends: Box<[(u32, u32)]>,
}

impl Headers {
    /// The headers one after the other: name, then value as far as it is text.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut start = 0;
        self.ends.iter().map(move |(name, value)| {
            let (name, value) = (*name as usize, *value as usize);
            let text =
                |from, to| self.bytes.get(from..to).and_then(|bytes| str::from_utf8(bytes).ok()).unwrap_or_default();
            let pair = (text(start, name), text(name, value));
            start = value;
            pair
        })
    }

    /// The value of a header; of several, the first.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// How many bytes they take.
    pub(super) fn size(&self) -> usize {
        self.bytes.len() + self.ends.len() * size_of::<(u32, u32)>()
    }
}

impl From<&HeaderMap> for Headers {
    fn from(headers: &HeaderMap) -> Self {
        let length = headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
        let mut bytes = Vec::with_capacity(length);
        let mut ends = Vec::with_capacity(headers.len());
        // A head is 64 KiB at most, so its lengths fit.
        let end = |bytes: &Vec<u8>| u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        for (name, value) in headers {
            bytes.extend_from_slice(name.as_str().as_bytes());
            let name = end(&bytes);
            bytes.extend_from_slice(value.as_bytes());
            ends.push((name, end(&bytes)));
        }
        Self { bytes: bytes.into(), ends: ends.into() }
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
    }
}
