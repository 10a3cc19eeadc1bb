//! What a certificate's validity looks like to a client, as time goes by.

use std::time::Duration;

use certmimic::{Expectation, Server};

type Failure = Box<dyn std::error::Error>;

/// The client: whether API Management takes a certificate for valid. Asks again once if the system is busy.
fn is_valid(base: &str, store: &str, name: &str) -> Result<bool, Failure> {
    let url = format!("{base}/apiportal/api/1.0/Management.svc/Certificates(name='{name}',storeName='{store}')");
    let ask = || ureq::get(&url).header("Authorization", "Bearer any").header("Accept", "application/json").call();
    let mut answer = match ask() {
        Err(ureq::Error::StatusCode(503)) => ask()?,
        other => other?,
    };
    Ok(answer.body_mut().read_to_string()?.contains(r#""isValid":"Yes""#))
}

#[test]
fn a_certificate_ends() -> Result<(), Failure> {
    let server = Server::builder().scenario("expiring-truststore").start_blocking()?;
    let world = server.world("a_certificate_ends")?;
    assert!(is_valid(world.url(), "ts", "soon-gone")?);
    world.advance(Duration::from_hours(11 * 24));
    assert!(!is_valid(world.url(), "ts", "soon-gone")?);
    Ok(())
}

#[test]
fn a_busy_system_is_asked_again() -> Result<(), Failure> {
    let server = Server::builder().scenario("expiring-truststore").start_blocking()?;
    let world = server.world("a_busy_system_is_asked_again")?;
    world.arm("{ on: { operation: apim.certificate.read }, times: 1, respond: { status: 503 } }")?;
    assert!(is_valid(world.url(), "ts", "partner-ca")?);
    world.verify(&Expectation::operation("apim.certificate.read").exactly(2))?;
    Ok(())
}
