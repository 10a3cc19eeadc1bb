//! The scenarios that are embedded in the program, and the files they name.

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

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        [$(($path, include_bytes!(concat!("../../", $path)))),*]
    };
}

/// The built-in scenarios; the first is what is served when none is named.
pub const BUILT_IN: &[BuiltIn] = embedded!("quickstart", "empty", "expiring-truststore", "rotation");

/// The folder that the built-in scenarios stand in, as their relative paths see it.
pub(super) const FOLDER: &str = "scenarios";

/// Files that built-in scenarios name, by their path from the repository's root.
pub(super) const FILES: &[(&str, &[u8])] = &files!(
    "fixtures/ca/partner-ca.pem",
    "fixtures/keys/mykeypair-with-key.pem",
    "fixtures/sap/cloudintegration-with-key.pem",
    "fixtures/sap/root.pem",
    "fixtures/server/smtp.pem",
);

/// The built-in scenario of this name.
pub fn built_in(name: &str) -> Option<&'static BuiltIn> {
    BUILT_IN.iter().find(|scenario| scenario.name == name)
}
