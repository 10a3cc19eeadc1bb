//! `life_cycle`, which every entity of this API has, and whom a change is put down to.

use super::state::{Author, History};
use crate::odata::{Context, Value};

/// The complex value of a history.
pub fn value(history: &History) -> Value {
    Value::Complex(vec![
        Value::DateTime(history.changed_at),
        Value::from(&history.changed_by),
        Value::DateTime(history.created_at),
        Value::from(&history.created_by),
    ])
}

/// The author of what a request changes.
pub fn author(cx: &Context<'_>) -> Author {
    Author { name: cx.caller.name.clone(), now: cx.now }
}
