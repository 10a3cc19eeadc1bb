//! What became of each fact.

use super::difference::Difference;
use crate::contract::Operation;
use crate::tenant::System;
use crate::tenant::secrets::Secrets;

/// One fact, and what became of it.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The system.
    pub system: System,
    /// The operation; none of a request that means none.
    pub operation: Option<&'static Operation>,
    /// What is to be seen, in a sentence.
    pub fact: String,
    /// Method and target of the request.
    pub request: String,
    /// What certmimic answers: the identifier of a refusal, or the status of a success; empty if it was not asked.
    pub outcome: String,
    /// What became of it.
    pub verdict: Verdict,
    /// What the tenant has said.
    pub said: Option<Said>,
    /// The words of the request that a text of the tenant may repeat: names, keys, values.
    pub words: Vec<String>,
    /// Asked without a token: what is told of no client.
    pub by_nobody: bool,
    /// Positions of switches in which certmimic answers as the tenant does, each `name: position`.
    pub switches: Vec<String>,
}

/// What became of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Both answer the same.
    Same,
    /// They do not; where.
    Different(Vec<Difference>),
    /// It was not tried; why.
    NotTried(String),
}

/// What a tenant has said, as far as an error document says it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// The status.
    pub status: u16,
    /// The code of its error, empty without one; nothing if the answer cannot be read for it.
    pub code: Option<String>,
    /// The text of its error, empty without one; nothing if the answer cannot be read for it.
    pub text: Option<String>,
}

impl Comparison {
    /// The same without secrets of the client, should the tenant say one back, or call a thing so.
    pub(super) fn hidden(mut self, secrets: &Secrets) -> Self {
        self.request = secrets.hide(&self.request);
        if let Verdict::Different(differences) = &mut self.verdict {
            for difference in differences {
                difference.at = secrets.hide(&difference.at);
                difference.expected = secrets.hide(&difference.expected);
                difference.came = secrets.hide(&difference.came);
            }
        }
        if let Some(said) = &mut self.said {
            said.code = said.code.take().map(|code| secrets.hide(&code));
            said.text = said.text.take().map(|text| secrets.hide(&text));
        }
        self
    }
}

impl Verdict {
    /// In a word or two.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Different(_) => "different",
            Self::NotTried(_) => "not tried",
        }
    }
}

/// How many facts there are, and what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Both answered the same.
    pub same: usize,
    /// They did not.
    pub different: usize,
    /// Nobody was asked, or the answer tells nothing of it.
    pub not_tried: usize,
    /// How many of those the client is not let do.
    pub not_let: usize,
}

impl Tally {
    /// Of some facts.
    pub fn of<'c>(comparisons: impl IntoIterator<Item = &'c Comparison>) -> Self {
        comparisons.into_iter().fold(Self::default(), |mut tally, comparison| {
            match comparison.verdict {
                Verdict::Same => tally.same += 1,
                Verdict::Different(_) => tally.different += 1,
                Verdict::NotTried(_) => {
                    tally.not_tried += 1;
                    let is_refused = comparison.said.as_ref().is_some_and(|said| matches!(said.status, 401 | 403));
                    tally.not_let += usize::from(is_refused);
                }
            }
            tally
        })
    }

    /// How many were compared.
    pub const fn compared(self) -> usize {
        self.same + self.different
    }
}
