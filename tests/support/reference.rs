//! The key reference of `docs/scenario-keys.md`, rendered from the JSON Schema.

use std::collections::VecDeque;
use std::fmt::Write;

use serde_json::Value;

/// Types that occur in several places: what the reference calls them.
const SHARED: [(&str, &str); 4] =
    [("Generate", "generate"), ("Material", "material"), ("LifeCycle", "life_cycle"), ("StampSection", "by and at")];

/// Markdown with one table for each mapping of the format.
pub fn render(schema: &Value) -> String {
    let mut reference = Reference { schema, seen: Vec::new(), queue: VecDeque::new(), text: String::new() };
    reference.mapping("The document", "", schema);
    while let Some((heading, path, definition)) = reference.queue.pop_front() {
        reference.mapping(&heading, &path, definition);
    }
    reference.text
}

struct Reference<'s> {
    schema: &'s Value,
    seen: Vec<(&'s str, String)>,
    queue: VecDeque<(String, String, &'s Value)>,
    text: String,
}

impl<'s> Reference<'s> {
    fn mapping(&mut self, heading: &str, path: &str, definition: &'s Value) {
        writeln!(self.text, "### {heading}\n\n{}\n", sentence(definition)).unwrap();
        let variants = definition["anyOf"].as_array().into_iter().flatten();
        let mapping =
            variants.map(|one| self.resolved(one)).find(|one| one["type"] == "object" || one["oneOf"].is_array());
        let mapping = mapping.unwrap_or(definition);
        self.text.push_str("| key | value | |\n|---|---|---|\n");
        let alternatives = mapping["oneOf"].as_array();
        let objects: Vec<&Value> = alternatives.map_or_else(|| vec![mapping], |variants| variants.iter().collect());
        for object in objects {
            for (key, property) in object["properties"].as_object().into_iter().flatten() {
                let required = object["required"].as_array().is_some_and(|names| names.contains(&key.as_str().into()));
                self.row(path, key, property, if alternatives.is_some() { Some(object) } else { None }, required);
            }
        }
        self.text.push('\n');
    }

    fn row(&mut self, path: &str, key: &str, property: &'s Value, variant: Option<&Value>, required: bool) {
        let at = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        let value = self.value(&at, property);
        let mut text = sentence(variant.unwrap_or(property));
        for choice in self.choices(property) {
            write!(text, " `{}`: {}", choice["const"].as_str().unwrap(), sentence(choice)).unwrap();
        }
        match &property["default"] {
            Value::String(default) => write!(text, " Default: `{default}`.").unwrap(),
            Value::Number(default) => write!(text, " Default: {default}.").unwrap(),
            _ => {}
        }
        let key = if required && variant.is_none() { format!("**`{key}`**") } else { format!("`{key}`") };
        writeln!(self.text, "| {key} | {value} | {} |", text.replace('|', "\\|")).unwrap();
    }

    /// What kind of value is expected; mappings get a table of their own.
    fn value(&mut self, path: &str, schema: &'s Value) -> String {
        if let Some(reference) = schema["$ref"].as_str() {
            return self.referenced(path, reference.rsplit('/').next().unwrap());
        }
        if let Some(variants) = schema["anyOf"].as_array() {
            let kinds: Vec<String> =
                variants.iter().filter(|one| one["type"] != "null").map(|one| self.value(path, one)).collect();
            return kinds.join(" or ");
        }
        let kind = match &schema["type"] {
            Value::Array(kinds) => kinds.iter().find(|kind| **kind != "null").unwrap(),
            kind => kind,
        };
        match kind.as_str() {
            Some("string") => "text".to_owned(),
            Some("integer") => "whole number".to_owned(),
            Some("number") => "number".to_owned(),
            Some("boolean") => "`true` or `false`".to_owned(),
            Some("array") => format!("list of {}", self.value(&format!("{path}[]"), &schema["items"])),
            Some("object") if schema["additionalProperties"].is_object() => {
                format!("mapping of names to {}", self.value(&format!("{path}.*"), &schema["additionalProperties"]))
            }
            Some("object") => "mapping".to_owned(),
            _ => "any value".to_owned(),
        }
    }

    fn referenced(&mut self, path: &str, name: &'s str) -> String {
        let definition = &self.schema["$defs"][name];
        if !self.choices(definition).is_empty() {
            return "one of these words".to_owned();
        }
        let variants = definition["anyOf"].as_array();
        let has_table = definition["properties"].is_object()
            || definition["oneOf"].is_array()
            || variants.into_iter().flatten().any(|one| {
                self.resolved(one)["type"] == "object"
                    || self.resolved(one)["oneOf"].is_array() && self.choices(one).is_empty()
            });
        if !has_table {
            return self.value(path, definition);
        }
        if !self.seen.iter().any(|(known, _)| *known == name) {
            let shared = SHARED.iter().find(|(known, _)| *known == name);
            let heading = shared.map_or_else(|| format!("`{path}`"), |(_, heading)| format!("`{heading}`"));
            self.seen.push((name, heading.clone()));
            let path = shared.map_or(path, |(_, heading)| heading);
            self.queue.push_back((heading, path.to_owned(), definition));
        }
        let (_, heading) = self.seen.iter().find(|(known, _)| *known == name).unwrap();
        format!("[{}](#{})", heading.replace('_', "\\_").replace('`', ""), anchor(heading))
    }

    /// The words of an enumeration, with what each means.
    fn choices(&self, schema: &'s Value) -> Vec<&'s Value> {
        let words = self.resolved(schema)["oneOf"].as_array();
        words.into_iter().flatten().filter(|word| word["const"].is_string()).collect()
    }

    fn resolved(&self, schema: &'s Value) -> &'s Value {
        let optional = schema["anyOf"].as_array().filter(|variants| variants.iter().any(|one| one["type"] == "null"));
        let schema =
            optional.and_then(|variants| variants.iter().find(|one| one["$ref"].is_string())).unwrap_or(schema);
        match schema["$ref"].as_str() {
            Some(reference) => &self.schema["$defs"][reference.rsplit('/').next().unwrap()],
            None => schema,
        }
    }
}

fn sentence(schema: &Value) -> String {
    schema["description"].as_str().unwrap_or_default().replace('\n', " ")
}

/// The anchor that GitHub gives a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase().replace(' ', "-");
    kept.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_')).collect()
}
