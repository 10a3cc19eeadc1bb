//! Where certmimic is not what its judge is (the JDK, mostly), row by row and reader by reader, each with its reason.

use std::collections::BTreeMap;

/// What one reader made of all files, held against its judge.
pub struct Comparison {
    reader: &'static str,
    reasons: BTreeMap<String, String>,
    wrong: Vec<String>,
    seen: usize,
}

impl Comparison {
    pub fn new(reader: &'static str) -> Self {
        let rows = crate::lines("differences.jsonl").into_iter().filter(|row| row["reader"] == reader);
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let reasons: BTreeMap<_, _> = rows.map(|row| (text(&row["name"]), text(&row["because"]))).collect();
        assert!(reasons.values().all(|reason| !reason.is_empty()), "{reader}: a difference needs a reason");
        Self { reader, reasons, wrong: Vec::new(), seen: 0 }
    }

    /// Notes what became of a file; one that is explained has to differ.
    pub fn note(&mut self, name: &str, judge: &str, ours: &str) {
        self.seen += 1;
        match (judge == ours, self.reasons.remove(name)) {
            (true, None) | (false, Some(_)) => {}
            (true, Some(_)) => self.wrong.push(format!("{name}: is explained, and does not differ")),
            (false, None) => self.wrong.push(format!("{name}: expected {judge}; {}: {ours}", self.reader)),
        }
    }
}

impl Drop for Comparison {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        self.wrong.extend(self.reasons.keys().map(|name| format!("{name}: is explained, and not there")));
        assert!(self.seen > 0 && self.wrong.is_empty(), "{}:\n{}", self.reader, self.wrong.join("\n"));
    }
}
