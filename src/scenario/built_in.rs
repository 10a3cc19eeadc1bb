//! The scenarios that are embedded in the program.

/// A scenario that is embedded in the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuiltIn {
    /// Its name.
    pub name: &'static str,
    /// Its text.
    pub yaml: &'static str,
}

macro_rules! embedded {
    ($($name:literal),+ $(,)?) => {
        &[$(BuiltIn { name: $name, yaml: include_str!(concat!("../../scenarios/", $name, ".yaml")) }),+]
    };
}

/// The built-in scenarios; the first is what is served when none is named.
pub const BUILT_IN: &[BuiltIn] = embedded!("quickstart", "empty", "expiring-truststore", "rotation");

/// Their names.
pub fn names() -> Vec<&'static str> {
    BUILT_IN.iter().map(|scenario| scenario.name).collect()
}

/// The built-in scenario of this name.
pub fn built_in(name: &str) -> Option<&'static BuiltIn> {
    BUILT_IN.iter().find(|scenario| scenario.name == name)
}
