//! Matching rules of a Pact file: which values of an answer are held to the promised value, and which to its kind only.
//!
//! A rule is for its path and for what lies below it, unless a rule with a path that fits better says otherwise.

use serde_json::Value;

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Named(String),
    Item(usize),
    Any,
}

/// What a value is held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Matcher {
    /// The promised value.
    Equality,
    /// Its kind, and of a list how many there are.
    Type {
        /// Fewest items.
        min: Option<usize>,
        /// Most items.
        max: Option<usize>,
    },
    /// Any number.
    Number,
    /// A number without a fraction.
    Integer,
    /// A number with one.
    Decimal,
    /// True or false.
    Boolean,
    /// Nothing.
    Null,
}

/// The rules of one part of an answer.
#[derive(Debug, Clone, Default)]
pub(super) struct Rules(Vec<(Vec<Step>, Matcher)>);

impl Rules {
    /// Reads the rules of a body: an object of paths.
    ///
    /// # Errors
    /// A rule that is not known here, in words.
    pub(super) fn of_body(rules: Option<&Value>) -> Result<Self, String> {
        let mut read = Vec::new();
        for (path, rule) in rules.and_then(Value::as_object).into_iter().flatten() {
            let steps = steps(path).ok_or_else(|| format!("one for the path {path}"))?;
            read.push((steps, matcher(rule)?));
        }
        Ok(Self(read))
    }

    /// What the value at a place is held to.
    pub(super) fn at(&self, place: &[String]) -> Matcher {
        let fitting = self.0.iter().filter_map(|(path, matcher)| Some((weight(path, place)?, *matcher)));
        fitting.max_by_key(|(weight, _)| *weight).map_or(Matcher::Equality, |(_, matcher)| matcher)
    }
}

/// The one matcher of a rule, which is for a path or for a header.
///
/// # Errors
/// It is not known here, or there are several.
pub(super) fn matcher(rule: &Value) -> Result<Matcher, String> {
    let matchers = rule.get("matchers").and_then(Value::as_array).map_or(&[] as &[Value], Vec::as_slice);
    let [matcher] = matchers else { return Err(format!("{} for one value", matchers.len())) };
    let word = matcher.get("match").and_then(Value::as_str).unwrap_or_default();
    let number = |name: &str| matcher.get(name).and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok());
    match word {
        "equality" => Ok(Matcher::Equality),
        "type" => Ok(Matcher::Type { min: number("min"), max: number("max") }),
        "number" => Ok(Matcher::Number),
        "integer" => Ok(Matcher::Integer),
        "decimal" => Ok(Matcher::Decimal),
        "boolean" => Ok(Matcher::Boolean),
        "null" => Ok(Matcher::Null),
        other => Err(other.to_owned()),
    }
}

/// How well a path fits a place or what it lies in, the higher the better: names before wildcards, long paths before short ones.
fn weight(path: &[Step], place: &[String]) -> Option<(u64, usize)> {
    let mut weight = 2_u64;
    for (index, step) in path.iter().enumerate() {
        let here = place.get(index)?;
        let fits = match step {
            Step::Named(name) if name == here => 2,
            Step::Item(item) if item.to_string() == *here => 2,
            Step::Any => 1,
            Step::Named(_) | Step::Item(_) => return None,
        };
        weight = weight.saturating_mul(fits);
    }
    Some((weight, path.len()))
}

/// The steps of a path: `$`, then `.name`, `['name']`, `[0]`, `.*` or `[*]`.
fn steps(path: &str) -> Option<Vec<Step>> {
    let mut rest = path.strip_prefix('$')?;
    let mut steps = Vec::new();
    while !rest.is_empty() {
        if let Some(dotted) = rest.strip_prefix('.') {
            let end = dotted.find(['.', '[']).unwrap_or(dotted.len());
            let (name, after) = dotted.split_at(end);
            steps.push(match name {
                "" => return None,
                "*" => Step::Any,
                name => Step::Named(name.to_owned()),
            });
            rest = after;
        } else {
            let inner = rest.strip_prefix('[')?;
            let quoted = inner.strip_prefix('\'').and_then(|inner| inner.split_once("']"));
            if let Some((name, after)) = quoted {
                steps.push(Step::Named(name.to_owned()));
                rest = after;
                continue;
            }
            let (item, after) = inner.split_once(']')?;
            steps.push(if item == "*" { Step::Any } else { Step::Item(item.parse().ok()?) });
            rest = after;
        }
    }
    Some(steps)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const TYPE: Matcher = Matcher::Type { min: None, max: None };

    fn rules(paths: &[(&str, &str)]) -> Rules {
        let rule = |word: &str| json!({"combine": "AND", "matchers": [{"match": word}]});
        let all: serde_json::Map<String, Value> =
            paths.iter().map(|(path, word)| ((*path).to_owned(), rule(word))).collect();
        Rules::of_body(Some(&all.into())).unwrap()
    }

    fn at(rules: &Rules, place: &str) -> Matcher {
        rules.at(&place.split('/').skip(1).map(ToOwned::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn a_rule_is_for_its_path_and_what_lies_below_and_the_one_that_fits_best_counts() {
        let one = rules(&[("$.d.results", "type")]);
        assert_eq!(
            [at(&one, "/d/results/0/a"), at(&one, "/d"), at(&one, "/e")],
            [TYPE, Matcher::Equality, Matcher::Equality]
        );
        let two = rules(&[("$", "type"), ("$.d[*].a", "equality"), ("$.d[1]['a']", "integer")]);
        assert_eq!(
            [at(&two, "/x"), at(&two, "/d/0/a"), at(&two, "/d/1/a")],
            [TYPE, Matcher::Equality, Matcher::Integer]
        );
        assert_eq!(at(&Rules::default(), "/x"), Matcher::Equality);
    }

    #[test]
    fn what_is_not_known_is_told() {
        let unknown = |path: &str, rule: Value| Rules::of_body(Some(&json!({path: rule}))).unwrap_err();
        assert_eq!(unknown("$", json!({"matchers": [{"match": "regex", "regex": "a"}]})), "regex");
        assert_eq!(unknown("$", json!({"matchers": [{"match": "type"}, {"match": "null"}]})), "2 for one value");
        assert_eq!(unknown("$..a", json!({"matchers": [{"match": "type"}]})), "one for the path $..a");
    }
}
