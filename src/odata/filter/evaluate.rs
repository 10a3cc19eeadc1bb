//! The value of an expression for an entity. A comparison with null is false, but null equals null.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::super::{Entity, Inline, Value};
use super::expression::{Expression, Operator, Path};
use super::function::Function;
use super::number::{Number, Rounding};

/// A value while it is worked with.
#[derive(Debug)]
pub(super) enum Datum<'d> {
    Null,
    Boolean(bool),
    Number(Number),
    Text(Cow<'d, str>),
    /// A point in time, or a time of day, in milliseconds.
    Millis(i64),
    Binary(&'d [u8]),
}

/// True if a condition holds.
pub(super) fn holds(condition: &Expression, entity: &Entity) -> bool {
    matches!(evaluate(condition, entity), Datum::Boolean(true))
}

/// The value of an expression.
pub(super) fn evaluate<'d>(expression: &'d Expression, entity: &'d Entity) -> Datum<'d> {
    match expression {
        Expression::Literal(value) => datum(value),
        Expression::Property(path) => property(path, entity).map_or(Datum::Null, datum),
        Expression::Not(inner) => match evaluate(inner, entity) {
            Datum::Boolean(flag) => Datum::Boolean(!flag),
            _ => Datum::Null,
        },
        Expression::Negate(inner) => match evaluate(inner, entity) {
            Datum::Number(number) => Datum::Number(number.negate()),
            _ => Datum::Null,
        },
        Expression::All(parts) => Datum::Boolean(parts.iter().all(|part| holds(part, entity))),
        Expression::Any(parts) => Datum::Boolean(parts.iter().any(|part| holds(part, entity))),
        Expression::Binary(operator, left, right) => {
            binary(*operator, &evaluate(left, entity), &evaluate(right, entity))
        }
        Expression::Call(function, arguments) => call(*function, arguments, entity).unwrap_or(Datum::Null),
    }
}

fn datum(value: &Value) -> Datum<'_> {
    match value {
        Value::Null | Value::Complex(_) => Datum::Null,
        Value::Binary(bytes) => Datum::Binary(bytes),
        Value::Boolean(flag) => Datum::Boolean(*flag),
        Value::DateTime(time) | Value::DateTimeOffset(time) => Datum::Millis(time.millis()),
        Value::Time(millis) => Datum::Millis(*millis),
        Value::Guid(text) | Value::String(text) => Datum::Text(Cow::Borrowed(text)),
        _ => Number::of(value).map_or(Datum::Null, Datum::Number),
    }
}

fn property<'d>(path: &Path, entity: &'d Entity) -> Option<&'d Value> {
    let mut entity = entity;
    for navigation in &path.navigation {
        let (_, inline) = entity.inline.iter().find(|(inline, _)| inline.name == navigation.name)?;
        let Inline::One(Some(target)) = inline else { return None };
        entity = target;
    }
    let mut value = entity.values.get(path.position)?;
    for member in &path.members {
        let Value::Complex(values) = value else { return None };
        value = values.get(*member)?;
    }
    Some(value)
}

fn binary<'d>(operator: Operator, left: &Datum<'d>, right: &Datum<'d>) -> Datum<'d> {
    if operator.is_arithmetic() {
        return match (left, right) {
            (Datum::Number(one), Datum::Number(two)) => {
                one.calculate(operator, *two).map_or(Datum::Null, Datum::Number)
            }
            _ => Datum::Null,
        };
    }
    let order = compare(left, right);
    Datum::Boolean(match operator {
        Operator::Equal => order == Some(Ordering::Equal),
        Operator::NotEqual => order != Some(Ordering::Equal),
        _ if matches!(left, Datum::Null) || matches!(right, Datum::Null) => false,
        Operator::Less => order.is_some_and(Ordering::is_lt),
        Operator::LessOrEqual => order.is_some_and(Ordering::is_le),
        Operator::Greater => order.is_some_and(Ordering::is_gt),
        _ => order.is_some_and(Ordering::is_ge),
    })
}

/// The order of two values of one type; null comes before everything else.
pub(super) fn compare(left: &Datum<'_>, right: &Datum<'_>) -> Option<Ordering> {
    match (left, right) {
        (Datum::Null, Datum::Null) => Some(Ordering::Equal),
        (Datum::Null, _) => Some(Ordering::Less),
        (_, Datum::Null) => Some(Ordering::Greater),
        (Datum::Boolean(one), Datum::Boolean(two)) => Some(one.cmp(two)),
        (Datum::Number(one), Datum::Number(two)) => one.compare(*two),
        (Datum::Text(one), Datum::Text(two)) => Some(one.cmp(two)),
        (Datum::Millis(one), Datum::Millis(two)) => Some(one.cmp(two)),
        (Datum::Binary(one), Datum::Binary(two)) => Some(one.cmp(two)),
        _ => None,
    }
}

/// The result of a function; `None`, which is null, if one of its arguments is null.
fn call<'d>(function: Function, arguments: &'d [Expression], entity: &'d Entity) -> Option<Datum<'d>> {
    let argument = |at: usize| arguments.get(at).map(|argument| evaluate(argument, entity));
    let text = |at: usize| match argument(at) {
        Some(Datum::Text(text)) => Some(text),
        _ => None,
    };
    let number = |at: usize| match argument(at) {
        Some(Datum::Number(number)) => Some(number),
        _ => None,
    };
    Some(match function {
        Function::SubstringOf => Datum::Boolean(text(1)?.contains(text(0)?.as_ref())),
        Function::EndsWith => Datum::Boolean(text(0)?.ends_with(text(1)?.as_ref())),
        Function::StartsWith => Datum::Boolean(text(0)?.starts_with(text(1)?.as_ref())),
        Function::Length => Datum::Number(Number::count(text(0)?.chars().count())),
        Function::IndexOf => Datum::Number(index_of(&text(0)?, &text(1)?)),
        Function::Replace => Datum::Text(Cow::Owned(replace(&text(0)?, &text(1)?, &text(2)?))),
        Function::Substring => {
            let length = if arguments.len() > 2 { Some(number(2)?.to_i64()?) } else { None };
            Datum::Text(Cow::Owned(substring(&text(0)?, number(1)?.to_i64()?, length)))
        }
        Function::ToLower => Datum::Text(Cow::Owned(text(0)?.to_lowercase())),
        Function::ToUpper => Datum::Text(Cow::Owned(text(0)?.to_uppercase())),
        Function::Trim => Datum::Text(Cow::Owned(text(0)?.trim().to_owned())),
        Function::Concat => {
            let parts = (0..arguments.len()).map(text).collect::<Option<Vec<_>>>()?;
            Datum::Text(Cow::Owned(parts.concat()))
        }
        Function::Round => Datum::Number(number(0)?.rounded(Rounding::HalfUp)),
        Function::Floor => Datum::Number(number(0)?.rounded(Rounding::Floor)),
        Function::Ceiling => Datum::Number(number(0)?.rounded(Rounding::Ceiling)),
        _ => match argument(0)? {
            Datum::Millis(millis) => Datum::Number(Number::from_i64(part_of_time(function, millis))),
            _ => return None,
        },
    })
}

fn part_of_time(function: Function, millis: i64) -> i64 {
    let time = crate::effects::Timestamp(millis).date_time();
    match function {
        Function::Year => i64::from(time.year()),
        Function::Month => i64::from(u8::from(time.month())),
        Function::Day => i64::from(time.day()),
        Function::Hour => i64::from(time.hour()),
        Function::Minute => i64::from(time.minute()),
        _ => i64::from(time.second()),
    }
}

fn index_of(text: &str, wanted: &str) -> Number {
    match text.find(wanted) {
        Some(at) => Number::count(text.get(..at).unwrap_or_default().chars().count()),
        None => Number::from_i64(-1),
    }
}

/// Bounded, because replacing nothing by much within much would not be.
fn replace(text: &str, wanted: &str, by: &str) -> String {
    if wanted.is_empty() { text.to_owned() } else { text.replace(wanted, by) }
}

fn substring(text: &str, start: i64, length: Option<i64>) -> String {
    let start = usize::try_from(start).unwrap_or(0);
    let length = length.map_or(usize::MAX, |length| usize::try_from(length).unwrap_or(0));
    text.chars().skip(start).take(length).collect()
}
