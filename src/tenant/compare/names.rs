//! Names that nothing of a tenant has: of the things that are made there, and of those that are not there.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::naming::is_named;
use crate::seed::fixture;
use crate::tenant::Asking;

/// How short and how long a prefix may be: a short one might be that of somebody's own things, and some names have 63 characters.
const LENGTHS: std::ops::RangeInclusive<usize> = 8..=32;

/// The blank for the environment that things are deployed to, which is the tenant's own.
const ENVIRONMENT: &str = "environment";

/// What names of a run begin with: nothing else is ever written or deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prefix(String);

impl Prefix {
    /// Reads one.
    ///
    /// # Errors
    /// What was expected.
    pub fn parse(text: &str) -> Result<Self, String> {
        let fits = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_');
        let is_whole = text.starts_with(|sign: char| sign.is_ascii_alphabetic()) && text.ends_with(['-', '_']);
        if LENGTHS.contains(&text.len()) && text.chars().all(fits) && is_whole {
            return Ok(Self(text.to_owned()));
        }
        let (least, most) = (LENGTHS.start(), LENGTHS.end());
        Err(format!(
            "expected {least} to {most} letters, digits, - and _, a letter first and - or _ last, such as {}",
            Self::default()
        ))
    }
}

impl Default for Prefix {
    fn default() -> Self {
        Self("certmimic-test-".to_owned())
    }
}

impl fmt::Display for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Names of one run, all of which begin alike.
#[derive(Debug, Clone)]
pub(super) struct Names {
    beginning: String,
    environment: Option<String>,
}

impl Names {
    /// Those that begin with a prefix, and are told apart from those of other runs by a stamp.
    pub(super) fn new(prefix: &Prefix, stamp: &str) -> Self {
        Self { beginning: format!("{prefix}{stamp}-"), environment: None }
    }

    /// All names that begin with a prefix, of whatever run.
    pub(super) fn all_of(prefix: &Prefix) -> Self {
        Self { beginning: prefix.to_string(), environment: None }
    }

    /// What they begin with.
    pub(super) fn beginning(&self) -> &str {
        &self.beginning
    }

    /// The same, with the environment that things are deployed to.
    pub(super) fn deployed_to(self, environment: Option<&str>) -> Self {
        Self { environment: environment.map(ToOwned::to_owned), ..self }
    }

    /// True if there is an environment that things are deployed to.
    pub(super) const fn have_environment(&self) -> bool {
        self.environment.is_some()
    }

    /// A text with its blanks filled: `${name}` is a name of this run, `${name:hex}` the same as hexadecimal digits,
    /// `${fixture:file}` what the program carries, in Base64, and `${environment}` where things are deployed to.
    pub(super) fn fill(&self, text: &str) -> String {
        let mut filled = String::with_capacity(text.len() + 32);
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            let Some((blank, next)) = after.split_once('}') else { break };
            filled.push_str(before);
            match blank.split_once(':') {
                Some((name, "hex")) => filled.push_str(&hex::encode_upper(self.of(name))),
                Some(("fixture", file)) => filled.push_str(&STANDARD.encode(carried(file))),
                _ if blank == ENVIRONMENT => filled.push_str(self.environment.as_deref().unwrap_or_default()),
                _ => filled.push_str(&self.of(blank)),
            }
            rest = next;
        }
        filled.push_str(rest);
        filled
    }

    /// One of them.
    pub(super) fn of(&self, name: &str) -> String {
        [&self.beginning, name].concat()
    }

    /// True if it is one of them.
    pub(super) fn are(&self, name: &str) -> bool {
        name.strip_prefix(&self.beginning).is_some_and(|rest| !rest.is_empty())
    }

    /// True if a write is about a thing of that name, and the name is one of these.
    pub(super) fn are_in(&self, asking: &Asking, name: &str) -> bool {
        self.are(name) && is_named(asking, name)
    }
}

/// A file that the program carries; nothing if there is none of that name.
pub(super) fn carried(file: &str) -> &'static [u8] {
    fixture(file).map_or(&[], |fixture| fixture.bytes)
}

#[cfg(test)]
mod tests {
    use http::Method;

    use super::*;

    fn names() -> Names {
        Names::new(&Prefix::default(), "7")
    }

    #[test]
    fn blanks_become_names_of_the_run() {
        let names = names();
        assert_eq!(names.fill("Set('${a}')/x?${a}"), "Set('certmimic-test-7-a')/x?certmimic-test-7-a");
        assert_eq!(names.fill("('${a:hex}')"), "('636572746D696D69632D746573742D372D61')");
        assert!(names.fill("${fixture:server/smtp.pem}").starts_with("LS0t"));
        assert_eq!(names.fill("$filter=a ${open"), "$filter=a ${open");
    }

    #[test]
    fn only_names_of_the_run_may_be_written() {
        let names = names();
        let asking = |method: Method, target: &str, body: &'static str| Asking {
            method,
            body: body.into(),
            ..Asking::json(target)
        };
        let own = names.of("a");
        assert!(names.are_in(&asking(Method::DELETE, &format!("/Set('{own}')"), ""), &own));
        assert!(names.are_in(&asking(Method::DELETE, &names.fill("/Set('${a:hex}')"), ""), &own));
        assert!(names.are_in(&asking(Method::POST, "/Set", "{\"name\":\"certmimic-test-7-a\"}"), &own));
        assert!(!names.are_in(&asking(Method::PUT, "/Set('other')", "{\"name\":\"certmimic-test-7-a\"}"), &own));
        assert!(!names.are_in(&asking(Method::DELETE, "/Set('other')", ""), "other"));
        assert!(!names.are_in(&asking(Method::DELETE, "/Set('certmimic-test-8-a')", ""), "certmimic-test-8-a"));
        assert!(!names.are_in(&asking(Method::DELETE, "/Set('certmimic-test-7-')", ""), "certmimic-test-7-"));
    }

    #[test]
    fn a_prefix_is_nobodys_by_chance() {
        for good in ["certmimic-test-", "acme_ci_tests_", "certmimic-0-"] {
            assert_eq!(Prefix::parse(good).map(|prefix| prefix.to_string()).as_deref(), Ok(good));
        }
        for bad in [
            "",
            "a-",
            "test-",
            "certmimic",
            "-certmimic-",
            "cert mimic-",
            "certmimic'-",
            "0certmimic-",
            &"x".repeat(40),
        ] {
            assert!(Prefix::parse(bad).is_err(), "{bad}");
        }
    }
}
