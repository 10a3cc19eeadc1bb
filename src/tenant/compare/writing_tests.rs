//! Writing at tenants that lose answers, refuse, and are left in the middle: nothing of the run's own stays behind.

use std::cell::RefCell;

use http::{Method, Request, Response};

use super::tests::{Unhurried, quickstart, told};
use super::*;
use crate::tenant::{Carrier, Unreached};

/// Somebody's own.
const POLICIES: &str = "certmimic: 1\nsap_cloud_integration:\n  access_policies: [{ id: 101, role_name: certmimic }, { id: 102, role_name: certmimic-test }]\n";

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mishap {
    None,
    /// The answer to the write of that number, from 1, is lost; the tenant has done what it was told.
    AnswerLost(usize),
    /// Nothing is deleted.
    DeletesRefused,
    /// The same, and what single things there are nobody is told: all such requests are bad ones.
    DeletesAndReadsRefused,
    /// The write of that number, from 1, meets a defect of the program.
    Defect(usize),
}

/// A tenant that is a world, what goes wrong there, and the writes that have reached it.
struct Unsteady {
    twin: Twin,
    mishap: Mishap,
    writes: RefCell<Vec<Request<bytes::Bytes>>>,
    /// The addresses of access policies that were made.
    numbered: RefCell<Vec<String>>,
    /// Where things may be deployed.
    environment: Option<&'static str>,
}

impl Carrier for Unsteady {
    fn carry(&self, request: Request<bytes::Bytes>) -> Result<Response<bytes::Bytes>, Unreached> {
        let status = |status: u16| Ok(Response::builder().status(status).body(bytes::Bytes::new()).unwrap());
        let refuses_reads = self.mishap == Mishap::DeletesAndReadsRefused;
        if request.method().is_safe() || request.uri().path().ends_with("/token") {
            let is_of_one = request.uri().path().contains("certmimic-test-");
            return if refuses_reads && is_of_one { status(400) } else { self.twin.carry(request) };
        }
        self.writes.borrow_mut().push(request.clone());
        if (self.mishap == Mishap::DeletesRefused || refuses_reads) && request.method() == Method::DELETE {
            return status(500);
        }
        assert_ne!(self.mishap, Mishap::Defect(self.writes.borrow().len()), "a defect");
        let answer = self.twin.carry(request)?;
        if let Some(address) = answer.headers().get("location").and_then(|value| value.to_str().ok()) {
            self.numbered.borrow_mut().push(address.trim_start_matches("http://twin.invalid").to_owned());
        }
        let is_lost = self.mishap == Mishap::AnswerLost(self.writes.borrow().len());
        if is_lost { Err(Unreached::Failed("the answer was lost".to_owned())) } else { Ok(answer) }
    }
}

impl Unsteady {
    fn new(mishap: Mishap) -> Self {
        Self {
            twin: Twin::of(&[&quickstart(), POLICIES]).unwrap(),
            mishap,
            writes: RefCell::default(),
            numbered: RefCell::default(),
            environment: Some("staging"),
        }
    }

    fn compared(&self, systems: &[System], ended: &dyn Fn() -> bool) -> Compared {
        let account = Twin::account(None).unwrap();
        let around = Surroundings { carrier: self, pace: &Unhurried, watch: &Unwatched };
        let prefix = Prefix::default();
        let order = Order {
            systems,
            locations: &[],
            writes: Some(&prefix),
            environment: self.environment,
            ended,
            now: Timestamp(1_768_464_000_000),
        };
        compare(&[Client::new(&account, around)], &order).unwrap()
    }

    /// Names of the run's own in what can be listed.
    fn left(&self) -> Vec<String> {
        let account = Twin::account(None).unwrap();
        let around = Surroundings { carrier: &self.twin, pace: &Unhurried, watch: &Unwatched };
        let client = Client::new(&account, around);
        let lists = [
            (System::ApiManagement, "/apiportal/api/1.0/Management.svc/CertificateStores"),
            (System::ApiManagement, "/apiportal/api/1.0/Management.svc/CertificateStoreReferences"),
            (System::ApiManagement, "/apiportal/api/1.0/Management.svc/KeyMapEntries"),
            (System::ApiManagement, "/apiportal/api/1.0/Management.svc/GenericKeyMapEntries"),
            (System::ApiManagement, "/apiportal/api/1.0/Management.svc/APIProviders"),
            (System::CloudIntegration, "/api/v1/AccessPolicies"),
            (System::CloudIntegration, "/api/v1/OAuth2ClientCredentials"),
            (System::CloudIntegration, "/api/v1/KeystoreEntries"),
            (System::CloudIntegration, "/api/v1/UserCredentials"),
            (System::CloudIntegration, "/api/v1/SecureParameters"),
            (System::Apinizer, "/apiops/projects/admin/jwks/"),
            (System::Apinizer, "/apiops/projects/admin/keys/"),
            (System::Apinizer, "/apiops/projects/admin/keystores/"),
            (System::Apinizer, "/apiops/projects/admin/certificates/"),
        ];
        let text = |(system, target): (System, &str)| client.json(system, target).unwrap().to_string();
        let lists = lists.map(|list| (list.1.to_owned(), text(list)));
        lists.into_iter().filter(|(_, text)| text.contains("certmimic-test-")).map(|(target, _)| target).collect()
    }
}

#[test]
fn a_tenant_that_is_certmimic_is_the_same_in_what_is_written_too() {
    let tenant = Unsteady::new(Mishap::None);
    let compared = tenant.compared(&[], &|| false);
    let tally = Tally::of(&compared.comparisons);
    assert_eq!((tally.different, &compared.cut_short), (0, &None), "{}", told(&compared));
    let not_tried = compared
        .comparisons
        .iter()
        .filter(|one| matches!(&one.verdict, Verdict::NotTried(why) if why.contains("otherwise")));
    assert_eq!(not_tried.count(), 0, "{}", told(&compared));
    assert_eq!((compared.left, tenant.left()), (Vec::new(), Vec::new()));
    assert!(tenant.writes.borrow().len() > 120);
}

#[test]
fn nothing_is_written_but_in_names_of_the_runs_own() {
    let tenant = Unsteady::new(Mishap::None);
    tenant.compared(&[], &|| false);
    for request in tenant.writes.borrow().iter() {
        let own = "certmimic-test-";
        let path = request.uri().path();
        let in_path = path.contains(own) || path.contains(&hex::encode_upper(own));
        let in_body = String::from_utf8_lossy(request.body()).contains(own);
        let is_numbered = tenant.numbered.borrow().iter().any(|made| path.contains(made));
        assert!(in_path || is_numbered || (request.method() == Method::POST && in_body), "{request:?}");
    }
}

#[test]
fn what_was_made_is_taken_back_though_an_answer_is_lost() {
    let writes = Unsteady::new(Mishap::None);
    writes.compared(&[], &|| false);
    let count = writes.writes.borrow().len();
    // A few of each system's: each takes a run.
    for lost in (1..=count).step_by(5) {
        let tenant = Unsteady::new(Mishap::AnswerLost(lost));
        let compared = tenant.compared(&[], &|| false);
        // One that is lost on the way back of a clean-up is told, and nothing else.
        let is_told = matches!(compared.cut_short, Some(Failure::Unreached { .. })) || !compared.left.is_empty();
        assert!(is_told, "{lost}");
        assert_eq!(tenant.left(), Vec::<String>::new(), "{lost}");
    }
}

#[test]
fn what_was_made_is_taken_back_though_one_is_told_to_end() {
    for writes in [1, 5, 12, 30, 60, 80, 100, 120] {
        let tenant = Unsteady::new(Mishap::None);
        let compared = tenant.compared(&[], &|| tenant.writes.borrow().len() >= writes);
        assert_eq!(compared.cut_short, Some(Failure::Ended), "{writes}");
        assert_eq!((compared.left, tenant.left()), (Vec::new(), Vec::new()), "{writes}");
    }
}

#[test]
fn what_cannot_be_taken_back_is_named() {
    for mishap in [Mishap::DeletesRefused, Mishap::DeletesAndReadsRefused] {
        let tenant = Unsteady::new(mishap);
        let left = tenant.compared(&[], &|| false).left;
        for made in [
            "/CertificateStores('certmimic-test-19bc0ab2400-store')",
            "/UserCredentials('certmimic-test-19bc0ab2400-user')",
            "/AccessPolicies({Id})",
            "/projects/admin/jwks/certmimic-test-19bc0ab2400-jwk/",
        ] {
            let told = left.iter().find(|left| left.contains(made));
            let is_whole = |told: &String| told.contains("may still be there") && told.ends_with("; delete it");
            assert!(told.is_some_and(is_whole), "{mishap:?} {made}: {left:?}");
        }
        // What was refused to be made is not there.
        let absent = ["-typeless", "-odd", "-absent"];
        assert!(left.iter().all(|left| !absent.iter().any(|absent| left.contains(absent))), "{mishap:?}: {left:?}");
    }
}

#[test]
fn what_was_made_is_taken_back_though_the_program_has_a_defect() {
    for write in [1, 4, 30, 60, 100] {
        let tenant = Unsteady::new(Mishap::Defect(write));
        let compared = tenant.compared(&[], &|| false);
        // One in a clean-up keeps what is left from being known to be gone, and nothing else.
        assert!(compared.cut_short == Some(Failure::Defect) || compared.left.len() == 1, "{write}: {compared:?}");
        assert!(tenant.left().len() <= compared.left.len(), "{write}: {:?}", tenant.left());
    }
}

#[test]
fn nothing_is_written_unless_it_is_asked_for() {
    let tenant = Unsteady::new(Mishap::None);
    let account = Twin::account(None).unwrap();
    let around = Surroundings { carrier: &tenant, pace: &Unhurried, watch: &Unwatched };
    let order =
        Order { systems: &[], locations: &[], writes: None, environment: None, ended: &|| false, now: Timestamp(0) };
    let compared = compare(&[Client::new(&account, around)], &order).unwrap();
    assert_eq!(tenant.writes.borrow().len(), 0);
    let writing = compared
        .comparisons
        .iter()
        .filter(|one| matches!(&one.verdict, Verdict::NotTried(why) if why.contains("--write")));
    assert!(writing.count() > 120);
}

#[test]
fn nothing_is_deployed_unless_it_is_said_where() {
    let tenant = Unsteady { environment: None, ..Unsteady::new(Mishap::None) };
    let compared = tenant.compared(&[System::Apinizer], &|| false);
    let left_out = compared
        .comparisons
        .iter()
        .filter(|one| matches!(&one.verdict, Verdict::NotTried(why) if why.contains("--environment")));
    assert!(left_out.count() > 25, "{}", told(&compared));
    let writes = tenant.writes.borrow();
    assert!(writes.len() > 10);
    assert!(writes.iter().all(|request| request.method() != Method::POST || request.uri().path().contains("/jwks/")));
}
