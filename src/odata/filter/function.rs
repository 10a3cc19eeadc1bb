//! The functions of filters (OData V2 URI conventions, section 4.5): their names, arguments and results.

use super::types::Type;

/// A function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Function {
    SubstringOf,
    EndsWith,
    StartsWith,
    Length,
    IndexOf,
    Replace,
    Substring,
    ToLower,
    ToUpper,
    Trim,
    Concat,
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Round,
    Floor,
    Ceiling,
}

/// What a function takes.
enum Takes {
    /// These, in this order.
    Exactly(&'static [Type]),
    /// These, of which the last may be missing.
    OrOneLess(&'static [Type]),
    /// Two or more strings.
    Strings,
    /// One of these.
    OneOf(&'static [Type]),
}

use Function::{
    Ceiling, Concat, Day, EndsWith, Floor, Hour, IndexOf, Length, Minute, Month, Replace, Round, Second, StartsWith,
    Substring, SubstringOf, ToLower, ToUpper, Trim, Year,
};
use Type::{Boolean, DateTime, DateTimeOffset, Number, String, Time};

const DATES: Takes = Takes::OneOf(&[DateTime, DateTimeOffset]);
const TIMES: Takes = Takes::OneOf(&[DateTime, DateTimeOffset, Time]);

const FUNCTIONS: [(&str, Function, Takes, Type); 20] = [
    ("substringof", SubstringOf, Takes::Exactly(&[String, String]), Boolean),
    ("endswith", EndsWith, Takes::Exactly(&[String, String]), Boolean),
    ("startswith", StartsWith, Takes::Exactly(&[String, String]), Boolean),
    ("length", Length, Takes::Exactly(&[String]), Number),
    ("indexof", IndexOf, Takes::Exactly(&[String, String]), Number),
    ("replace", Replace, Takes::Exactly(&[String, String, String]), String),
    ("substring", Substring, Takes::OrOneLess(&[String, Number, Number]), String),
    ("tolower", ToLower, Takes::Exactly(&[String]), String),
    ("toupper", ToUpper, Takes::Exactly(&[String]), String),
    ("trim", Trim, Takes::Exactly(&[String]), String),
    ("concat", Concat, Takes::Strings, String),
    ("year", Year, DATES, Number),
    ("month", Month, DATES, Number),
    ("day", Day, DATES, Number),
    ("hour", Hour, TIMES, Number),
    ("minute", Minute, TIMES, Number),
    ("second", Second, TIMES, Number),
    ("round", Round, Takes::Exactly(&[Number]), Number),
    ("floor", Floor, Takes::Exactly(&[Number]), Number),
    ("ceiling", Ceiling, Takes::Exactly(&[Number]), Number),
];

impl Function {
    /// The function of a name.
    pub(super) fn named(name: &str) -> Option<Self> {
        FUNCTIONS.iter().find(|(known, ..)| *known == name).map(|(_, function, ..)| *function)
    }

    /// Its name.
    pub(super) fn name(self) -> &'static str {
        FUNCTIONS.iter().find(|(_, function, ..)| *function == self).map_or("", |(name, ..)| name)
    }

    /// What it results in for arguments of these types; `None` if it does not take them.
    pub(super) fn result(self, arguments: &[Type]) -> Option<Type> {
        let (.., takes, result) = FUNCTIONS.iter().find(|(_, function, ..)| *function == self)?;
        let fit = |wanted: &[Type]| {
            wanted.len() == arguments.len() && arguments.iter().zip(wanted).all(|(is, wanted)| is.fits(*wanted))
        };
        let accepted = match takes {
            Takes::Exactly(types) => fit(types),
            Takes::OrOneLess(types) => fit(types) || types.split_last().is_some_and(|(_, fewer)| fit(fewer)),
            Takes::Strings => arguments.len() >= 2 && arguments.iter().all(|is| is.fits(String)),
            Takes::OneOf(types) => types.iter().any(|wanted| fit(&[*wanted])),
        };
        accepted.then_some(*result)
    }
}
