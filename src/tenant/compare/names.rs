//! Names that nothing of a tenant has: of the things that are made there, and of those that are not there.

/// Names of one run, all of which begin alike.
#[derive(Debug, Clone)]
pub(super) struct Names {
    beginning: String,
}

impl Names {
    /// Those that begin with a prefix, and are told apart from those of other runs by a stamp.
    pub(super) fn new(prefix: &str, stamp: &str) -> Self {
        Self { beginning: format!("{prefix}{stamp}-") }
    }

    /// A text with its blanks filled: `${name}` is a name of this run, `${name:hex}` the same as hexadecimal digits.
    pub(super) fn fill(&self, text: &str) -> String {
        let mut filled = String::with_capacity(text.len() + 32);
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            let Some((blank, next)) = after.split_once('}') else { break };
            filled.push_str(before);
            match blank.split_once(':') {
                Some((name, "hex")) => filled.push_str(&hex::encode_upper(self.of(name))),
                _ => filled.push_str(&self.of(blank)),
            }
            rest = next;
        }
        filled.push_str(rest);
        filled
    }

    /// One of them.
    pub(super) fn of(&self, name: &str) -> String {
        [&self.beginning, name].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_become_names_of_the_run() {
        let names = Names::new("certmimic-test-", "7");
        assert_eq!(names.fill("Set('${a}')/x?${a}"), "Set('certmimic-test-7-a')/x?certmimic-test-7-a");
        assert_eq!(names.fill("('${a:hex}')"), "('636572746D696D69632D746573742D372D61')");
        assert_eq!(names.fill("$filter=a ${open"), "$filter=a ${open");
    }
}
