//! What is wrong with a scenario, for its author: where, what, and what was expected.

use std::fmt;

use crate::seed::{Code, Complaint};

/// One flaw of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// The file, or what the text is called.
    pub file: String,
    /// Line, from 1; 0 if the flaw belongs to no line.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The kind of mistake.
    pub code: Code,
    /// What is wrong and what was expected.
    pub message: String,
    /// What would do: words, the nearest first, or one description. Empty where the message says all.
    pub expected: Vec<String>,
    /// The line that the flaw is in, with stars in place of secrets; empty if it belongs to none.
    pub snippet: String,
}

impl Flaw {
    /// A flaw of a whole file.
    pub(crate) fn of_file(file: &str, complaint: Complaint) -> Self {
        let Complaint { code, message, expected } = complaint;
        Self { file: file.to_owned(), line: 0, column: 0, code, message, expected, snippet: String::new() }
    }
}

/// Most characters of a line that are shown: material in the text makes lines long.
const WIDTH: usize = 120;

/// `file:line:column: message`, then the line with a caret below the column.
impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            return write!(f, "{}: {}", self.file, self.message);
        }
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)?;
        if self.snippet.is_empty() {
            return Ok(());
        }
        // A window of the line that shows the column, not in its last third.
        let start = self.column.saturating_sub(WIDTH * 2 / 3);
        let shown: String = self.snippet.chars().skip(start).take(WIDTH).collect();
        let indent = " ".repeat(self.column.saturating_sub(start + 1));
        write!(f, "\n    {shown}\n    {indent}^")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_shows_its_line_and_points_at_its_column() {
        let flaw = Flaw {
            file: "a.yaml".to_owned(),
            line: 3,
            column: 3,
            code: Code::UnknownKey,
            message: "no such key".to_owned(),
            expected: Vec::new(),
            snippet: "  sede: 7".to_owned(),
        };
        assert_eq!(flaw.to_string(), "a.yaml:3:3: no such key\n      sede: 7\n      ^");
    }
}
