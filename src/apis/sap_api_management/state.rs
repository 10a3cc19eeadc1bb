//! State and rules, without HTTP.

/// All state of this API in a world.
#[derive(Debug, Clone, Default)]
pub struct State {}
