//! `certmimic fixtures`.

use std::io::{self, IsTerminal as _};

use clap::Args;

use super::failure::Failure;
use super::{print, put};
use crate::seed::{FIXTURES, Fixture, SCHEME, fixture};

/// List the certificates, keys and keystores that certmimic carries, which a scenario names `fixture:NAME`, or print one.
#[derive(Debug, Args)]
pub struct Fixtures {
    /// The one to print, as it is.
    name: Option<String>,
}

impl Fixtures {
    /// Runs the command.
    pub fn run(self) -> Result<(), Failure> {
        let Some(name) = self.name else { return print(&list()) };
        let fixture = fixture(&name).map_err(|unknown| Failure::usage(unknown.message))?;
        if io::stdout().is_terminal() && !is_text(fixture.bytes) {
            let name = fixture.name;
            return Err(Failure::usage(format!(
                "{name} is binary, and this is a terminal; certmimic fixtures {name} > FILE writes it to a file"
            )));
        }
        put(fixture.bytes)
    }
}

fn list() -> String {
    let width = FIXTURES.iter().map(|fixture| fixture.name.len()).max().unwrap_or_default() + SCHEME.len();
    let line = |fixture: &Fixture| format!("{:width$}  {}", format!("{SCHEME}{}", fixture.name), fixture.what);
    FIXTURES.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn is_text(bytes: &[u8]) -> bool {
    let shown = |character: char| !character.is_control() || matches!(character, '\n' | '\r' | '\t');
    std::str::from_utf8(bytes).is_ok_and(|text| text.chars().all(shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_can_show_is_text() {
        let text = |name: &str| is_text(fixture(name).unwrap().bytes);
        assert!(text("ca/partner-ca.pem") && text("keys/id_rsa.ppk") && text("keys/id_rsa.pub"));
        assert!(!text("keys/mykeypair.p12") && !text("stores/keystore.jks") && !text("server/smtp.der"));
    }
}
