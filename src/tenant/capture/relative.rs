//! Dates as spans from now.

use serde_json::Value;

use crate::effects::Timestamp;

/// The members of a scenario that are dates.
const DATES: [&str; 9] =
    ["created_at", "changed_at", "at", "transferred", "not_before", "expires", "valid", "now", "deployed_at"];

/// Makes spans from `now` of all dates.
pub(super) fn make_relative(document: &mut Value, now: Timestamp) {
    match document {
        Value::Object(members) => {
            for (name, value) in members {
                if DATES.contains(&name.as_str()) {
                    spans(value, now);
                } else {
                    make_relative(value, now);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| make_relative(item, now)),
        _ => {}
    }
}

fn spans(value: &mut Value, now: Timestamp) {
    match value {
        Value::String(text) => {
            if let Some(at) = Timestamp::parse_iso(text) {
                *text = span(at, now);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| spans(item, now)),
        _ => {}
    }
}

/// A span in the largest unit that says it exactly.
fn span(at: Timestamp, now: Timestamp) -> String {
    const UNITS: [(i64, &str); 5] = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1_000, "s"), (1, "ms")];
    let millis = at.millis().saturating_sub(now.millis());
    let unit = UNITS.iter().find(|(unit, _)| millis % unit == 0);
    let (unit, name) = unit.copied().unwrap_or((1, "ms"));
    format!("{:+}{name}", millis / unit)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::seed::moment;

    #[test]
    fn dates_become_spans_that_mean_the_same() {
        let now = Timestamp::from_seconds(1_768_464_000);
        for (millis, text) in
            [(0, "+0d"), (-864_000_000, "-10d"), (5_400_000, "+90m"), (1_500, "+1500ms"), (-7_000, "-7s")]
        {
            let at = now.plus_millis(millis);
            assert_eq!(span(at, now), text);
            assert_eq!(moment(text, now), Ok(at));
        }
    }

    #[test]
    fn only_dates_are_changed() {
        let mut document = json!({"a": [{"created_at": "2026-01-15T08:00:00.000Z", "name": "2026-01-15T08:00:00.000Z",
            "valid": ["2026-01-14T08:00:00Z", "2026-01-25T08:00:00Z"], "at": "now"}]});
        make_relative(&mut document, Timestamp::from_seconds(1_768_464_000));
        let expected = json!({"a": [{"created_at": "+0d", "name": "2026-01-15T08:00:00.000Z", "valid": ["-1d", "+10d"], "at": "now"}]});
        assert_eq!(document, expected);
    }
}
