//! The commands with their options and variables, as a page shows them: rendered from the definition of the command line.

use std::fmt::Write;

use clap::{Arg, Command};

/// A heading and a table a command; then the variables that are no options.
pub fn render(command: &Command, others: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for command in command.get_subcommands().filter(|command| command.get_name() != "help") {
        write!(
            text,
            "### `certmimic {}`\n\n{}.\n\n",
            usage(command),
            told(command.get_long_about().or(command.get_about()))
        )
        .unwrap();
        let options: Vec<&Arg> = command.get_arguments().filter(|option| is_shown(option)).collect();
        if options.is_empty() {
            continue;
        }
        text.push_str("| option | variable | without it | does |\n|---|---|---|---|\n");
        text.extend(options.iter().map(|option| row(option)));
        text.push('\n');
    }
    text.push_str("### Variables that are no options\n\n| variable | does |\n|---|---|\n");
    for (name, about) in others {
        writeln!(text, "| `{name}` | {about} |").unwrap();
    }
    let hidden = command.get_subcommands().flat_map(Command::get_arguments).filter(|option| option.is_hide_set());
    let hidden: Vec<String> = hidden.map(|option| format!("`{}`", variable(option))).collect();
    writeln!(text, "| {} | Times in milliseconds, for tests of certmimic itself; they may go. |", hidden.join(", "))
        .unwrap();
    text
}

/// The command with the values that it takes by their places.
fn usage(command: &Command) -> String {
    let place =
        |argument: &Arg| if argument.is_required_set() { named(argument) } else { format!("[{}]", named(argument)) };
    let places = command.get_positionals().map(place);
    std::iter::once(command.get_name().to_owned()).chain(places).collect::<Vec<_>>().join(" ")
}

fn named(argument: &Arg) -> String {
    argument
        .get_value_names()
        .and_then(|names| names.first())
        .map_or_else(|| argument.get_id().to_string(), ToString::to_string)
}

fn is_shown(option: &Arg) -> bool {
    !option.is_hide_set() && !option.is_positional() && !["help", "version"].contains(&option.get_id().as_str())
}

fn row(option: &Arg) -> String {
    let takes_value = option.get_action().takes_values();
    let long = option.get_long().map(|long| format!("--{long}"));
    let short = option.get_short().map(|short| format!("-{short}"));
    let names = long.into_iter().chain(short).collect::<Vec<_>>().join("`, `");
    let value = if takes_value { format!(" {}", named(option)) } else { String::new() };
    let default: Vec<_> = option.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    let default = if takes_value && !default.is_empty() { format!("`{}`", default.join(", ")) } else { String::new() };
    let possible = if takes_value { option.get_possible_values() } else { Vec::new() };
    let possible: Vec<String> = possible.iter().map(|value| format!("`{}`", value.get_name())).collect();
    let possible = if possible.is_empty() { String::new() } else { format!(" ({})", possible.join(", ")) };
    let about = told(option.get_long_help().or(option.get_help()));
    format!("| `{names}{}` | `{}` | {default} | {about}{possible} |\n", value.replace('|', "\\|"), variable(option))
}

fn variable(option: &Arg) -> String {
    option.get_env().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn told(text: Option<&clap::builder::StyledStr>) -> String {
    text.map(ToString::to_string).unwrap_or_default().trim_end_matches('.').replace('|', "\\|").replace('\n', " ")
}
