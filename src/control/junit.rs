//! Reports that CI systems read: suites of cases, each of which has passed, failed, or was skipped.

use std::fmt::Write as _;

use quick_xml::escape::escape as escaped;

/// A suite.
#[derive(Debug)]
pub struct Suite {
    /// Its name.
    pub name: String,
    /// Its cases.
    pub cases: Vec<Case>,
}

/// A case.
#[derive(Debug)]
pub struct Case {
    /// What it belongs to.
    pub class: String,
    /// Its name.
    pub name: String,
    /// What became of it.
    pub result: Verdict,
}

/// What became of a case.
#[derive(Debug)]
pub enum Verdict {
    /// It has passed.
    Passed,
    /// It was not looked at; why.
    Skipped(String),
    /// It has failed.
    Failed {
        /// Why, in a line.
        message: String,
        /// The same at length.
        text: String,
    },
}

/// The report.
pub fn report(name: &str, suites: &[Suite]) -> String {
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    let cases: Vec<&Case> = suites.iter().flat_map(|suite| &suite.cases).collect();
    let _infallible = writeln!(xml, "<testsuites name=\"{}\" {}>", escape(name), counts(&cases));
    for suite in suites {
        let counts = counts(&suite.cases.iter().collect::<Vec<_>>());
        let _infallible = writeln!(xml, "  <testsuite name=\"{}\" {counts}>", escape(&suite.name));
        suite.cases.iter().for_each(|one| case(&mut xml, one));
        xml.push_str("  </testsuite>\n");
    }
    xml.push_str("</testsuites>\n");
    xml
}

fn counts(cases: &[&Case]) -> String {
    let count = |is: fn(&Verdict) -> bool| cases.iter().filter(|case| is(&case.result)).count();
    let tests = count(|_| true);
    let failures = count(|result| matches!(result, Verdict::Failed { .. }));
    let skipped = count(|result| matches!(result, Verdict::Skipped(_)));
    format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\"")
}

fn case(xml: &mut String, case: &Case) {
    let head = format!("    <testcase classname=\"{}\" name=\"{}\"", escape(&case.class), escape(&case.name));
    let _infallible = match &case.result {
        Verdict::Passed => writeln!(xml, "{head}/>"),
        Verdict::Skipped(why) => writeln!(xml, "{head}><skipped message=\"{}\"/></testcase>", escape(why)),
        Verdict::Failed { message, text } => {
            let (message, text) = (escape(message), escape(text));
            writeln!(xml, "{head}><failure message=\"{message}\">{text}</failure></testcase>")
        }
    };
}

/// A text as XML may have it: there is no way to write most control characters there.
fn escape(text: &str) -> String {
    let may_be =
        |sign: &char| matches!(sign, '\t' | '\n') || !(sign.is_control() || matches!(sign, '\u{fffe}' | '\u{ffff}'));
    escaped(text.chars().filter(may_be).collect::<String>()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_are_counted_and_escaped() {
        let case = |name: &str, result| Case { class: "a.b".to_owned(), name: name.to_owned(), result };
        let failed = Verdict::Failed { message: "1 \u{1b}< 2".to_owned(), text: "at \"x\"".to_owned() };
        let cases = vec![case("p", Verdict::Passed), case("s", Verdict::Skipped("why".to_owned())), case("f", failed)];
        let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="all" tests="3" failures="1" errors="0" skipped="1">
  <testsuite name="one" tests="3" failures="1" errors="0" skipped="1">
    <testcase classname="a.b" name="p"/>
    <testcase classname="a.b" name="s"><skipped message="why"/></testcase>
    <testcase classname="a.b" name="f"><failure message="1 &lt; 2">at &quot;x&quot;</failure></testcase>
  </testsuite>
</testsuites>
"#;
        assert_eq!(report("all", &[Suite { name: "one".to_owned(), cases }]), expected);
    }
}
