//! Reading the text of a distinguished name in the form in which Java prints it: the way back from
//! [`name_text`](super::name_text).

use super::Error;

/// The value of an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// A text, to be encoded as is usual for its attribute.
    Text(String),
    /// An encoding, which was given in hex.
    Encoded(Vec<u8>),
}

/// An attribute: a short name or a dotted OID, and its value.
pub(super) type Read<'t> = (&'t str, Value);

/// The relative distinguished names in encoded order, which is the reverse of the order in the text.
pub(super) fn read(text: &str) -> Result<Vec<Vec<Read<'_>>>, Error> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let mut parts =
        outside_quotes(text, ',').into_iter().map(relative).collect::<Result<Vec<Vec<Read<'_>>>, Error>>()?;
    parts.reverse();
    Ok(parts)
}

fn relative(text: &str) -> Result<Vec<Read<'_>>, Error> {
    outside_quotes(text, '+').into_iter().map(attribute).collect()
}

fn attribute(text: &str) -> Result<Read<'_>, Error> {
    let (name, value) = text.split_once('=').ok_or_else(|| malformed(text))?;
    Ok((name.trim(), value_of(value.trim_matches(' '), text)?))
}

fn value_of(value: &str, text: &str) -> Result<Value, Error> {
    if let Some(digits) = value.strip_prefix('#') {
        return hex::decode(digits).map(Value::Encoded).map_err(|_| malformed(text));
    }
    let inside = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    Ok(Value::Text(inside.map_or_else(|| value.to_owned(), unescaped)))
}

fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        plain.push(if character == '\\' { characters.next().unwrap_or('\\') } else { character });
    }
    plain
}

/// The pieces between separators; what stands in quotes separates nothing.
fn outside_quotes(text: &str, separator: char) -> Vec<&str> {
    let (mut quoted, mut escaped) = (false, false);
    text.split(|character| {
        let separates = character == separator && !quoted;
        quoted ^= character == '"' && !escaped;
        escaped = character == '\\' && !escaped;
        separates
    })
    .collect()
}

fn malformed(text: &str) -> Error {
    Error::Malformed(format!("{text:?} is no part of a distinguished name: expected one like CN=api.example"))
}

#[cfg(test)]
mod tests {
    use crate::pki::DistinguishedName;

    /// See the tests of `name_text`.
    const JDK: &str = include_str!("../../fixtures/odd/names.tsv");

    #[test]
    fn what_java_prints_is_read_back() {
        let mut read = 0;
        for line in JDK.lines() {
            let der = hex::decode(line.split('\t').next().unwrap()).unwrap();
            let name = DistinguishedName::from_der(&der).unwrap();
            // Java prints a value that is in quotes as if it had put them there.
            if name.attribute("CN").is_some_and(|value| value.starts_with('"')) {
                continue;
            }
            let again = DistinguishedName::from_java_text(name.java_text()).unwrap();
            assert_eq!(again.java_text(), name.java_text());
            read += 1;
        }
        assert!(read > 40, "{read}");
    }

    #[test]
    fn names_are_read_in_encoded_order_with_all_their_attributes() {
        let name = DistinguishedName::from_java_text(r#"OU=x, CN=multi + UID=u1,O="a, \"b\" \\",C=DE"#).unwrap();
        assert_eq!(&**name.java_text(), r#"OU=x, CN=multi + UID=u1, O="a, \"b\" \\", C=DE"#);
        assert_eq!(name.attribute("O").as_deref(), Some(r#"a, "b" \"#));
    }

    #[test]
    fn values_beyond_ascii_are_kept_whatever_the_attribute() {
        for text in ["CN=x, C=Ä", "EMAILADDRESS=ü@api.example", "SERIALNUMBER=ä, DC=é"] {
            assert_eq!(&**DistinguishedName::from_java_text(text).unwrap().java_text(), text);
        }
    }

    #[test]
    fn what_is_no_name_is_refused() {
        for text in ["api.example", "CN=a, b", "FOO=a", "CN=#xyz"] {
            assert!(DistinguishedName::from_java_text(text).is_err(), "{text}");
        }
    }
}
