//! Coverage as a page that stands by itself: an artefact of a build, to be opened from a disk.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::{Coverage, Covered, SystemCoverage, Tally};

const STYLE: &str = "\
:root{color-scheme:light dark;--met:#1a7f37;--fault:#9a6700;--no:#57606a}\
@media(prefers-color-scheme:dark){:root{--met:#3fb950;--fault:#d29922;--no:#8b949e}}\
body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}\
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-top:1px solid #8884}\
td:nth-child(2){white-space:nowrap;font-variant-numeric:tabular-nums}\
ul{margin:0;padding:0;list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1rem}\
.met{color:var(--met)}.fault{color:var(--fault)}.no{color:var(--no)}";

/// The page.
pub(super) fn of(coverage: &Coverage) -> String {
    let mut html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>Coverage</title>\n<style>{STYLE}</style>\n<h1>Coverage</h1>\n<p>{}</p>\n",
        sentence(coverage.tally())
    );
    coverage.systems.iter().for_each(|system| section(&mut html, system));
    html
}

fn section(html: &mut String, system: &SystemCoverage) {
    let _infallible = write!(
        html,
        "<h2>{}</h2>\n<p>{}</p>\n<table>\n<thead><tr><th scope=\"col\">operation<th scope=\"col\">share<th scope=\"col\">documented answers</thead>\n",
        escape(system.title),
        sentence(system.tally())
    );
    for covered in &system.operations {
        row(html, covered.operation.id, covered.operation.summary, &covered.answers);
    }
    if !system.shared.is_empty() {
        row(html, "at any operation", "of the protocol, and of what stands in front of the system", &system.shared);
    }
    html.push_str("</table>\n");
}

fn row(html: &mut String, name: &str, summary: &str, answers: &[Covered]) {
    let tally = Tally::of(answers.iter());
    let items: String = answers.iter().map(item).collect();
    let _infallible = writeln!(
        html,
        "<tr><th scope=\"row\"><code>{}</code><br><small>{}</small><td>{:.0} %<td><ul>{items}</ul>",
        escape(name),
        escape(summary),
        tally.percent()
    );
}

fn item(covered: &Covered) -> String {
    let (class, sign) = match (covered.times.earned > 0, covered.times.by_fault > 0) {
        (true, _) => ("met", "✓"),
        (false, true) => ("fault", "⚡"),
        (false, false) => ("no", "–"),
    };
    let evidence = covered.row.map(|row| format!("; {}", row.sources())).unwrap_or_default();
    let title = format!("{}{evidence}", covered.state());
    format!("<li class=\"{class}\" title=\"{}\">{sign} {}", escape(&title), escape(covered.id()))
}

fn sentence(tally: Tally) -> String {
    let faults =
        if tally.by_fault > 0 { format!(", {} of them by faults only", tally.by_fault) } else { String::new() };
    format!(
        "{} of {} documented answers met ({:.1} %){faults}.",
        tally.earned + tally.by_fault,
        tally.answers,
        tally.percent()
    )
}
