//! Coverage as a report that CI systems read: a suite a system, a case a documented answer; one that was not met is skipped.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::{Coverage, Covered, SystemCoverage};

/// The report.
pub(super) fn of(coverage: &Coverage) -> String {
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    let tally = coverage.tally();
    let skipped = tally.answers - tally.earned - tally.by_fault;
    let _infallible = writeln!(
        xml,
        "<testsuites name=\"certmimic coverage\" tests=\"{}\" failures=\"0\" errors=\"0\" skipped=\"{skipped}\">",
        tally.answers
    );
    coverage.systems.iter().for_each(|system| suite(&mut xml, system));
    xml.push_str("</testsuites>\n");
    xml
}

fn suite(xml: &mut String, system: &SystemCoverage) {
    let tally = system.tally();
    let skipped = tally.answers - tally.earned - tally.by_fault;
    let _infallible = writeln!(
        xml,
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"0\" errors=\"0\" skipped=\"{skipped}\">",
        escape(system.title),
        tally.answers
    );
    for covered in &system.operations {
        covered.answers.iter().for_each(|answer| case(xml, covered.operation.id, answer));
    }
    system.shared.iter().for_each(|answer| case(xml, &format!("{}.any", system.name), answer));
    xml.push_str("  </testsuite>\n");
}

fn case(xml: &mut String, operation: &str, covered: &Covered) {
    let (operation, name) = (escape(operation), covered.id());
    let name = escape(&name);
    let _infallible = if covered.times.is_any() {
        writeln!(xml, "    <testcase classname=\"{operation}\" name=\"{name}\"/>")
    } else {
        let state = escape(covered.state());
        writeln!(
            xml,
            "    <testcase classname=\"{operation}\" name=\"{name}\"><skipped message=\"{state}\"/></testcase>"
        )
    };
}
