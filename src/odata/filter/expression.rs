//! Expressions of filters and orders, after they were read and checked against the model.

use super::super::Value;
use super::super::edm::Navigation;
use super::function::Function;
use super::types::Type;

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expression {
    Literal(Value),
    Property(Path),
    Not(Box<Expression>),
    Negate(Box<Expression>),
    /// All hold: `a and b and c`.
    All(Vec<Expression>),
    /// One holds: `a or b or c`.
    Any(Vec<Expression>),
    Binary(Operator, Box<Expression>, Box<Expression>),
    Call(Function, Vec<Expression>),
}

/// The way from an entity to one of its values.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Path {
    /// To-one navigation properties to follow first.
    pub(super) navigation: Vec<&'static Navigation>,
    /// Position of the property among those of its type.
    pub(super) position: usize,
    /// Positions of the members of complex values.
    pub(super) members: Vec<usize>,
    /// As written.
    pub(super) text: String,
    pub(super) kind: Type,
}

/// Comparisons and arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
}

impl Operator {
    /// Names, and how tightly each binds; `and` binds with 2, `or` with 1.
    const ALL: [(&'static str, Self, u8); 11] = [
        ("eq", Self::Equal, 3),
        ("ne", Self::NotEqual, 3),
        ("lt", Self::Less, 4),
        ("le", Self::LessOrEqual, 4),
        ("gt", Self::Greater, 4),
        ("ge", Self::GreaterOrEqual, 4),
        ("add", Self::Add, 5),
        ("sub", Self::Subtract, 5),
        ("mul", Self::Multiply, 6),
        ("div", Self::Divide, 6),
        ("mod", Self::Modulo, 6),
    ];

    /// The operator of a name, and how tightly it binds.
    pub(super) fn named(name: &str) -> Option<(Self, u8)> {
        Self::ALL.iter().find(|(known, ..)| *known == name).map(|(_, operator, power)| (*operator, *power))
    }

    /// Its name.
    pub(super) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, operator, _)| *operator == self).map_or("", |(name, ..)| name)
    }

    /// True for `add`, `sub`, `mul`, `div` and `mod`.
    pub(super) const fn is_arithmetic(self) -> bool {
        matches!(self, Self::Add | Self::Subtract | Self::Multiply | Self::Divide | Self::Modulo)
    }
}

impl Expression {
    /// Every path of navigation properties in it.
    pub(super) fn paths(&self) -> Vec<&[&'static Navigation]> {
        let mut paths = Vec::new();
        self.collect_paths(&mut paths);
        paths
    }

    fn collect_paths<'e>(&'e self, paths: &mut Vec<&'e [&'static Navigation]>) {
        match self {
            Self::Literal(_) => {}
            Self::Property(path) if path.navigation.is_empty() => {}
            Self::Property(path) => paths.push(&path.navigation),
            Self::Not(inner) | Self::Negate(inner) => inner.collect_paths(paths),
            Self::All(parts) | Self::Any(parts) | Self::Call(_, parts) => {
                for part in parts {
                    part.collect_paths(paths);
                }
            }
            Self::Binary(_, left, right) => {
                left.collect_paths(paths);
                right.collect_paths(paths);
            }
        }
    }
}
