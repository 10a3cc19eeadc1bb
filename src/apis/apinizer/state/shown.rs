//! What is shown of an object, kept from one reading to the next: rendering a certificate costs far more than sending it.

use std::borrow::Cow;
use std::sync::OnceLock;

use serde_json::value::RawValue;

/// Keeps the JSON of one object in one form. It stands in the object and is not copied with it, so a change, which always
/// begins with a copy, begins without.
#[derive(Debug)]
pub struct Shown<F>(OnceLock<(F, Box<RawValue>)>);

impl<F: Copy + PartialEq> Shown<F> {
    /// The JSON in this form. Of several forms, the first is kept: a world's switches seldom change.
    pub fn or_else(&self, form: F, render: impl Fn() -> Box<RawValue>) -> Cow<'_, RawValue> {
        let (kept_form, kept) = self.0.get_or_init(|| (form, render()));
        if *kept_form == form { Cow::Borrowed(kept) } else { Cow::Owned(render()) }
    }
}

impl<F> Default for Shown<F> {
    fn default() -> Self {
        Self(OnceLock::new())
    }
}

impl<F> Clone for Shown<F> {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl<F> PartialEq for Shown<F> {
    /// It says nothing about the object that the object does not say itself.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<F> Eq for Shown<F> {}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> Box<RawValue> {
        RawValue::from_string(text.to_owned()).unwrap()
    }

    #[test]
    fn one_form_is_kept_and_a_copy_keeps_none() {
        let shown = Shown::default();
        assert_eq!(shown.or_else(1, || json("[1]")).get(), "[1]");
        assert_eq!(shown.or_else(1, || json("[2]")).get(), "[1]");
        assert_eq!(shown.or_else(2, || json("[3]")).get(), "[3]");
        assert_eq!(shown.clone().or_else(1, || json("[4]")).get(), "[4]");
    }
}
