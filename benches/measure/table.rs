//! One table: a line a case, each printed as soon as it is known.

use crate::load::{Times, quantile};

/// What a case should come to.
#[derive(Clone, Copy)]
pub enum Goal {
    /// The ratio, of speed.
    AtLeast(f64),
    /// The ratio of the p99s.
    Tail(f64),
    /// The median, in seconds.
    Within(f64),
    /// A size, in bytes.
    Bytes(f64),
}

/// A line, before it is aligned.
#[derive(Default)]
pub struct Line {
    pub what: String,
    pub median: String,
    pub p99: String,
    pub spread: String,
    pub beside: String,
    pub its_median: String,
    pub its_p99: String,
    pub ratio: String,
    pub tail: String,
    pub goal: String,
}

pub const LEGEND: &str = "\
median, p99: of a round, the median of all rounds (of fewer than a hundred, the p99 is the slowest)
ratio: how many times the baseline's requests a second, in the same round; 1 is as fast; the median of all rounds
spread: the lowest and the highest ratio of a round; where there is no baseline, the smallest and the largest value
tail: how many times the baseline's p99; less is better";

impl Line {
    pub fn heading() -> Self {
        let [what, median, p99, spread, beside] = ["", "median", "p99", "spread", "baseline"].map(str::to_owned);
        let [ratio, tail, goal] = ["ratio", "tail", "goal"].map(str::to_owned);
        let (its_median, its_p99) = (median.clone(), p99.clone());
        Self { what, median, p99, spread, beside, its_median, its_p99, ratio, tail, goal }
    }

    /// A load beside another, and whether a goal was missed.
    pub fn paired(what: &str, beside: &str, [own, other]: [Times; 2], goals: &[Goal]) -> (Self, bool) {
        let over = |one: &[f64], other: &[f64]| one.iter().zip(other).map(|(one, other)| one / other).collect();
        let mut ratios: Vec<f64> = over(&other.means, &own.means);
        let mut tails: Vec<f64> = over(&own.p99s, &other.p99s);
        let (ratio, tail) = (quantile(&mut ratios, 50), quantile(&mut tails, 50));
        let median = |mut values: Vec<f64>| quantile(&mut values, 50);
        let own_median = median(own.medians);
        let (goal, missed) = judged(goals, |goal| match goal {
            Goal::AtLeast(least) => ratio >= least,
            Goal::Tail(most) => tail <= most,
            Goal::Within(most) | Goal::Bytes(most) => own_median <= most,
        });
        let line = Self {
            what: what.to_owned(),
            median: seconds(own_median),
            p99: seconds(median(own.p99s)),
            spread: format!("{:.2}–{:.2}", quantile(&mut ratios, 0), quantile(&mut ratios, 100)),
            beside: beside.to_owned(),
            its_median: seconds(median(other.medians)),
            its_p99: seconds(median(other.p99s)),
            ratio: format!("{ratio:.2}"),
            tail: format!("{tail:.2}"),
            goal,
        };
        (line, missed)
    }

    /// Values that are held against nothing but the goal, and whether it was missed.
    pub fn alone(what: &str, values: &mut [f64], shown: fn(f64) -> String, goals: &[Goal]) -> (Self, bool) {
        let median = quantile(values, 50);
        let (goal, missed) = judged(goals, |goal| match goal {
            Goal::Within(most) | Goal::Bytes(most) => median <= most,
            Goal::AtLeast(_) | Goal::Tail(_) => false,
        });
        let mut line = Self { what: what.to_owned(), median: shown(median), goal, ..Self::default() };
        if values.len() > 1 {
            line.p99 = shown(quantile(values, 99));
            line.spread = format!("{}–{}", shown(quantile(values, 0)), shown(quantile(values, 100)));
        }
        (line, missed)
    }

    pub fn print(&self, widest: usize) {
        let Self { what, median, p99, spread, beside, its_median, its_p99, ratio, tail, goal } = self;
        let line = format!(
            "{what:widest$}  {median:>9} {p99:>9}   {beside:11} {its_median:>9} {its_p99:>9}   {ratio:>7} {spread:>17} {tail:>6}   {goal}"
        );
        println!("{}", line.trim_end());
    }
}

/// The goals in words, with those that were missed named so.
fn judged(goals: &[Goal], met: impl Fn(Goal) -> bool) -> (String, bool) {
    let words = |goal: &Goal| {
        let words = match *goal {
            Goal::AtLeast(ratio) => format!("ratio ≥ {ratio:.2}"),
            Goal::Tail(ratio) => format!("tail ≤ {ratio:.2}"),
            Goal::Within(time) => format!("≤ {}", seconds(time)),
            Goal::Bytes(size) => format!("≤ {}", bytes(size)),
        };
        if met(*goal) { words } else { words + " MISSED" }
    };
    let words: Vec<String> = goals.iter().map(words).collect();
    (words.join(", "), !goals.iter().all(|goal| met(*goal)))
}

pub fn seconds(time: f64) -> String {
    match time {
        ..0.000_999_5 => format!("{:.0} µs", time * 1e6),
        ..0.1 => format!("{:.2} ms", time * 1e3),
        _ => format!("{:.0} ms", time * 1e3),
    }
}

pub fn bytes(size: f64) -> String {
    if size < 1e6 { format!("{:.1} KB", size / 1e3) } else { format!("{:.2} MB", size / 1e6) }
}
