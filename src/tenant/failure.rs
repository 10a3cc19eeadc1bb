//! Why a tenant could not be read: what was expected, and what came. No sentence has a secret in it.

use std::fmt;

use super::{System, Unreached};

/// Why nothing came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// No answer came.
    Unreached {
        /// What was asked.
        asked: String,
        /// Why.
        why: Unreached,
    },
    /// The token endpoint gave no token.
    NoToken {
        /// What was asked.
        asked: String,
        /// What came.
        came: String,
    },
    /// The tenant does not let the token in.
    NotLetIn {
        /// What was asked.
        asked: String,
    },
    /// The answer leads elsewhere.
    Redirected {
        /// What was asked.
        asked: String,
        /// The status.
        status: u16,
        /// Where to.
        to: String,
    },
    /// The answer is something else than was expected.
    Unexpected {
        /// What was asked.
        asked: String,
        /// What was expected.
        expected: &'static str,
        /// The status that came.
        status: u16,
        /// What came, in words.
        came: String,
    },
    /// The tenant asks to come back later, again and again or much later.
    TooBusy {
        /// What was asked.
        asked: String,
        /// In how many seconds.
        seconds: u64,
    },
    /// A link in an answer leads to another host.
    LeadsElsewhere {
        /// What was asked.
        asked: String,
        /// The link.
        link: String,
    },
    /// None of the systems is there.
    NoSystem {
        /// Where.
        url: String,
        /// What became of looking for each.
        tried: Vec<(System, String)>,
    },
    /// A write is not of a name that may be written.
    NotOwn {
        /// What was to be asked.
        asked: String,
    },
    /// Nothing of a name has a number there.
    NotNumbered {
        /// The name.
        name: String,
    },
    /// Somebody has told the program to end.
    Ended,
    /// The program itself has failed.
    Defect,
    /// What was read is no scenario; what is wrong with it.
    NoScenario(Vec<String>),
}

impl Failure {
    /// True if another request may well succeed: the tenant was there, and answered this one otherwise than expected.
    pub(super) const fn is_of_one_request(&self) -> bool {
        matches!(
            self,
            Self::Unexpected { .. }
                | Self::Redirected { .. }
                | Self::LeadsElsewhere { .. }
                | Self::NotOwn { .. }
                | Self::NotNumbered { .. }
        )
    }

    /// True if the tenant has nothing of the kind that was asked for.
    pub(super) const fn is_not_offered(&self) -> bool {
        matches!(self, Self::Unexpected { status: 404 | 405 | 410 | 501, .. })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreached { asked, why: Unreached::Failed(why) } => {
                write!(f, "{asked}: expected an answer, but {why}; correct the URL, or see whether the tenant is there")
            }
            Self::Unreached { asked, why: Unreached::NotTrusted(why) } => write!(
                f,
                "{asked}: expected a certificate that can be trusted, but {why}; name the authority that has issued it with --ca"
            ),
            Self::Unreached { asked, why: Unreached::TooLong(most) } => {
                write!(f, "{asked}: expected an answer of at most {most} bytes, but a longer one came")
            }
            Self::NoToken { asked, came } => {
                write!(f, "{asked}: expected a token, but {came}; correct the token URL, the client id and the secret")
            }
            Self::NotLetIn { asked } => write!(
                f,
                "{asked}: expected to be let in, but the token that was just had is refused (401); are the credentials for this \
                 host?"
            ),
            Self::Redirected { asked, status, to } => write!(
                f,
                "{asked}: expected an answer of the API, but a redirection came ({status}, to {to}); the URL has to be that of \
                 the API, not of a user interface"
            ),
            Self::Unexpected { asked, expected, came, .. } => write!(f, "{asked}: expected {expected}, but {came}"),
            Self::TooBusy { asked, seconds } => write!(
                f,
                "{asked}: expected an answer, but the tenant is too busy, and wants to be asked again in {seconds} s; try later"
            ),
            Self::LeadsElsewhere { asked, link } => {
                write!(f, "{asked}: expected links within the tenant, but one leads to {link}, and is not followed")
            }
            Self::NoSystem { url, tried } => {
                write!(f, "{url}: expected one of the systems that certmimic knows, but none answers there: ")?;
                let mut separator = "";
                for (system, came) in tried {
                    write!(f, "{separator}{system}: {came}")?;
                    separator = "; ";
                }
                Ok(())
            }
            Self::NotOwn { asked } => write!(
                f,
                "{asked}: expected the name of a thing that this run may write, but it is none, and nothing was sent"
            ),
            Self::NotNumbered { name } => {
                write!(f, "expected a number for {name}, but nothing of that name is there, and nothing was sent")
            }
            Self::Defect => f.write_str(
                "expected to go on, but there is a defect in certmimic, not at the tenant: its message is above; please report it",
            ),
            Self::Ended => f.write_str("expected to be let finish, but was told to end"),
            Self::NoScenario(flaws) => {
                write!(f, "expected to have read a scenario that loads, but {}", flaws.join("; "))
            }
        }
    }
}
