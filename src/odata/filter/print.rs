//! Expressions as text (OData V2 URI conventions, grammar of `$filter`): what is nested stands in parentheses.

use super::super::uri::literal;
use super::expression::Expression;

/// Text that reads back as the same expression.
pub(super) fn text(expression: &Expression) -> String {
    let mut out = String::new();
    write(&mut out, expression);
    out
}

fn write(out: &mut String, expression: &Expression) {
    match expression {
        Expression::Literal(value) => literal::write(out, value),
        Expression::Property(path) => out.push_str(&path.text),
        Expression::Not(inner) => {
            out.push_str("not ");
            nested(out, inner);
        }
        Expression::Negate(inner) => {
            out.push('-');
            nested(out, inner);
        }
        Expression::All(parts) => joined(out, parts, " and "),
        Expression::Any(parts) => joined(out, parts, " or "),
        Expression::Binary(operator, left, right) => {
            nested(out, left);
            out.push(' ');
            out.push_str(operator.name());
            out.push(' ');
            nested(out, right);
        }
        Expression::Call(function, arguments) => {
            out.push_str(function.name());
            out.push('(');
            for (position, argument) in arguments.iter().enumerate() {
                if position > 0 {
                    out.push(',');
                }
                write(out, argument);
            }
            out.push(')');
        }
    }
}

fn joined(out: &mut String, parts: &[Expression], word: &str) {
    for (position, part) in parts.iter().enumerate() {
        if position > 0 {
            out.push_str(word);
        }
        nested(out, part);
    }
}

fn nested(out: &mut String, expression: &Expression) {
    let bare = matches!(expression, Expression::Literal(_) | Expression::Property(_) | Expression::Call(..));
    if !bare {
        out.push('(');
    }
    write(out, expression);
    if !bare {
        out.push(')');
    }
}
