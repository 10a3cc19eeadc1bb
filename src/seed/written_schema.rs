//! Schemas that are written from types by tests, so that the program need not carry what makes them.

use std::path::Path;

use serde_json::Value;

/// Holds a file below `src` to a schema; with `UPDATE_DOCUMENTATION=1`, writes it anew.
#[expect(clippy::disallowed_methods, reason = "a test may")]
pub(crate) fn is(file: &str, schema: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(file);
    let text = lines(schema);
    if std::env::var_os("UPDATE_DOCUMENTATION").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == text, "src/{file} is not what its types say: UPDATE_DOCUMENTATION=1 cargo test --lib schema");
}

/// A member a line, and a definition a line.
fn lines(schema: &Value) -> String {
    let members = schema.as_object().into_iter().flatten().map(|(name, member)| {
        let inner = if name.starts_with('$') && member.is_object() { lines(member) } else { member.to_string() };
        format!("\"{name}\": {}", inner.trim_end())
    });
    format!("{{\n{}\n}}\n", members.collect::<Vec<_>>().join(",\n"))
}
