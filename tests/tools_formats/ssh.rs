//! SSH keys of OpenSSH and PuTTY.

use certmimic::pki::{Error, ssh};
use libtest_mimic::Trial;

use crate::trial::trial;
use crate::workshop::Workshop;

pub fn trials() -> Vec<Trial> {
    vec![
        trial(
            "ssh::keys_of_ssh_keygen_are_read_and_their_lines_equal",
            &["ssh-keygen"],
            keys_of_ssh_keygen_are_read_and_their_lines_equal,
        ),
        trial("ssh::keys_of_puttygen_are_read", &["puttygen", "ssh-keygen"], keys_of_puttygen_are_read),
        trial("ssh::what_is_no_key_is_said_to_be_none", &[], what_is_no_key_is_said_to_be_none),
    ]
}

/// Reads a private key and gives its public line.
fn line(workshop: &Workshop, name: &str, password: Option<&str>, comment: &str) -> Result<String, Error> {
    ssh::public_line(ssh::private_key(&workshop.read(name), password)?.public_key(), comment)
}

fn keys_of_ssh_keygen_are_read_and_their_lines_equal() {
    let workshop = Workshop::new("ssh-openssh");
    let kinds = [
        "-t rsa -b 2048",
        "-t ecdsa -b 256",
        "-t ecdsa -b 384",
        "-t ecdsa -b 521",
        "-t ed25519",
        "-t rsa -m PEM",
        "-t ecdsa -m PKCS8",
    ];
    for (index, kind) in kinds.iter().enumerate() {
        for (name, password) in [(format!("plain{index}"), ""), (format!("encrypted{index}"), "secret")] {
            let password = if password.is_empty() { "" } else { password };
            workshop.run(&format!("ssh-keygen -q {kind} -N {password} -C my␣key -f {name}"));
            let expected = workshop.text(&format!("{name}.pub"));
            let given = (!password.is_empty()).then_some(password);
            assert_eq!(line(&workshop, &name, given, "my key").unwrap(), expected.trim_end(), "{kind}");
        }
        let encrypted = format!("encrypted{index}");
        assert_eq!(line(&workshop, &encrypted, None, "").unwrap_err(), Error::PasswordRequired, "{kind}");
        assert_eq!(line(&workshop, &encrypted, Some("wrong"), "").unwrap_err(), Error::WrongPassword, "{kind}");
    }
    let text = workshop.text("plain0");
    let rewrapped = text.replace('\n', "\r\n");
    assert!(ssh::private_key(rewrapped.as_bytes(), None).is_ok());
    for length in (0..text.len() - 2).step_by(13) {
        assert!(ssh::private_key(&text.as_bytes()[..length], None).is_err(), "cut at {length}");
    }
}

fn keys_of_puttygen_are_read() {
    let workshop = Workshop::new("ssh-putty");
    workshop.write("secret", "secret");
    workshop.write("nothing", "");
    for kind in ["-t rsa -b 2048", "-t dsa -b 1024", "-t ecdsa -b 256", "-t ecdsa -b 521", "-t ed25519"] {
        workshop.run(&format!("puttygen -q {kind} --new-passphrase nothing -C my␣key -O private -o plain.ppk"));
        workshop.run("puttygen plain.ppk -O public-openssh -o public");
        let expected = workshop.text("public");
        for version in ["2", "3"] {
            for (password, given) in [("nothing", None), ("secret", Some("secret"))] {
                workshop.run(&format!(
                    "puttygen plain.ppk -P -O private --ppk-param version={version} --old-passphrase nothing \
                     --new-passphrase {password} -o key.ppk"
                ));
                let line = line(&workshop, "key.ppk", given, "my key");
                assert_eq!(line.as_deref(), Ok(expected.trim_end()), "{kind} version {version} {password}");
            }
            assert_eq!(line(&workshop, "key.ppk", None, "").unwrap_err(), Error::PasswordRequired);
            assert_eq!(line(&workshop, "key.ppk", Some("wrong"), "").unwrap_err(), Error::WrongPassword);
        }
    }
    let text = workshop.text("key.ppk");
    for costly in ["Argon2-Memory: 99999999", "Argon2-Memory: -1"] {
        let text = text.replace("Argon2-Memory: 8192", costly);
        assert!(matches!(ssh::private_key(text.as_bytes(), Some("secret")), Err(Error::Unsupported(_))), "{costly}");
    }
}

fn what_is_no_key_is_said_to_be_none() {
    for bytes in [
        &b""[..],
        b"ssh-rsa AAAA",
        b"\xFF\xFE",
        b"PuTTY-User-Key-File-3: ssh-rsa",
        b"-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----",
    ] {
        assert!(matches!(ssh::private_key(bytes, Some("x")), Err(Error::Malformed(_))), "{bytes:?}");
    }
}
