//! Numbers as filters calculate with them: exact as long as they can be.

use std::cmp::Ordering;

use super::super::Value;
use super::expression::Operator;

/// A number.
#[derive(Debug, Clone, Copy)]
pub(super) enum Number {
    /// `mantissa / 10^scale`
    Exact {
        mantissa: i128,
        scale: u32,
    },
    Float(f64),
}

const fn integer(number: i128) -> Number {
    Number::Exact { mantissa: number, scale: 0 }
}

impl Number {
    /// The number of a value; `None` if the value is none.
    pub(super) fn of(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Byte(number) => integer(i128::from(*number)),
            Value::Int16(number) => integer(i128::from(*number)),
            Value::Int32(number) => integer(i128::from(*number)),
            Value::Int64(number) => integer(i128::from(*number)),
            Value::Double(number) => Self::Float(*number),
            Value::Decimal(text) => decimal(text)?,
            _ => return None,
        })
    }

    /// A count.
    pub(super) fn count(count: usize) -> Self {
        integer(i128::try_from(count).unwrap_or(i128::MAX))
    }

    /// A small integer.
    pub(super) const fn from_i64(number: i64) -> Self {
        integer(number as i128)
    }

    #[expect(clippy::cast_precision_loss, reason = "a float is what is asked for")]
    fn float(self) -> f64 {
        match self {
            Self::Float(number) => number,
            Self::Exact { mantissa, scale } => mantissa as f64 / 10f64.powi(i32::try_from(scale).unwrap_or(i32::MAX)),
        }
    }

    /// Rounded to an integer towards zero, if it is one that fits.
    pub(super) fn to_i64(self) -> Option<i64> {
        match self {
            Self::Exact { mantissa, scale } => i64::try_from(mantissa.checked_div(10i128.checked_pow(scale)?)?).ok(),
            Self::Float(number) => {
                #[expect(clippy::cast_possible_truncation, reason = "as a cast saturates")]
                let whole = number as i64;
                number.is_finite().then_some(whole)
            }
        }
    }

    /// Both mantissas at the larger of the two scales.
    fn aligned(self, other: Self) -> Option<(i128, i128, u32)> {
        let (Self::Exact { mantissa: one, scale: first }, Self::Exact { mantissa: two, scale: second }) = (self, other)
        else {
            return None;
        };
        let scale = first.max(second);
        let one = one.checked_mul(10i128.checked_pow(scale - first)?)?;
        let two = two.checked_mul(10i128.checked_pow(scale - second)?)?;
        Some((one, two, scale))
    }

    /// The order of two numbers; none with a NaN.
    pub(super) fn compare(self, other: Self) -> Option<Ordering> {
        match self.aligned(other) {
            Some((one, two, _)) => Some(one.cmp(&two)),
            None => self.float().partial_cmp(&other.float()),
        }
    }

    /// The result of an arithmetic operator; `None` for an integer divided by zero.
    pub(super) fn calculate(self, operator: Operator, other: Self) -> Option<Self> {
        match self.aligned(other) {
            Some((one, two, scale)) => match exact(operator, one, two, scale) {
                Exactly::Is(number) => Some(number),
                Exactly::DivisionByZero => None,
                Exactly::Not => Some(self.approximate(operator, other)),
            },
            None => Some(self.approximate(operator, other)),
        }
    }

    fn approximate(self, operator: Operator, other: Self) -> Self {
        let (one, two) = (self.float(), other.float());
        Self::Float(match operator {
            Operator::Add => one + two,
            Operator::Subtract => one - two,
            Operator::Multiply => one * two,
            Operator::Divide => one / two,
            _ => one % two,
        })
    }

    /// `-x`
    pub(super) fn negate(self) -> Self {
        match self {
            Self::Float(number) => Self::Float(-number),
            Self::Exact { mantissa, scale } => Self::Exact { mantissa: mantissa.saturating_neg(), scale },
        }
    }

    /// Rounded: half away from zero, down, or up.
    pub(super) fn rounded(self, how: Rounding) -> Self {
        match self {
            Self::Float(number) => Self::Float(match how {
                Rounding::HalfUp => number.round(),
                Rounding::Floor => number.floor(),
                Rounding::Ceiling => number.ceil(),
            }),
            Self::Exact { mantissa, scale } => {
                let Some(unit) = 10i128.checked_pow(scale) else { return self };
                let floor = mantissa.div_euclid(unit);
                let rest = mantissa.rem_euclid(unit);
                let up = match how {
                    Rounding::Floor => false,
                    Rounding::Ceiling => rest > 0,
                    Rounding::HalfUp if mantissa < 0 => rest * 2 > unit,
                    Rounding::HalfUp => rest * 2 >= unit,
                };
                integer(floor + i128::from(up))
            }
        }
    }
}

/// Ways to round.
#[derive(Debug, Clone, Copy)]
pub(super) enum Rounding {
    HalfUp,
    Floor,
    Ceiling,
}

enum Exactly {
    Is(Number),
    DivisionByZero,
    /// Too large, or not finite.
    Not,
}

fn exact(operator: Operator, one: i128, two: i128, scale: u32) -> Exactly {
    let (mantissa, scale) = match operator {
        Operator::Add => (one.checked_add(two), scale),
        Operator::Subtract => (one.checked_sub(two), scale),
        Operator::Multiply => (one.checked_mul(two), scale * 2),
        Operator::Divide | Operator::Modulo if two == 0 => return Exactly::DivisionByZero,
        // Integers divide to integers; decimals need not end.
        Operator::Divide if scale == 0 => (one.checked_div(two), 0),
        Operator::Modulo => (one.checked_rem(two), scale),
        _ => return Exactly::Not,
    };
    mantissa.filter(|_| scale <= 38).map_or(Exactly::Not, |mantissa| Exactly::Is(Number::Exact { mantissa, scale }))
}

fn decimal(text: &str) -> Option<Number> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let scale = u32::try_from(fraction.len()).ok()?;
    match [whole, fraction].concat().parse() {
        Ok(mantissa) => Some(Number::Exact { mantissa, scale }),
        Err(_) => text.parse().ok().map(Number::Float),
    }
}
