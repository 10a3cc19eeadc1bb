//! System query options (OData V2 URI conventions, section 4) and custom ones.

use super::dialect::{Dialect, QueryOptions, RepeatedOptions};
use super::edm::{Schema, Set};
use super::error::Error;
use super::filter::{Filter, OrderBy};
use super::resource::Kind;
use super::shape::Shape;
use super::system_option::SystemOption;

/// Custom query options in the order of the request.
#[derive(Debug, Clone, Default)]
pub struct Options(pub Vec<(String, String)>);

impl Options {
    /// The first value of an option.
    pub fn first(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(option, _)| option == name).map(|(_, value)| value.as_str())
    }

    /// True only for a `true`, in any case.
    pub fn is_true(&self, name: &str) -> bool {
        self.first(name).is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }
}

/// The query of a request, read.
#[derive(Debug, Default)]
pub(crate) struct Query {
    /// The system options that are there, in order.
    pub(crate) given: Vec<SystemOption>,
    pub(crate) format: Option<String>,
    pub(crate) filter: Option<Filter>,
    pub(crate) order: Option<OrderBy>,
    pub(crate) top: Option<usize>,
    pub(crate) skip: usize,
    /// `$inlinecount=allpages`
    pub(crate) count: bool,
    pub(crate) shape: Shape,
}

/// The options without a dollar sign.
pub(crate) fn custom(pairs: &[(String, String)]) -> Options {
    Options(pairs.iter().filter(|(name, _)| !name.starts_with('$')).cloned().collect())
}

/// The first `$format`, valid or not: error documents follow it.
pub(crate) fn format(pairs: &[(String, String)]) -> Option<&str> {
    pairs.iter().find(|(name, _)| name == "$format").map(|(_, value)| value.as_str())
}

/// Reads the system options for a kind of resource; `set` is that of its entities.
pub(crate) fn read(
    pairs: &[(String, String)],
    kind: Kind,
    set: Option<&'static Set>,
    schema: &'static Schema,
    repeated: RepeatedOptions,
) -> Result<Query, Error> {
    if pairs.is_empty() {
        return Ok(Query::default());
    }
    let given = gather(pairs, repeated)?;
    if let Some((option, _)) = given.iter().find(|(option, _)| !kind.options().contains(option)) {
        return Err(Error::IncompatibleOption { option: option.name() });
    }
    let mut query = Query { given: given.iter().map(|(option, _)| *option).collect(), ..Query::default() };
    for (option, value) in &given {
        take(&mut query, *option, value, set, schema)?;
    }
    if let Some(set) = set {
        let text = |wanted| given.iter().find(|(option, _)| *option == wanted).map(|(_, value)| value.as_str());
        query.shape = Shape::read(text(SystemOption::Select), text(SystemOption::Expand), set, schema)?;
    }
    Ok(query)
}

/// The system options of a query, each once.
fn gather(pairs: &[(String, String)], repeated: RepeatedOptions) -> Result<Vec<(SystemOption, String)>, Error> {
    let mut given: Vec<(SystemOption, String)> = Vec::new();
    for (name, value) in pairs.iter().filter(|(name, _)| name.starts_with('$')) {
        let option = SystemOption::named(name).ok_or_else(|| Error::UnknownOption { option: name.to_owned() })?;
        if value.is_empty() {
            return Err(Error::EmptyOption { option: name.to_owned() });
        }
        match given.iter_mut().find(|(known, _)| *known == option) {
            None => given.push((option, value.clone())),
            Some((_, earlier)) => combine(option, earlier, value, repeated)?,
        }
    }
    Ok(given)
}

fn combine(option: SystemOption, earlier: &mut String, value: &str, repeated: RepeatedOptions) -> Result<(), Error> {
    match repeated {
        RepeatedOptions::Combined if earlier == value => Ok(()),
        RepeatedOptions::Combined if option.is_list() => {
            earlier.push(',');
            earlier.push_str(value);
            Ok(())
        }
        _ => Err(Error::DuplicateOption { option: option.name() }),
    }
}

fn take(
    query: &mut Query,
    option: SystemOption,
    value: &str,
    set: Option<&'static Set>,
    schema: &'static Schema,
) -> Result<(), Error> {
    match (option, set) {
        (SystemOption::Format, _) => query.format = Some(value.to_owned()),
        (SystemOption::Top, _) => query.top = Some(number(value)?),
        (SystemOption::Skip, _) => query.skip = number(value)?,
        (SystemOption::InlineCount, _) => query.count = all_pages(value)?,
        (SystemOption::Filter, Some(set)) => query.filter = Some(Filter::parse(value, set, schema)?),
        (SystemOption::OrderBy, Some(set)) => query.order = Some(OrderBy::parse(value, set, schema)?),
        // $select and $expand are read together; nothing here makes pages, so there is nothing for $skiptoken to skip.
        _ => {}
    }
    Ok(())
}

fn number(text: &str) -> Result<usize, Error> {
    let parsed: i32 = text.parse().map_err(|_| Error::InvalidValue { value: text.to_owned() })?;
    match usize::try_from(parsed) {
        Ok(_) if text.starts_with('+') => Err(Error::InvalidValue { value: text.to_owned() }),
        Ok(number) if !text.starts_with('-') => Ok(number),
        _ => Err(Error::NegativeValue { value: text.to_owned() }),
    }
}

fn all_pages(text: &str) -> Result<bool, Error> {
    match text {
        "allpages" => Ok(true),
        "none" => Ok(false),
        _ => Err(Error::InvalidValue { value: text.to_owned() }),
    }
}

/// Refuses what the service's own code does not honour on a set, after everything else of the request was checked.
pub(crate) fn check_policy(query: &Query, kind: Kind, set: &'static Set, dialect: &Dialect) -> Result<(), Error> {
    let counts = matches!(kind, Kind::Count | Kind::CountOne | Kind::LinkCount);
    let honoured: &[SystemOption] = match (dialect.query_options)(set) {
        QueryOptions::All => return Ok(()),
        QueryOptions::None => return refuse_all(query, counts),
        QueryOptions::Shaping => &[SystemOption::Expand, SystemOption::Select, SystemOption::Format],
        QueryOptions::Expanding => &[SystemOption::Expand, SystemOption::Format],
        QueryOptions::Format => &[SystemOption::Format],
    };
    if counts {
        return Err(Error::OptionNotSupported { option: "$count" });
    }
    match query.given.iter().find(|option| !honoured.contains(option)) {
        Some(option) => Err(Error::OptionNotSupported { option: option.name() }),
        None => Ok(()),
    }
}

fn refuse_all(query: &Query, counts: bool) -> Result<(), Error> {
    match query.given.first() {
        Some(option) => Err(Error::OptionRefused { option: option.name() }),
        None if counts => Err(Error::OptionRefused { option: "$count" }),
        None => Ok(()),
    }
}
