//! The program from outside: commands, exit codes, life and end of the server.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, reason = "a test may")]

mod operations;
#[path = "../support/process.rs"]
#[allow(dead_code, reason = "shared with the tests of the sockets")]
mod process;

use std::path::PathBuf;
use std::process::Stdio;

use process::{Served, certmimic, run, text};

/// A file below the build's own folder for tests.
fn temporary(name: &str, content: &str) -> PathBuf {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, content).unwrap();
    file
}

#[test]
fn the_ready_line_says_where_and_what() {
    let served = Served::start(&["--scenario", "empty"]);
    let usual = "auth any; CSRF off at API Management, always at Cloud Integration; lint off";
    let expected = format!("certmimic 0.1.0 listening on http://{} (scenario empty); {usual}", served.address);
    assert_eq!(served.ready, expected);
    let unnamed = Served::start(&[]);
    assert!(unnamed.ready.contains(" (scenario quickstart); "), "{}", unnamed.ready);
}

#[test]
fn the_ready_line_names_every_scenario_and_every_mode_that_is_on() {
    let strict = temporary(
        "strict, so to say.yaml",
        "auth: { mode: required }\nlint: warn\nbehaviour: { sap_api_management: { csrf: strict } }\n",
    );
    let strict = strict.to_str().unwrap();
    let served = Served::start(&["--scenario", "empty", "--scenario", strict, "--lint", "error"]);
    let rest = format!(" (scenarios empty, {strict}); auth required; CSRF always; lint error");
    assert!(served.ready.ends_with(&rest), "{}", served.ready);
    // In a variable a comma separates, unless each stands on a line of its own.
    let mut command = certmimic(&["serve", "--listen", "127.0.0.1:0"]);
    command.env("CERTMIMIC_SCENARIO", format!("empty\n{strict}\n"));
    let served = Served::of_command(command);
    assert!(served.ready.contains(&format!(" (scenarios empty, {strict}); auth required; ")), "{}", served.ready);
    let mut command = certmimic(&["serve", "--listen", "127.0.0.1:0"]);
    command.env("CERTMIMIC_SCENARIO", "empty,rotation");
    let served = Served::of_command(command);
    assert!(served.ready.contains(" (scenarios empty, rotation); "), "{}", served.ready);
}

#[test]
fn a_port_can_be_said_in_every_way_that_people_try() {
    for arguments in [&["--port", "0"][..], &["serve", "-p", "0"], &["--listen", "0"], &["--listen", "localhost:0"]] {
        let served = Served::of_command(certmimic(arguments));
        assert_eq!(served.address.ip().to_string(), "127.0.0.1", "{arguments:?}");
    }
    // The image says where, a platform or the command line says at which port.
    for variable in ["PORT", "CERTMIMIC_PORT"] {
        let mut command = certmimic(&[]);
        command.env("CERTMIMIC_LISTEN", "localhost").env(variable, "0");
        let served = Served::of_command(command);
        assert!(served.address.ip().is_loopback() && served.address.port() != 8080, "{variable}: {}", served.ready);
    }
    let mut command = certmimic(&["--listen", "127.0.0.1:0"]);
    command.env("PORT", "not looked at").env("CERTMIMIC_PORT", "1");
    Served::of_command(command);
}

#[test]
fn a_running_server_is_asked_where_the_port_says() {
    let served = Served::start(&[]);
    let port = served.address.port().to_string();
    assert_eq!(run(&["health", "--port", &port]).status.code(), Some(0));
    for command in ["log", "coverage"] {
        assert_eq!(certmimic(&[command]).env("PORT", &port).output().unwrap().status.code(), Some(0), "{command}");
    }
    let asked = certmimic(&["health"]).env("CERTMIMIC_LISTEN", "0.0.0.0").env("PORT", &port).output().unwrap();
    assert_eq!(asked.status.code(), Some(0), "{}", text(&asked.stderr));
}

#[test]
fn two_ports_that_contradict_each_other_are_bad_usage() {
    let both = run(&["--listen", "127.0.0.1:0", "--port", "8081"]);
    assert_eq!(both.status.code(), Some(2));
    assert_eq!(text(&both.stderr), "error: --listen says port 0 and --port says 8081; leave one of them out\n");
    let platform = certmimic(&[]).env("PORT", "http").output().unwrap();
    assert_eq!(platform.status.code(), Some(2));
    let told = text(&platform.stderr);
    assert_eq!(told, "error: the variable PORT is \"http\", which is no port; say --port, or correct it\n");
}

#[test]
fn a_variable_that_nobody_knows_is_bad_usage() {
    let output = certmimic(&["--listen", "127.0.0.1:0"]).env("CERTMIMIC_SCENARIOS", "empty").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let told = text(&output.stderr);
    assert!(
        told.starts_with("certmimic: there is no variable CERTMIMIC_SCENARIOS; did you mean CERTMIMIC_SCENARIO? "),
        "{told}"
    );
    let help = certmimic(&["--version"]).env("CERTMIMIC_SCENARIOS", "empty").output().unwrap();
    assert_eq!(help.status.code(), Some(0));
    // Those of the packages, those that are empty, and what Kubernetes tells of a service of this name, are none of them.
    let mut command = certmimic(&["--listen", "127.0.0.1:0"]);
    command.env("CERTMIMIC_BINARY", "/certmimic").env("CERTMIMIC_URL", "http://certmimic:8080");
    command.env("CERTMIMIC_LINT", "").env("CERTMIMIC_SCENARIO", "").env("CERTMIMIC_ANYTHING", "");
    command.env("CERTMIMIC_PORT", "tcp://10.0.0.1:8080").env("CERTMIMIC_SERVICE_HOST", "10.0.0.1");
    command.env("CERTMIMIC_PORT_8080_TCP_ADDR", "10.0.0.1");
    let served = Served::of_command(command);
    assert!(served.ready.contains(" (scenario quickstart); "), "{}", served.ready);
}

#[test]
fn the_port_file_has_the_picked_port_when_the_ready_line_is_out() {
    let file = temporary("port", "");
    let served = Served::start(&["--port-file", file.to_str().unwrap()]);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), format!("{}\n", served.address.port()));
    let health = run(&["health", "--listen", "127.0.0.1:0", "--port-file", file.to_str().unwrap()]);
    assert_eq!(health.status.code(), Some(0), "{}", text(&health.stderr));
}

#[test]
fn a_port_file_that_cannot_be_written_is_one_sentence_and_leaves_nothing_behind() {
    let folder = temporary("no-port/note", "").parent().unwrap().to_owned();
    let told = |file: &std::path::Path| {
        let output = run(&["--port", "0", "--port-file", file.to_str().unwrap()]);
        assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(1), ""));
        text(&output.stderr).replace(&file.display().to_string(), "FILE")
    };
    let missing = told(&folder.join("nowhere/port"));
    let expected = "certmimic: cannot write the port to FILE (No such file or directory (os error 2)); make its folder, or name a file in one that exists with --port-file\n";
    assert_eq!(missing, expected);
    let taken = told(&folder);
    assert!(taken.starts_with("certmimic: cannot write the port to FILE ("), "{taken}");
    assert!(!folder.with_extension("part").exists(), "the draft is gone");
    // A disk that is full where the draft is to be.
    #[cfg(target_os = "linux")]
    {
        let draft = folder.join("port.part");
        let _not_there = std::fs::remove_file(&draft);
        std::os::unix::fs::symlink("/dev/full", &draft).unwrap();
        let full = told(&folder.join("port"));
        let expected = "certmimic: cannot write the port to FILE (No space left on device (os error 28)); make room there, or name a file elsewhere with --port-file\n";
        assert_eq!(full, expected);
        assert!(!draft.is_symlink(), "the draft is gone");
    }
}

#[test]
fn every_address_is_listened_on() {
    let file = temporary("ports", "");
    let served = Served::start(&["--listen", "127.0.0.1:0", "--port-file", file.to_str().unwrap()]);
    let ports = std::fs::read_to_string(&file).unwrap();
    assert_eq!(ports.lines().count(), 2);
    for port in ports.lines() {
        assert!(served.ready.contains(&format!("http://127.0.0.1:{port}")));
        assert_eq!(run(&["health", "--url", &format!("http://127.0.0.1:{port}")]).status.code(), Some(0));
    }
}

#[test]
fn told_to_end_it_finishes_what_it_has_begun_and_exits_with_0() {
    let served = Served::start(&[]);
    let mut connection = served.connect();
    connection.send("POST /oauth/token HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n");
    assert_eq!(connection.line(), "HTTP/1.1 100 Continue", "by now the request is under way");
    assert_eq!(connection.line(), "");
    let mut idle = served.connect();
    served.terminate();
    served.wait_until_closed();
    connection.send("x");
    let answer = connection.rest();
    assert!(answer.starts_with("HTTP/1.1 4"), "{answer}");
    assert_eq!(idle.rest(), "");
    let (status, printed) = served.ended();
    assert_eq!((status.code(), printed.as_str()), (Some(0), ""));
}

#[test]
fn a_request_that_never_ends_does_not_keep_it_from_ending() {
    let served = Served::start(&["--grace", "50"]);
    let mut connection = served.connect();
    connection.send("POST /oauth/token HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n");
    connection.line();
    served.terminate();
    assert_eq!(served.ended().0.code(), Some(0));
}

#[test]
fn it_ends_with_the_program_that_started_it_if_it_is_to() {
    let mut command = certmimic(&["serve", "--listen", "127.0.0.1:0", "--end-with-input"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let input = child.stdin.take().unwrap();
    let served = Served::of(child);
    assert!(served.exchange("GET /_certmimic/health HTTP/1.0\r\n\r\n").contains("ready"), "input has not ended");
    drop(input);
    assert_eq!(served.ended().0.code(), Some(0));
}

#[test]
fn a_port_in_use_is_one_sentence_and_exit_code_1() {
    let served = Served::start(&[]);
    let address = served.address.to_string();
    let second = run(&["--listen", &address]);
    assert_eq!(second.status.code(), Some(1));
    let expected = format!(
        "certmimic: {address} is in use; stop what listens there, or choose another port with --listen (127.0.0.1:0 takes a free one)\n"
    );
    assert_eq!(text(&second.stderr), expected);
    assert_eq!(text(&second.stdout), "");
}

#[test]
fn a_bad_scenario_is_told_with_its_place_and_exit_code_2() {
    let file = temporary("bad.yaml", "certmimic: 1\nname: bad\nsede: 7\n");
    for arguments in [&["--listen", "127.0.0.1:0", "--scenario"][..], &["check"][..]] {
        let output = run(&[arguments, &[file.to_str().unwrap()]].concat());
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(text(&output.stdout), "");
        let message = text(&output.stderr);
        assert!(message.contains(&format!("{}:3:1: ", file.display())), "{message}");
    }
    let missing = run(&["check", "no-such-file.yaml"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(text(&missing.stderr).contains("no-such-file.yaml"));
}

#[test]
fn bad_usage_is_exit_code_2() {
    for arguments in [&["--no-such-option"][..], &["serv"], &["--listen", "80800"], &["--public-url", "x"], &["check"]]
    {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty());
    }
    let unreadable = process::certmimic(&["--listen", "127.0.0.1:0"]).env("RUST_LOG", "a=b=c").output().unwrap();
    assert_eq!(unreadable.status.code(), Some(2));
}

#[test]
fn options_come_from_variables_too() {
    let file = temporary("variable-port", "");
    let mut command = process::certmimic(&[]);
    command.env("CERTMIMIC_LISTEN", "127.0.0.1:0,[::1").env("CERTMIMIC_PORT_FILE", &file);
    assert_eq!(command.output().unwrap().status.code(), Some(2), "the second address is none");
    let served = Served::start(&[]);
    let mut health = process::certmimic(&["health"]);
    let ready = health.env("CERTMIMIC_LISTEN", served.address.to_string()).output().unwrap();
    assert_eq!(ready.status.code(), Some(0));
}

#[test]
fn health_is_exit_code_1_where_nobody_is_ready() {
    let file = temporary("nobody", "");
    let served = Served::start(&["--port-file", file.to_str().unwrap()]);
    let url = format!("http://{}", served.address);
    assert_eq!(run(&["health", "--url", &format!("{url}/")]).status.code(), Some(0));
    assert_eq!(run(&["health", "--url", &format!("{url}/no/such/place")]).status.code(), Some(1));
    served.terminate();
    served.ended();
    let gone = run(&["health", "--url", &url]);
    assert_eq!(gone.status.code(), Some(1));
    assert!(text(&gone.stderr).contains(&url));
}

#[test]
fn the_built_in_scenarios_are_listed_printed_and_sound() {
    let list = text(&run(&["scenarios"]).stdout);
    let names: Vec<&str> = list.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(names.contains(&"quickstart") && names.contains(&"empty"), "{list}");
    for name in names {
        let printed = run(&["scenarios", name]);
        assert_eq!(printed.status.code(), Some(0));
        assert!(text(&printed.stdout).contains("certmimic: 1"), "{name}");
    }
    assert_eq!(run(&["scenarios", "no-such"]).status.code(), Some(2));
}

#[test]
fn the_schema_is_json() {
    let schema: serde_json::Value = serde_json::from_slice(&run(&["schema"]).stdout).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
}

#[test]
fn the_version_is_told_however_one_asks() {
    for arguments in [["version"], ["--version"], ["-V"]] {
        assert_eq!(text(&run(&arguments).stdout), concat!("certmimic ", env!("CARGO_PKG_VERSION"), "\n"));
    }
}

#[test]
fn completions_exist_for_each_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        assert!(text(&run(&["completions", shell]).stdout).contains("certmimic"), "{shell}");
    }
}

#[test]
fn the_log_has_refusals_and_on_request_all_but_never_a_query() {
    let logged = |arguments: &[&str]| {
        let mut command = process::certmimic(&["--listen", "127.0.0.1:0", "--log-format", "json"]);
        let child = command.args(arguments).stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
        let served = Served::of(child.spawn().unwrap());
        served.exchange("GET /nowhere?client_secret=hidden HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        served.exchange("GET /_certmimic/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        served.terminate();
        served.errors()
    };
    let usual = logged(&[]);
    assert!(usual.contains("unknown_path") && usual.contains("/nowhere"), "{usual}");
    assert!(!usual.contains("/_certmimic/health"), "{usual}");
    let all = logged(&["--log-requests"]);
    assert!(all.contains("/_certmimic/health") && !all.contains("hidden"), "{all}");
    assert!(all.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()), "{all}");
}

#[test]
fn a_log_that_is_kept_has_one_line_a_request() {
    let mut command = certmimic(&["--port", "0", "--log-requests"]);
    let served = Served::of(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap());
    served.exchange("GET /nowhere HTTP/1.0\r\n\r\n");
    served.exchange("GET /api/v1/KeystoreEntries HTTP/1.0\r\nAuthorization: Bearer x\r\n\r\n");
    served.terminate();
    let told = served.errors();
    let lines: Vec<&str> = told.lines().map(|line| line.split_once(' ').unwrap().1).collect();
    assert!(
        lines[0].starts_with("404 GET    /nowhere  unknown_path: No emulated system answers at /nowhere."),
        "{told}"
    );
    assert_eq!(
        &lines[1..],
        ["200 GET    /api/v1/KeystoreEntries  ci.entry.list success", "INFO SIGTERM received, stopping"]
    );
}

#[test]
fn a_log_has_numbers_as_numbers() {
    let mut command = certmimic(&["--port", "0", "--log-format", "json"]);
    let served = Served::of(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap());
    served.exchange("GET /nowhere HTTP/1.0\r\n\r\n");
    served.terminate();
    let told = served.errors();
    let line: serde_json::Value = serde_json::from_str(told.lines().next().unwrap()).unwrap();
    assert!(line["micros"].is_u64() && line["status"] == 404 && line["bytes"] == 0, "{line}");
    assert!(line["by_fault"] == false && line["outcome"] == "unknown_path", "{line}");
}

#[cfg(unix)]
#[test]
fn on_a_terminal_the_log_reads_like_that_of_a_test_run() {
    use std::io::BufRead as _;

    let watched = |colours: bool| {
        let terminal = nix::pty::openpty(None, None).unwrap();
        let mut command = certmimic(&["--port", "0"]);
        if !colours {
            command.env("NO_COLOR", "1");
        }
        let served = Served::of(command.stdout(Stdio::piped()).stderr(terminal.slave).spawn().unwrap());
        served.exchange("GET /nowhere HTTP/1.0\r\n\r\n");
        let lines = std::io::BufReader::new(std::fs::File::from(terminal.master)).lines();
        lines.take(2).map(Result::unwrap).collect::<Vec<_>>()
    };
    let plain = watched(false);
    assert_eq!(&plain[0][12..], " 404 GET    /nowhere  unknown_path");
    assert!(plain[1].starts_with("                 No emulated system answers at /nowhere."), "{plain:?}");
    let coloured = watched(true);
    assert!(
        coloured[0].contains("\u{1b}[31m404\u{1b}[0m GET    /nowhere  \u{1b}[31munknown_path\u{1b}[0m"),
        "{coloured:?}"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn where_nothing_can_be_written_the_log_stays_away_and_the_ready_line_is_missed() {
    let full = || std::fs::File::create("/dev/full").unwrap();
    let mut command = certmimic(&["--port", "0"]);
    let served = Served::of(command.stdout(Stdio::piped()).stderr(full()).spawn().unwrap());
    let answer = served.exchange("GET /nowhere HTTP/1.0\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.0 404") && answer.contains("unknown_path"), "{answer}");
    served.terminate();
    assert_eq!(served.ended().0.code(), Some(0));
    let output =
        certmimic(&["--port", "0"]).stdout(full()).stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let expected = "certmimic: cannot write to standard output (No space left on device (os error 28)); let it lead to where there is room, or to /dev/null\n";
    assert_eq!(text(&output.stderr), expected);
}

#[cfg(unix)]
#[test]
fn it_serves_with_all_its_descriptors_closed() {
    let file = temporary("closed-port", "");
    std::fs::remove_file(&file).unwrap();
    let script = "exec \"$0\" --port 0 --port-file \"$1\" <&- >&- 2>&-";
    let mut shell = std::process::Command::new("sh");
    let mut child = shell.args(["-c", script, env!("CARGO_BIN_EXE_certmimic")]).arg(&file).spawn().unwrap();
    let port = loop {
        if let Ok(port) = std::fs::read_to_string(&file) {
            break port;
        }
        assert!(child.try_wait().unwrap().is_none(), "it has ended");
        std::thread::yield_now();
    };
    let mut connection = process::Connection::to(format!("127.0.0.1:{}", port.trim()).parse().unwrap());
    connection.send("GET /nowhere HTTP/1.0\r\n\r\n");
    let answer = connection.rest();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(answer.starts_with("HTTP/1.0 404"), "{answer}");
}
