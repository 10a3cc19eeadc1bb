//! What the command line is given: certificates that do, and those that do not, each with a sentence and an exit code.

use libtest_mimic::Trial;

use crate::made::{NO_END, key_pem, pair};
use crate::process::{Served, run};
use crate::workshop::Workshop;
use crate::{served, trial};

pub fn trials() -> Vec<Trial> {
    vec![
        trial("a_given_certificate_is_shown", &["curl"], given),
        trial("an_encrypted_key_is_opened_by_its_password", &["openssl"], encrypted),
        trial("what_does_not_fit_is_one_sentence_and_exit_code_2", &[], misfits),
        trial("a_port_in_use_is_one_sentence_and_exit_code_1", &[], in_use),
        trial("health_follows_the_options_for_tls", &[], health),
        trial("variables_do_what_options_do", &[], variables),
    ]
}

const LISTEN: [&str; 3] = ["serve", "--tls-listen", "127.0.0.1:0"];

fn with_pair(name: &str, seed: u8, not_after: i64) -> (Workshop, [String; 2]) {
    let workshop = Workshop::new(name);
    let (certificate, key) = pair(seed, not_after);
    workshop.write("cert.pem", certificate.pem());
    workshop.write("key.pem", key_pem(&key));
    let shown = ["cert.pem", "key.pem"].map(|file| workshop.path(file).to_str().unwrap().to_owned());
    (workshop, shown)
}

fn given() {
    let (workshop, [cert, key]) = with_pair("tls-given", 1, NO_END);
    let served = Served::start(&["--tls-listen", "127.0.0.1:0", "--tls-cert", &cert, "--tls-key", &key]);
    let port = served.secure_port();
    let printed = workshop.run(&format!("curl -sS --cacert cert.pem https://localhost:{port}/_certmimic/health"));
    assert!(printed.contains("ready"), "{printed}");
    let authority = workshop.run(&format!("curl -sS -w %{{http_code}} http://{}/_certmimic/ca.pem", served.address));
    assert!(authority.ends_with("404"), "a given certificate has no authority here: {authority}");
}

fn encrypted() {
    let (workshop, [cert, _]) = with_pair("tls-encrypted", 2, NO_END);
    workshop.run("openssl pkcs8 -topk8 -in key.pem -out locked.pem -passout pass:open-it");
    let locked = workshop.path("locked.pem").to_str().unwrap().to_owned();
    let pair = ["--tls-listen", "127.0.0.1:0", "--tls-cert", &cert, "--tls-key", &locked];
    drop(Served::start(&[&pair[..], &["--tls-key-password", "open-it"]].concat()));
    refused(&[&["serve"], &pair[..]].concat(), "the TLS key is encrypted; say its password with --tls-key-password");
    let wrong = [&["serve"], &pair[..], &["--tls-key-password", "wrong"]].concat();
    refused(&wrong, "the password does not open the TLS key; correct --tls-key-password");
}

/// Nothing is started, and one line says why.
fn refused(arguments: &[&str], expected: &str) {
    let output = run(arguments);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!((told.as_str(), output.status.code()), (format!("certmimic: {expected}\n").as_str(), Some(2)));
    assert!(output.stdout.is_empty());
}

fn misfits() {
    let (workshop, [cert, key]) = with_pair("tls-misfits", 3, NO_END);
    let (over, over_key) = pair(4, 1_000_000_000);
    workshop.write("over.pem", over.pem());
    workshop.write("other.pem", key_pem(&over_key));
    let [over, other] = ["over.pem", "other.pem"].map(|file| workshop.path(file).to_str().unwrap().to_owned());
    let given = |cert: &str, key: &str, expected: &str| {
        refused(&[&LISTEN[..], &["--tls-cert", cert, "--tls-key", key]].concat(), expected);
    };
    let another =
        "the TLS key does not belong to the certificate of CN=localhost; give --tls-key the key that it was made for";
    given(&cert, &other, another);
    let ended =
        "the TLS certificate ended on 2001-09-09T01:46:40Z; renew it, or leave --tls-cert out to have one minted";
    given(&over, &other, ended);
    let no_key =
        "the TLS key cannot be read (there is no private key in it); give --tls-key a PEM file with a private key";
    given(&cert, &cert, no_key);
    let unfit = "\"a b\" is neither a host name nor an IP address; correct --tls-name";
    refused(&[&LISTEN[..], &["--tls-name", "a b"]].concat(), unfit);
    let absent = run(&[&LISTEN[..], &["--tls-cert", "absent.pem", "--tls-key", &key]].concat());
    let told = String::from_utf8(absent.stderr).unwrap();
    assert!(
        told.starts_with("certmimic: cannot read absent.pem (") && told.ends_with("in PEM with --tls-cert\n"),
        "{told}"
    );
    assert_eq!(absent.status.code(), Some(2));
    for alone in [["--tls-cert", &cert], ["--tls-key", &key], ["--tls-ca-file", "x"]] {
        assert_eq!(run(&[&["serve", "--listen", "127.0.0.1:0"], &alone[..]].concat()).status.code(), Some(2));
    }
    assert_eq!(run(&["serve", "--tls-listen", "example.org:0"]).status.code(), Some(2));
}

fn in_use() {
    let served = Served::start(&["--tls-listen", "127.0.0.1:0"]);
    let address = format!("127.0.0.1:{}", served.secure_port());
    let second = run(&["serve", "--tls-listen", &address]);
    assert_eq!(second.status.code(), Some(1));
    let told = String::from_utf8(second.stderr).unwrap();
    assert!(told.starts_with(&format!("certmimic: {address} is in use; ")) && told.lines().count() == 1, "{told}");
}

fn health() {
    let workshop = Workshop::new("tls-health");
    let ports = workshop.path("ports");
    let served = served(&workshop, &[]);
    let port = served.secure_port();
    let code = |arguments: &[&str]| run(&[&["health"], arguments].concat()).status.code();
    assert_eq!(code(&["--tls-listen", &format!("0.0.0.0:{port}")]), Some(0));
    assert_eq!(code(&["--url", &format!("https://localhost:{port}")]), Some(0));
    assert_eq!(code(&["--url", &format!("http://127.0.0.1:{port}")]), Some(1), "TLS is spoken there");
    assert_eq!(code(&["--url", &format!("https://{}", served.address)]), Some(1), "none is spoken there");
    workshop.write("ports", format!("{port}\n"));
    assert_eq!(code(&["--tls-listen", "127.0.0.1:0", "--port-file", ports.to_str().unwrap()]), Some(0));
    let unknown = run(&["health", "--url", "https://no-such-host.invalid"]);
    let told = String::from_utf8(unknown.stderr).unwrap();
    assert!(told.ends_with("the name no-such-host.invalid cannot be resolved; correct --url\n"), "{told}");
    assert_eq!(unknown.status.code(), Some(1));
}

fn variables() {
    let (_workshop, [cert, key]) = with_pair("tls-variables", 5, NO_END);
    let mut command = crate::process::certmimic(&["serve", "--listen", "127.0.0.1:0"]);
    command.env("CERTMIMIC_TLS_LISTEN", "127.0.0.1:0").env("CERTMIMIC_TLS_CERT", cert).env("CERTMIMIC_TLS_KEY", key);
    let pipe = std::process::Stdio::piped;
    let served = Served::of(command.stdout(pipe()).stderr(pipe()).spawn().unwrap());
    assert_ne!(served.secure_port(), 0);
}
