//! How fast certmimic answers, beside a bare hyper server that sends the same bytes or beside itself in another state; and
//! what it costs to start and to hold. One table, bounded in time, on the loopback interface only:
//!
//! ```sh
//! cargo bench                               # all of it: some four minutes
//! cargo bench -- 'list of' reset            # what has one of these in its name
//! cargo bench -- --quick                    # all of it with few and short rounds: whether it runs
//! ```
//!
//! Ratios, not rates: machines differ, and so does one machine from minute to minute. Both sides are measured in each round,
//! one right after the other, and which goes first alternates.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a measurement may")]
#![allow(clippy::print_stdout, reason = "it prints its figures")]

#[path = "../bare/server.rs"]
mod bare;
mod cases;
mod load;
mod program;
mod requests;
mod scenario;
mod table;
mod wire;

use std::process::ExitCode;
use std::time::Duration;

use cases::Beside;
use load::Bench;
use program::QUANTITIES;
use table::Line;

/// How often and how long each side of a case is measured.
#[derive(Clone, Copy)]
struct Effort {
    rounds: usize,
    slice: Duration,
}

const WHOLE: Effort = Effort { rounds: 9, slice: Duration::from_millis(150) };
const QUICK: Effort = Effort { rounds: 3, slice: Duration::from_millis(10) };

fn main() -> ExitCode {
    let (switches, words): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let has = |name: &str| switches.iter().any(|switch| switch == name);
    // `cargo test --all-targets` runs this program, too, and should not wait for it.
    if !has("--bench") {
        println!("measures nothing unless run by cargo bench");
        return ExitCode::SUCCESS;
    }
    if let Some(unknown) = switches.iter().find(|switch| !["--bench", "--quick"].contains(&switch.as_str())) {
        println!("{unknown} is unknown here: cargo bench -- [--quick] [PART OF A NAME]…");
        return ExitCode::FAILURE;
    }
    if cfg!(debug_assertions) {
        println!("not optimised: these figures say nothing\n");
    }
    print_table(if has("--quick") { QUICK } else { WHOLE }, &words)
}

/// Measures what has one of the words in its name, or everything if there are none.
fn print_table(effort: Effort, words: &[String]) -> ExitCode {
    let wanted = |what: &str| words.is_empty() || words.iter().any(|word| what.contains(word.as_str()));
    let mut cases = cases::cases();
    cases.retain(|case| wanted(&case.what));
    let quantities: Vec<_> = QUANTITIES.iter().filter(|quantity| wanted(quantity.what)).collect();
    let names = cases.iter().map(|case| case.what.as_str()).chain(quantities.iter().map(|quantity| quantity.what));
    let Some(widest) = names.map(|name| name.chars().count()).max() else {
        println!("nothing that is measured has {} in its name", words.join(" or "));
        return ExitCode::FAILURE;
    };

    Line::heading().print(widest);
    let mut missed = 0;
    let mut bench = Bench::new(effort);
    for case in &cases {
        let beside = match case.beside {
            Beside::Bare => "bare",
            Beside::Load(what, _) => what,
        };
        let (line, too_slow) = Line::paired(&case.what, beside, bench.measure(case), case.goals);
        line.print(widest);
        missed += usize::from(too_slow);
    }
    for quantity in quantities {
        let (line, too_much) = quantity.measure(effort);
        line.print(widest);
        missed += usize::from(too_much);
    }
    println!("\n{}\n{missed} with a goal missed", table::LEGEND);
    ExitCode::SUCCESS
}
