//! The `apinizer` section of a scenario: what it is, and how state comes from it and goes back into it.

mod build;
mod certificates;
mod environment;
mod export;
mod identity;
mod jwks;
mod keys;
mod keystores;
mod listed;
mod problems;
mod section;

pub use build::build;
pub use certificates::{CertificateEntrySection, CertificateSection};
pub use environment::EnvironmentSection;
pub use export::export;
pub use identity::is_identifier;
pub use jwks::{JwkSection, SourceSection};
pub use keys::{KeyEntrySection, KeySection};
pub use keystores::{KeystoreEntrySection, KeystoreSection};
pub use section::{ProjectSection, Section};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apis::apinizer::Behaviour;
    use crate::contract::AuthMode;
    use crate::effects::{Ids, Timestamp};
    use crate::seed::{Issuers, NoFiles, Place, Seeding};

    const SECTION: &str = r#"{
        "users": [{"username": "ada", "password": "x", "roles": ["ROLE_ADMIN"], "enabled": false}],
        "tokens": [{"token": "apnz_1", "username": "ada", "expires": "+1d"}, {"token": "t", "username": "ada", "issued": true}],
        "environments": ["prod", {"name": "test", "type": "TEST", "deployment_fails": "down"}],
        "documents": {"https://example.com/keys": {"text": "{}"}},
        "projects": [{"name": "p", "members": ["ada"], "environments": ["test"],
            "certificates": [{"name": "c", "environments": ["test"], "generate": {"common_name": "c.example", "key": "ec-p256"}}],
            "keystores": [{"name": "s", "environments": ["test"], "type": "JKS", "base64": "SGVs\nbG8=", "password": "y"}],
            "keys": [{"name": "k", "type": "EC", "entries": [{"environments": ["test"],
                "private_key": {"generate": {"common_name": "k", "key": "ec-p256"}}}]}],
            "jwks": [{"name": "j", "source_type": "CERTIFICATE", "source": {"certificate": "c", "environment": "test"},
                "jwk": {"kty": "oct", "k": "AAAA", "kid": "one"}}]}]
    }"#;

    fn exported(section: &Section) -> Section {
        let ids = Ids::new(7);
        let seeding = Seeding {
            now: Timestamp::from_seconds(1_768_464_000),
            ids: &ids,
            files: &NoFiles,
            issuers: Issuers::default(),
        };
        let state = build(section, &Behaviour::default(), AuthMode::Any, &seeding, &Place::default());
        export(&state.unwrap_or_else(|problem| panic!("{}: {}", problem.place, problem.complaint.message)))
    }

    #[test]
    fn the_order_of_creation_over_all_projects_survives() {
        let section = r#"{"environments": ["e"], "projects": [
            {"name": "p", "keystores": [{"name": "late", "position": 9, "environments": ["e", "e"], "type": "JKS", "base64": "AAAA"}]},
            {"name": "q", "keystores": [{"name": "early", "position": 3, "environments": ["e"], "type": "JKS", "base64": "AAAA"}]}]}"#;
        let first = exported(&serde_json::from_str(section).unwrap());
        let keystores: Vec<_> = first.projects.iter().flat_map(|project| &project.keystores).collect();
        assert_eq!(keystores.iter().map(|one| one.position).collect::<Vec<_>>(), [Some(1), Some(0)]);
        assert_eq!(keystores[0].entries.len(), 1);
        assert!(exported(&first) == first);
    }

    #[test]
    fn what_is_exported_builds_the_same_state() {
        let section: Section = serde_json::from_str(SECTION).unwrap();
        let first = exported(&section);
        assert_eq!(first.projects.len(), 2);
        assert!(exported(&first) == first);
        let text = serde_json::to_string(&first).unwrap();
        assert!(serde_json::from_str::<Section>(&text).unwrap() == first);
    }
}
