//! Whether a file of observations and the catalogue agree.

use super::row::{row, system};
use super::{Observation, Observations};
use crate::contract::{Evidence, Outcome};
use crate::scenario::{Flaw, Written};
use crate::seed::{Place, Problem};
use crate::state::Api;

/// A file that contradicts no row.
#[derive(Debug)]
pub struct Checked {
    /// What it tells.
    pub observations: Observations,
    /// The row of each observation.
    pub rows: Vec<&'static Outcome>,
    /// Where a row takes from elsewhere what was seen: what the row is to say.
    pub overtaken: Vec<Flaw>,
}

/// Reads a file's text, and holds each observation against its row; flaws call it by its path.
///
/// # Errors
/// What cannot be read, or what the catalogue says otherwise, by line and column.
pub fn check(path: &str, text: &str) -> Result<Checked, Vec<Flaw>> {
    let written = Written::parse(path, text).map_err(|flaw| vec![flaw])?;
    let observations = Observations::of(&written).map_err(|flaw| vec![flaw])?;
    let api = system(&observations).map_err(|problem| vec![written.flaw(&problem)])?;
    let name = format!("{}/{}", api.name, stem(path));
    let (mut rows, mut wrong, mut overtaken) = (Vec::new(), Vec::new(), Vec::new());
    for (index, observation) in observations.observations.iter().enumerate() {
        let place = Place::default().member("observations").item(index);
        match row(api, observation, &place) {
            Ok(row) => {
                rows.push(row);
                wrong.extend(contradictions(api, observation, row, &place));
                overtaken.extend(overtakings(observation, row, &place, &name));
            }
            Err(problem) => wrong.push(problem),
        }
    }
    let flaws = |problems: Vec<Problem>| problems.iter().map(|problem| written.flaw(problem)).collect::<Vec<_>>();
    if wrong.is_empty() { Ok(Checked { overtaken: flaws(overtaken), rows, observations }) } else { Err(flaws(wrong)) }
}

/// What a file is called in rows, after its system.
fn stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.strip_suffix(".yaml").unwrap_or(name)
}

fn contradictions(api: &Api, observation: &Observation, row: &Outcome, place: &Place) -> Vec<Problem> {
    let differs = |key: &str, here: &str, seen: &str| {
        let message = format!("the row {} says {here}, but {seen} was seen", row.id);
        Problem::new(place.member(key), message)
    };
    let other = if api.owns(row) { (api.in_another_generation)(row) } else { None };
    let status =
        observation.status.filter(|seen| *seen != row.status && other.is_none_or(|(status, _)| *seen != status));
    let status = status.map(|seen| differs("status", &row.status.to_string(), &seen.to_string()));
    // Of a row that services share, each service says what becomes of no code.
    let is_open =
        (row.code.is_empty() && !api.owns(row)) || (other.is_some() && observation.code.as_deref() == Some(""));
    let code = observation.code.as_deref().filter(|seen| *seen != row.code && !is_open);
    let code = code.map(|seen| differs("code", &format!("\"{}\"", row.code), &format!("\"{seen}\"")));
    let text =
        observation.text.as_deref().filter(|seen| *seen != row.text && other.is_none_or(|(_, text)| *seen != text));
    let text = text.map(|seen| {
        if row.is_text(seen) {
            let message = format!("write what filled a blank as the blank: \"{}\"", row.text);
            return Problem::new(place.member("text"), message);
        }
        differs("text", &format!("\"{}\"", row.text), &format!("\"{seen}\""))
    });
    status.into_iter().chain(code).chain(text).collect()
}

/// What a row takes from elsewhere although it was seen; the file's name is what the row is to cite.
fn overtakings(observation: &Observation, row: &Outcome, place: &Place, name: &str) -> Vec<Problem> {
    let of_status = observation.status.is_some() || observation.code.as_deref().is_some_and(|code| !code.is_empty());
    let parts = [
        (of_status, row.evidence, "status", "its status and code"),
        (observation.text.is_some(), row.text_evidence, "text", "its text"),
    ];
    let seen = parts.into_iter().filter(|(seen, evidence, ..)| *seen && !matches!(evidence, Evidence::Observed(_)));
    seen.map(|(_, evidence, key, what)| {
        let word = evidence.kind();
        let message = format!("the row {} calls {what} {word}: its evidence is Observed(\"{name}\") now", row.id);
        Problem::new(place.member(key), message)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(observation: &str) -> String {
        format!(
            "certmimic_evidence: 1\nsystem: sap_api_management\nlandscape: unknown\nsource: nobody\nobservations:\n  - {observation}\n"
        )
    }

    fn flaws(observation: &str) -> Vec<String> {
        let flaws = check("evidence/sap_api_management/a.yaml", &file(observation)).unwrap_err();
        flaws.iter().map(|flaw| format!("{}:{}: {}", flaw.line, flaw.column, flaw.message)).collect()
    }

    #[test]
    fn what_a_row_says_otherwise_is_told_with_both() {
        let seen =
            "{ operation: apim.reference.delete, outcome: no_such_reference, status: 404, code: GONE, text: none }";
        assert_eq!(
            flaws(seen),
            [
                "6:77: observations[0].status: the row no_such_reference says 400, but 404 was seen",
                "6:88: observations[0].code: the row no_such_reference says \"NO_SUCH_CERTIFICATE_STORE_REFERENCE_EXISTS\", but \"GONE\" was seen",
                "6:100: observations[0].text: the row no_such_reference says \"No such certificate store reference exists. Please check the certificate store reference name and try again.\", but \"none\" was seen",
            ]
        );
        let filled = "{ outcome: no_such_host, text: Could not locate previous status for the virtual host id 17. }";
        let told = flaws(filled);
        assert!(
            told[0].ends_with("as the blank: \"Could not locate previous status for the virtual host id {id}.\""),
            "{told:?}"
        );
    }

    #[test]
    fn an_observation_is_of_an_outcome_of_its_operation() {
        let told = |observation: &str| flaws(observation).remove(0);
        assert!(told("{ outcome: reference_exist }").contains("did you mean \"reference_exists\"?"));
        assert!(
            told("{ operation: apim.reference.creat, outcome: reference_exists }")
                .contains("did you mean \"apim.reference.create\"?")
        );
        let of_another = told("{ operation: apim.reference.delete, outcome: store_exists }");
        assert!(of_another.contains("no refusal of apim.reference.delete called \"store_exists\""), "{of_another}");
        let shared = "{ operation: apim.reference.delete, outcome: token_missing, status: 401 }";
        assert_eq!(check("a.yaml", &file(shared)).unwrap().overtaken.len(), 1);
        let elsewhere = check("a.yaml", &file("{ outcome: a }").replace("sap_api_management", "sap_api_managment"));
        assert!(elsewhere.unwrap_err()[0].message.contains("did you mean \"sap_api_management\"?"));
    }

    #[test]
    fn another_generation_and_another_service_say_it_in_their_own_way() {
        let agrees = |system: &str, observation: &str| {
            check("a.yaml", &file(observation).replace("sap_api_management", system)).is_ok()
        };
        assert!(agrees("apinizer", "{ outcome: permission_missing, status: 403, code: forbidden }"));
        let newer = "{ outcome: permission_missing, status: 400, code: '', text: 'User does not have required permission for this operation!' }";
        assert!(agrees("apinizer", newer));
        assert!(!agrees("apinizer", "{ outcome: permission_missing, status: 401 }"));
        let shared = "{ outcome: odata_unknown_set, status: 404, code: Not Found }";
        assert!(
            agrees("sap_cloud_integration", shared) && !agrees("sap_cloud_integration", &shared.replace("404", "400"))
        );
    }

    #[test]
    fn what_comes_from_elsewhere_and_was_seen_is_told_with_what_to_write() {
        let told = |observation: &str| {
            let checked = check("evidence/sap_api_management/a.yaml", &file(observation)).unwrap();
            checked.overtaken.iter().map(|flaw| flaw.message.clone()).collect::<Vec<_>>()
        };
        assert_eq!(
            told("{ outcome: store_exists, status: 400 }"),
            [
                "observations[0].status: the row store_exists calls its status and code assumed: its evidence is Observed(\"sap_api_management/a\") now"
            ]
        );
        assert_eq!(told("{ outcome: reference_linked, status: 400 }"), Vec::<String>::new());
        let text = "{ outcome: reference_linked, text: The certificate store reference cannot be deleted as it is linked to a virtual host. }";
        assert_eq!(told(text).len(), 1);
        let specified = told("{ outcome: provider_exists, status: 400, code: API_PROVIDER_NAME_DUPLICATION_ERROR }");
        assert!(
            specified[0].contains("calls its status and code specified: its evidence is Observed"),
            "{specified:?}"
        );
    }
}
