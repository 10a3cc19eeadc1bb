//! One fault, as scenarios and the control API write it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Cut, Delay, Pattern, Respond, Subject};

/// Armed misbehaviour: which requests it is for, how often it strikes, what it does.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Fault {
    /// What it is called; without it, `fault-1` and so on.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// Which requests it is for; without it, every one to an emulated system.
    #[serde(skip_serializing_if = "is_default")]
    pub on: On,
    /// How many such requests pass before it strikes.
    #[serde(skip_serializing_if = "is_default")]
    pub after: u64,
    /// How often it strikes; without it, always.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<u64>,
    /// How likely it strikes, from 0 to 1; drawn from the world's seed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub probability: Option<Probability>,
    /// What is answered in place of the system, which does not get to see the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub respond: Option<Respond>,
    /// How long the answer is held back: a span such as `750ms`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delay: Option<Delay>,
    /// Where the connection is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drop: Option<Cut>,
    /// To how many bytes the answer's body is cut; its headers agree with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub truncate: Option<usize>,
    /// Apinizer environments that a deployment fails in, each with the message that the answer has for it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub deployment_fails: BTreeMap<String, String>,
    /// How many requests it was for so far; written by exports.
    #[serde(skip_serializing_if = "is_default")]
    pub seen: u64,
    /// How often it has struck so far; written by exports.
    #[serde(skip_serializing_if = "is_default")]
    pub struck: u64,
}

impl Fault {
    /// True if it strikes the request that was counted last, chance apart.
    pub(super) fn is_due(&self) -> bool {
        self.seen > self.after && self.times.is_none_or(|times| self.struck < times)
    }

    /// True if it does anything at all.
    pub fn has_effect(&self) -> bool {
        self.respond.is_some()
            || self.delay.is_some()
            || self.drop.is_some()
            || self.truncate.is_some()
            || !self.deployment_fails.is_empty()
    }
}

/// Which requests a fault is for: those that fit everything that is said here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct On {
    /// The operation, as `certmimic operations` lists them; `*` stands for any characters: `ci.certificate.*`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<Pattern>,
    /// The path; `*` stands for any characters but slashes, `**` for any: `/apiops/**`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<Pattern>,
    /// The HTTP method.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// An alias or name that the request has in its path, or as a value in its query or body, as it is or in hexadecimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
}

impl On {
    /// True if a request fits.
    pub fn matches(&self, subject: &Subject<'_>) -> bool {
        self.operation.as_ref().is_none_or(|pattern| pattern.matches_word(subject.operation))
            && self.path.as_ref().is_none_or(|pattern| subject.has_path(pattern))
            && self.method.as_ref().is_none_or(|method| subject.request.method.as_str().eq_ignore_ascii_case(method))
            && self.alias.as_ref().is_none_or(|alias| subject.names(alias))
    }
}

/// A chance from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(try_from = "f64")]
#[cfg_attr(test, schemars(extend("minimum" = 0, "maximum" = 1)))]
pub struct Probability(f64);

impl Probability {
    /// True if a number, of which all are equally likely, is among the share that strikes.
    pub(super) fn hits(self, drawn: u32) -> bool {
        f64::from(drawn) < self.0 * (f64::from(u32::MAX) + 1.0)
    }
}

impl TryFrom<f64> for Probability {
    type Error = String;

    fn try_from(value: f64) -> Result<Self, String> {
        if (0.0..=1.0).contains(&value) {
            Ok(Self(value))
        } else {
            Err(format!("expected a number from 0 to 1, not {value}"))
        }
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
