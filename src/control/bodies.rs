//! The schemas of what calls are sent, for the description of this API. They are written from the types by the test below, so that
//! the program need not carry what makes them.

use serde_json::{Value, json};

/// A scenario.
pub(super) fn scenario() -> Value {
    crate::scenario::schema()
}

/// A world to make.
pub(super) fn fork() -> Value {
    of_type("Fork")
}

/// A change of the clock.
pub(super) fn change() -> Value {
    of_type("Change")
}

/// A move of the clock.
pub(super) fn advance() -> Value {
    of_type("Advance")
}

/// One fault, or a list of them.
pub(super) fn faults() -> Value {
    json!({"anyOf": [of_type("Fault"), {"type": "array", "items": {"$ref": "#/anyOf/0"}}]})
}

/// What a test expects.
pub(super) fn expectation() -> Value {
    of_type("Expectation")
}

fn of_type(name: &str) -> Value {
    let schemas: Value = serde_json::from_str(include_str!("bodies.json")).unwrap_or_default();
    schemas.get(name).cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use schemars::schema_for;

    use super::*;
    use crate::control::{clock, verify, worlds};
    use crate::faults::Fault;
    use crate::seed::written_schema;

    #[test]
    fn the_schemas_are_those_of_the_types() {
        let schemas = json!({
            "Fork": schema_for!(worlds::Fork),
            "Change": schema_for!(clock::Change),
            "Advance": schema_for!(clock::Advance),
            "Fault": schema_for!(Fault),
            "Expectation": schema_for!(verify::Expectation),
        });
        written_schema::is("control/bodies.json", &schemas);
        for schema in [scenario(), fork(), change(), advance(), expectation()] {
            assert_eq!(schema["type"], "object");
        }
        assert_eq!(faults()["anyOf"][0]["type"], "object");
    }
}
