//! What the page of evidence counts and lists.

use std::fmt::Write;

use certmimic::apis::xsuaa;
use certmimic::contract::Outcome;
use certmimic::evidence::{Archive, Date, Newest};
use certmimic::odata;
use certmimic::state::APIS;

use crate::keep_part;

const KINDS: [&str; 5] = ["observed", "specified", "documented", "library", "assumed"];

#[test]
fn the_page_of_evidence_counts_what_rows_are_known_from() {
    let archive = Archive::embedded().unwrap();
    let mut table = String::from(
        "| system | rows | part | observed | specified | documented | library | assumed | newest |\n|---|---|---|---|---|---|---|---|---|\n",
    );
    let shared: Vec<&Outcome> = odata::OUTCOMES.iter().chain(xsuaa::filter::OUTCOMES).copied().collect();
    let systems = APIS.iter().map(|api| (api.title, api.outcomes.to_vec()));
    for (title, rows) in systems.chain([("What the OData services share", shared)]) {
        let newest = newest(&archive, &rows).map_or_else(|| "–".to_owned(), ToString::to_string);
        let count = |kind_of: fn(&Outcome) -> &'static str| {
            KINDS.map(|kind| rows.iter().filter(|row| kind_of(row) == kind).count().to_string()).join(" | ")
        };
        let (status, text) = (count(|row| row.evidence.kind()), count(|row| row.text_evidence.kind()));
        writeln!(table, "| {title} | {} | status and code | {status} | {newest} |", rows.len()).unwrap();
        writeln!(table, "| | | text | {text} | |").unwrap();
    }
    keep_part("docs/evidence.md", "counts", &table);
}

fn newest<'a>(archive: &'a Archive, rows: &[&Outcome]) -> Option<&'a Date> {
    let dates = rows.iter().filter_map(|row| match archive.newest(row) {
        Newest::Of(date) => Some(date),
        Newest::Undated | Newest::Nothing => None,
    });
    dates.max()
}

#[test]
fn the_page_of_evidence_lists_every_document() {
    let mut table = String::from("| document | is | read | date |\n|---|---|---|---|\n");
    for document in Archive::embedded().unwrap().documents {
        let date = document.date.map_or_else(|| "not known".to_owned(), |date| date.to_string());
        let (name, title) = (document.name, document.title);
        writeln!(table, "| [{name}]({}) | {title} | {} | {date} |", document.address, document.read).unwrap();
    }
    keep_part("docs/evidence.md", "documents", &table);
}
