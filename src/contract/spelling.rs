//! What a word that is not known may have meant.

/// Most words that are listed to whoever wrote another one.
const MOST_LISTED: usize = 24;

/// Longest beginning of a word that is compared: the bound keeps a hostile one from costing a quadratic comparison.
const LONGEST: usize = 100;

/// The known word that is most like another; of equally like ones, the first. The case of letters does not count, nor does
/// whether parts are joined by `-` or `_`.
pub fn nearest_word<'n>(word: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let written = letters(word);
    known.into_iter().min_by_key(|candidate| edits(&letters(candidate), &written))
}

/// What was expected in place of a word that is not known, for the end of a sentence.
pub fn expectation(word: &str, known: &[&str]) -> String {
    let Some(near) = nearest_word(word, known.iter().copied()) else { return "none is known here".to_owned() };
    let mut listed = known.iter().take(MOST_LISTED).copied().collect::<Vec<_>>().join(", ");
    if known.len() > MOST_LISTED {
        listed.push_str(", …");
    }
    if is_meant(&letters(near), &letters(word)) {
        format!("did you mean \"{near}\"? Known here: {listed}")
    } else {
        format!("known here: {listed}")
    }
}

/// The known words that are listed to whoever wrote another one, the nearest first.
pub fn closest<'n>(word: &str, known: &[&'n str]) -> Vec<&'n str> {
    let near = nearest_word(word, known.iter().copied());
    let others = known.iter().copied().filter(|other| Some(*other) != near);
    near.into_iter().chain(others).take(MOST_LISTED).collect()
}

/// Half of the letters agree, or one is how the other begins.
fn is_meant(near: &[char], written: &[char]) -> bool {
    edits(near, written) <= (near.len() / 2).max(1)
        || (!written.is_empty() && near.starts_with(written))
        || written.starts_with(near)
}

fn letters(word: &str) -> Vec<char> {
    word.to_lowercase().replace('-', "_").chars().take(LONGEST).collect()
}

/// Levenshtein distance, one row at a time: `row` holds the distances of what was read of `left` to each beginning of
/// `right` but the empty one.
pub(super) fn edits(left: &[char], right: &[char]) -> usize {
    let mut row: Vec<usize> = (1..=right.len()).collect();
    for (read, a) in left.iter().enumerate() {
        let (mut diagonal, mut before) = (read, read + 1);
        for (distance, b) in row.iter_mut().zip(right) {
            let substitution = diagonal + usize::from(a != b);
            diagonal = *distance;
            *distance = substitution.min(diagonal + 1).min(before + 1);
            before = *distance;
        }
    }
    row.last().copied().unwrap_or(left.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_the_one_with_the_fewest_edits() {
        assert_eq!(nearest_word("quickstrat", ["empty", "quickstart"]), Some("quickstart"));
        assert_eq!(nearest_word("SESSIONS_ONLY", ["always", "sessions-only"]), Some("sessions-only"));
        assert_eq!(nearest_word("a", []), None);
    }

    #[test]
    fn what_was_meant_is_said_only_where_it_is_likely() {
        assert_eq!(expectation("tss", &["ks", "ts"]), "did you mean \"ts\"? Known here: ks, ts");
        assert_eq!(expectation("partners", &["ks", "ts"]), "known here: ks, ts");
        assert!(expectation("prod", &["production"]).starts_with("did you mean"));
        assert!(expectation("", &["production"]).starts_with("known here"));
        assert_eq!(expectation("ts", &[]), "none is known here");
        assert_eq!(closest("ks", &["ts_1", "ts", "ks_1"]), ["ts", "ts_1", "ks_1"]);
        assert!(expectation("freeze", &["running", "frozen", "stepping"]).starts_with("did you mean \"frozen\"?"));
        let names: Vec<String> = (0..100).map(|number| format!("store-{number}")).collect();
        let told = expectation("store-17", &names.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(told.starts_with("did you mean \"store-17\"?") && told.ends_with("store-23, …"), "{told}");
    }
}
