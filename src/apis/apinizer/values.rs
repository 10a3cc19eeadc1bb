//! Values of fields, whatever they were sent in: given or blank, one of a fixed set, true or false.

use super::error::Error;

/// A value, unless it is blank.
pub fn given(value: Option<&str>) -> Option<&str> {
    value.filter(|text| !text.trim().is_empty())
}

/// A value that must be there and not blank.
pub fn required<'v>(field: &'static str, value: Option<&'v str>) -> Result<&'v str, Error> {
    given(value).ok_or(Error::ValueEmpty { field })
}

/// `true` or `false` in any case; blank is as good as absent.
pub fn flag(field: &'static str, text: &str) -> Result<Option<bool>, Error> {
    match text.trim() {
        "" => Ok(None),
        text if text.eq_ignore_ascii_case("true") => Ok(Some(true)),
        text if text.eq_ignore_ascii_case("false") => Ok(Some(false)),
        text => Err(unknown(field, text, ["true", "false"])),
    }
}

/// The refusal of a value that is not one of a fixed set.
pub fn unknown<'n>(field: &'static str, value: &str, supported: impl IntoIterator<Item = &'n str>) -> Error {
    Error::UnknownValue { field, value: value.to_owned(), supported: listed(supported) }
}

/// Names in a sentence.
pub fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    names.into_iter().collect::<Vec<_>>().join(", ")
}
