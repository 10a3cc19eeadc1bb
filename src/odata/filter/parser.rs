//! From the words of a filter to a typed expression: precedence climbing (OData V2 URI conventions, section 4.5).

use super::super::edm::{Kind, Navigation, Schema, Set};
use super::super::uri::literal;
use super::expression::{Expression, Operator, Path};
use super::function::Function;
use super::token::{Token, tokens};
use super::types::Type;

/// How deep expressions may nest: evaluation recurses as deep.
const DEEPEST: usize = 100;

type Typed = (Expression, Type);

/// Reads a whole condition, or says what is wrong with it.
pub(super) fn condition(text: &str, set: &'static Set, schema: &'static Schema) -> Result<Typed, String> {
    let mut parser = Parser::new(text, set, schema)?;
    let condition = parser.expression(0)?;
    match parser.peek() {
        None => Ok(condition),
        Some(token) => Err(format!("{token:?} follows the end of the expression.")),
    }
}

/// Reads the terms of an order; true for those that descend.
pub(super) fn order(text: &str, set: &'static Set, schema: &'static Schema) -> Result<Vec<(Expression, bool)>, String> {
    let mut parser = Parser::new(text, set, schema)?;
    let mut terms = Vec::new();
    loop {
        let (term, _) = parser.expression(0)?;
        let descending = match parser.peek() {
            Some(Token::Word("asc")) => parser.skip(false),
            Some(Token::Word("desc")) => parser.skip(true),
            _ => false,
        };
        terms.push((term, descending));
        match parser.next() {
            None => return Ok(terms),
            Some(Token::Comma) => {}
            Some(token) => return Err(format!("{token:?} is neither `asc`, `desc` nor a comma.")),
        }
    }
}

struct Parser<'t> {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token<'t>>>,
    set: &'static Set,
    schema: &'static Schema,
    /// Expressions that are being read.
    depth: usize,
    /// Operators that made an expression lean one deeper to the left.
    leaning: usize,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str, set: &'static Set, schema: &'static Schema) -> Result<Self, String> {
        Ok(Self { tokens: tokens(text)?.into_iter().peekable(), set, schema, depth: 0, leaning: 0 })
    }

    fn peek(&mut self) -> Option<&Token<'t>> {
        self.tokens.peek()
    }

    fn next(&mut self) -> Option<Token<'t>> {
        self.tokens.next()
    }

    fn skip<T>(&mut self, result: T) -> T {
        self.tokens.next();
        result
    }

    /// An expression whose operators bind more tightly than `power`.
    fn expression(&mut self, power: u8) -> Result<Typed, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("The expression nests too deeply.".to_owned());
        }
        let mut left = self.operand()?;
        let mut operators = 0;
        while let Some((infix, binds)) = self.infix().filter(|(_, binds)| *binds > power) {
            self.next();
            let right = self.expression(binds)?;
            // A chain of operators leans to the left as deep as it is long, save for `and` and `or`.
            operators += usize::from(matches!(infix, Infix::Operator(_)));
            self.leaning += usize::from(operators > 1);
            if self.leaning > DEEPEST {
                return Err("The expression nests too deeply.".to_owned());
            }
            left = combine(infix, left, right)?;
        }
        self.depth -= 1;
        Ok(left)
    }

    fn infix(&mut self) -> Option<(Infix, u8)> {
        match self.peek()? {
            Token::Word("or") => Some((Infix::Or, 1)),
            Token::Word("and") => Some((Infix::And, 2)),
            Token::Word(name) => Operator::named(name).map(|(operator, binds)| (Infix::Operator(operator), binds)),
            _ => None,
        }
    }

    fn operand(&mut self) -> Result<Typed, String> {
        match self.next().ok_or("An expression is expected at the end.")? {
            Token::Literal(value) => {
                let kind = literal::kind_of(&value).map_or(Type::Null, Type::of);
                Ok((Expression::Literal(value), kind))
            }
            Token::Open => {
                let inner = self.expression(0)?;
                self.close()?;
                Ok(inner)
            }
            Token::Minus => self.prefix(Type::Number, Expression::Negate),
            Token::Word("not") => self.prefix(Type::Boolean, Expression::Not),
            Token::Word(name) if self.peek() == Some(&Token::Open) => self.call(name),
            Token::Word(name) => self.property(name),
            token => Err(format!("{token:?} stands where an expression is expected.")),
        }
    }

    fn prefix(&mut self, kind: Type, wrap: fn(Box<Expression>) -> Expression) -> Result<Typed, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("The expression nests too deeply.".to_owned());
        }
        let (inner, is) = self.operand()?;
        self.depth -= 1;
        if !is.fits(kind) {
            return Err(format!("An operator wants {kind:?} and has {is:?}."));
        }
        Ok((wrap(Box::new(inner)), is))
    }

    fn close(&mut self) -> Result<(), String> {
        match self.next() {
            Some(Token::Close) => Ok(()),
            _ => Err("A closing parenthesis is missing.".to_owned()),
        }
    }

    fn call(&mut self, name: &str) -> Result<Typed, String> {
        let function = Function::named(name).ok_or_else(|| format!("There is no function `{name}`."))?;
        self.next();
        let (mut arguments, mut types) = (Vec::new(), Vec::new());
        loop {
            let (argument, kind) = self.expression(0)?;
            arguments.push(argument);
            types.push(kind);
            match self.next() {
                Some(Token::Comma) => {}
                Some(Token::Close) => break,
                _ => return Err("A comma or a closing parenthesis is missing.".to_owned()),
            }
        }
        let result = function.result(&types).ok_or_else(|| format!("`{name}` does not take {types:?}."))?;
        Ok((Expression::Call(function, arguments), result))
    }

    /// A property of the entity, of one that it leads to, or a member of a complex one.
    fn property(&mut self, first: &str) -> Result<Typed, String> {
        let mut name = first.to_owned();
        let mut set = self.set;
        let mut navigation = Vec::new();
        let mut text = name.clone();
        while let Some((step, target)) = self.step(set, &name)? {
            navigation.push(step);
            set = target;
            name = self.member_name()?;
            text = format!("{text}/{name}");
        }
        let position = set.entity_type.position(&name).ok_or_else(|| format!("There is no property `{name}`."))?;
        let property = set.entity_type.property(&name).ok_or_else(|| format!("There is no property `{name}`."))?;
        let (mut kind, mut members) = (property.kind, Vec::new());
        while let (Kind::Complex(complex), Some(Token::Slash)) = (kind, self.peek()) {
            name = self.member_name()?;
            let found = complex.properties.iter().enumerate().find(|(_, member)| member.name == name);
            let (at, member) = found.ok_or_else(|| format!("There is no property `{name}`."))?;
            members.push(at);
            kind = member.kind;
            text = format!("{text}/{name}");
        }
        let kind = Type::of(kind);
        Ok((Expression::Property(Path { navigation, position, members, text, kind }), kind))
    }

    /// The navigation property of a name, if it is one.
    fn step(&mut self, set: &'static Set, name: &str) -> Result<Option<(&'static Navigation, &'static Set)>, String> {
        let Some(navigation) = set.entity_type.navigation(name) else { return Ok(None) };
        if navigation.many {
            return Err(format!("`{name}` leads to many."));
        }
        let target = self.schema.set(navigation.target).ok_or_else(|| format!("`{name}` leads nowhere."))?;
        Ok(Some((navigation, target)))
    }

    fn member_name(&mut self) -> Result<String, String> {
        match (self.next(), self.next()) {
            (Some(Token::Slash), Some(Token::Word(name))) => Ok(name.to_owned()),
            _ => Err("The name of a property is missing.".to_owned()),
        }
    }
}

#[derive(Clone, Copy)]
enum Infix {
    And,
    Or,
    Operator(Operator),
}

fn combine(infix: Infix, left: Typed, right: Typed) -> Result<Typed, String> {
    let mismatch = || format!("An operator does not take {:?} and {:?}.", left.1, right.1);
    let fits = match infix {
        Infix::And | Infix::Or => left.1.fits(Type::Boolean) && right.1.fits(Type::Boolean),
        Infix::Operator(operator) if operator.is_arithmetic() => {
            left.1.fits(Type::Number) && right.1.fits(Type::Number)
        }
        Infix::Operator(_) => left.1.fits(right.1) || right.1 == Type::Null,
    };
    let comparable = left.1 != Type::Complex && right.1 != Type::Complex;
    if !fits || !comparable {
        return Err(mismatch());
    }
    Ok(match infix {
        Infix::And => (joined(left.0, right.0, Expression::All), Type::Boolean),
        Infix::Or => (joined(left.0, right.0, Expression::Any), Type::Boolean),
        Infix::Operator(operator) => {
            let kind = if operator.is_arithmetic() { Type::Number } else { Type::Boolean };
            (Expression::Binary(operator, Box::new(left.0), Box::new(right.0)), kind)
        }
    })
}

/// Adds to a list of the same kind, so that a long chain stays flat.
fn joined(left: Expression, right: Expression, wrap: fn(Vec<Expression>) -> Expression) -> Expression {
    let same = std::mem::discriminant(&wrap(Vec::new())) == std::mem::discriminant(&left);
    match left {
        Expression::All(mut parts) | Expression::Any(mut parts) if same => {
            parts.push(right);
            wrap(parts)
        }
        left => wrap(vec![left, right]),
    }
}
