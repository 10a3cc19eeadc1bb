//! Scenarios: YAML to state and back.
