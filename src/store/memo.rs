//! What is made of a value, kept from one reading to the next: rendering it costs far more than sending it.

use std::borrow::Cow;
use std::sync::OnceLock;

/// Keeps what was made of a value in one form. It belongs beside the value and is replaced with every change of it: a copy, which
/// is made to be changed, keeps nothing.
#[derive(Debug)]
pub struct Memo<F, T>(OnceLock<(F, T)>);

impl<F, T> Memo<F, T> {
    /// What is kept, if its form is the one that is looked for.
    pub fn get(&self, is_wanted: impl FnOnce(&F) -> bool) -> Option<&T> {
        let (form, made) = self.0.get()?;
        is_wanted(form).then_some(made)
    }

    /// Keeps what was made. Of several forms, the first is kept: those who read a world seldom want it in two.
    pub fn keep(&self, form: F, made: T) {
        self.0.get_or_init(|| (form, made));
    }

    /// What is made in this form, now or before.
    pub fn or_make(&self, form: F, render: impl FnOnce() -> T) -> Cow<'_, T>
    where
        F: PartialEq,
        T: Clone,
    {
        if let Some(kept) = self.get(|kept| *kept == form) {
            return Cow::Borrowed(kept);
        }
        let made = render();
        self.keep(form, made.clone());
        Cow::Owned(made)
    }
}

impl<F, T> Default for Memo<F, T> {
    fn default() -> Self {
        Self(OnceLock::new())
    }
}

impl<F, T> Clone for Memo<F, T> {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl<F, T> PartialEq for Memo<F, T> {
    /// It says nothing about the value that the value does not say itself.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<F, T> Eq for Memo<F, T> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_is_kept_and_a_copy_keeps_none() {
        let memo = Memo::default();
        assert_eq!(*memo.or_make(1, || "first"), "first");
        assert_eq!(*memo.or_make(1, || "second"), "first");
        assert_eq!(*memo.or_make(2, || "third"), "third");
        assert_eq!(memo.get(|form| *form == 1), Some(&"first"));
        assert_eq!(memo.get(|form| *form == 2), None);
        assert_eq!(*memo.clone().or_make(1, || "fourth"), "fourth");
    }
}
