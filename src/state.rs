//! All state of a world in one value, and the list of APIs.

use std::sync::{Arc, OnceLock};

use crate::apis::{apinizer, sap_api_management, sap_cloud_integration, xsuaa};
use crate::contract::{
    Account, CsrfPolicy, Exchange, Found, Holding, LintMode, Meaning, Operation, Outcome, Paths, Protocol, Refusal,
    Target,
};
use crate::effects::{Clock, Effects, Ids, Timestamp};
use crate::faults::Faults;
use crate::http::{Request, Response};
use crate::odata;
use crate::odata::edm::Schema;
use crate::store::{Holds, Store};

/// Everything of a world. A draft shares what it does not change, whole systems to begin with.
#[derive(Debug, Clone)]
pub struct State {
    /// The clock.
    pub clock: Clock,
    /// The source of identifiers and randomness.
    pub ids: Ids,
    /// What becomes of requests that a real tenant refuses or misreads.
    pub lint: LintMode,
    /// The token service of the SAP systems.
    pub xsuaa: Arc<xsuaa::State>,
    /// How many CSRF sessions have been opened.
    pub sessions: u64,
    /// The armed faults.
    pub faults: Faults,
    /// SAP API Management.
    pub sap_api_management: Arc<sap_api_management::State>,
    /// SAP Cloud Integration.
    pub sap_cloud_integration: Arc<sap_cloud_integration::State>,
    /// Apinizer.
    pub apinizer: Arc<apinizer::State>,
}

macro_rules! holds {
    ($($api:ident),+) => {$(
        impl Holds<$api::State> for State {
            fn part(&self) -> &$api::State {
                &self.$api
            }

            fn draft(&mut self, now: Timestamp) -> (&mut $api::State, Effects<'_>) {
                (Arc::make_mut(&mut self.$api), Effects { now, ids: &mut self.ids })
            }
        }
    )+};
}

holds!(xsuaa, sap_api_management, sap_cloud_integration, apinizer);

/// An emulated API: a face turned to the state.
#[derive(Debug)]
pub struct Api {
    /// Its name in scenarios and switches.
    pub name: &'static str,
    /// Its short name, which its operations' identifiers begin with.
    pub short: &'static str,
    /// Its name in prose.
    pub title: &'static str,
    /// Paths that it answers below.
    pub roots: &'static [&'static str],
    /// The part of a path that its operations are recognised by.
    pub path: fn(&str) -> &str,
    /// The protocol that it speaks.
    pub protocol: Protocol,
    /// Whether a path that should end in a slash may go without it, as its switches say.
    pub tolerates_missing_slash: fn(&State) -> bool,
    /// The entity models of its services, each by the path that it answers below; none but of OData.
    pub models: &'static [(&'static str, &'static Schema)],
    /// Its operations.
    pub operations: &'static [Operation],
    /// The same by their paths, from the first request on.
    pub paths: OnceLock<Paths<Operation>>,
    /// Its catalogue.
    pub outcomes: &'static [&'static Outcome],
    /// Status and text of one of its rows in another generation of the system, which has no codes.
    pub in_another_generation: fn(&Outcome) -> Option<(u16, &'static str)>,
    /// Its answer to a body that is not read because of its length; takes the most bytes that are.
    pub body_too_large: fn(usize) -> Refusal,
    /// Who tells its callers apart.
    pub authentication: Authentication,
    /// Where a token is handed out for an account.
    pub token: &'static str,
    /// The application that tenants' token service issues tokens for it for: what follows the bar in the ids of its clients.
    pub application: Option<&'static str>,
    /// The accounts that the scenario lists for it.
    pub accounts: fn(&State) -> Vec<Account>,
    /// Which of its writes need a CSRF token, as its switches say.
    pub csrf: fn(&State) -> Option<CsrfPolicy>,
    /// System query options that its switches let pass on a resource, though a tenant was seen to refuse them there.
    pub tolerated_options: fn(&State, &Meaning) -> &'static [&'static str],
    /// The certificates that it holds.
    pub holdings: fn(&State) -> Vec<Holding>,
    /// Answers a request below one of its roots.
    pub answer: fn(&Store<State>, &Exchange<'_>) -> Response,
    /// Answers with a row of its catalogue, in its own envelope and format.
    pub refuse: fn(&State, &Exchange<'_>, &Refusal) -> Response,
}

/// A documented refusal that requests to an API can meet, by who answers with it.
#[derive(Debug, Clone, Copy)]
pub enum Row {
    /// The API.
    Api(&'static Outcome),
    /// The token service in front of it.
    TokenService(&'static Outcome),
    /// The filter in front of it that demands CSRF tokens.
    CsrfFilter(&'static Outcome),
}

impl Row {
    /// The row itself.
    pub const fn outcome(self) -> &'static Outcome {
        match self {
            Self::Api(outcome) | Self::TokenService(outcome) | Self::CsrfFilter(outcome) => outcome,
        }
    }
}

impl Api {
    /// The API of this name, or of this short name.
    pub fn named(name: &str) -> Option<&'static Self> {
        APIS.iter().find(|api| api.name == name || api.short == name)
    }

    /// The API that answers below a path.
    pub fn of_path(path: &str) -> Option<&'static Self> {
        let below =
            |root: &str| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', ';']));
        APIS.iter().find(|api| api.roots.iter().any(|root| below(root)))
    }

    /// What a request means: the one place where that is found out.
    pub fn recognise(&self, state: &State, request: &Request) -> Meaning {
        let method = match self.protocol {
            Protocol::OData => odata::method(request),
            Protocol::Rest => request.method.as_str(),
        };
        let target = Target { method, path: (self.path)(&request.path), query: &request.query };
        let paths = self.paths.get_or_init(|| Paths::of(self.operations, self.roots, self.protocol));
        let meaning = paths.recognise(target);
        match meaning.found {
            Found::MissingSlash(row) if (self.tolerates_missing_slash)(state) => {
                Meaning { found: Found::Row(row), ..meaning }
            }
            _ => meaning,
        }
    }

    /// Every refusal that its requests can meet.
    pub fn rows(&self) -> impl Iterator<Item = Row> {
        let own = self.outcomes.iter().copied().map(Row::Api);
        let shared = (self.protocol == Protocol::OData).then(|| {
            let protocol = odata::OUTCOMES.iter().copied().map(Row::Api);
            let token_service = xsuaa::OUTCOMES.iter().copied().map(Row::TokenService);
            let filter = xsuaa::filter::OUTCOMES.iter().copied().map(Row::CsrfFilter);
            protocol.chain(token_service).chain(filter)
        });
        own.chain(shared.into_iter().flatten())
    }

    /// True if a row is of its own catalogue, and not one that it shares with others.
    pub fn owns(&self, row: &Outcome) -> bool {
        self.outcomes.iter().any(|own| std::ptr::eq(*own, row))
    }

    /// The refusal with this identifier.
    pub fn row(&self, id: &str) -> Option<Row> {
        self.rows().find(|row| row.outcome().id == id)
    }
}

/// Who tells the callers of an API apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authentication {
    /// The token service of the SAP systems, before the API sees the request.
    TokenService,
    /// The API itself, in its own envelope.
    Own,
}

/// All APIs.
pub static APIS: &[Api] = &LIST;

static LIST: [Api; 4] = [
    Api {
        name: "xsuaa",
        short: "oauth",
        title: "SAP token service (XSUAA)",
        roots: xsuaa::ROOTS,
        path: |path| path,
        protocol: Protocol::Rest,
        tolerates_missing_slash: |_| true,
        models: &[],
        operations: &xsuaa::OPERATIONS,
        paths: OnceLock::new(),
        outcomes: xsuaa::OUTCOMES,
        in_another_generation: |_| None,
        body_too_large: xsuaa::body_too_large,
        authentication: Authentication::Own,
        token: xsuaa::TOKEN_PATH,
        application: None,
        accounts: |state| xsuaa::accounts(&state.xsuaa),
        csrf: |_| None,
        tolerated_options: |_, _| &[],
        holdings: |_| Vec::new(),
        answer: xsuaa::answer,
        refuse: |_, _, refusal| xsuaa::refuse(refusal),
    },
    Api {
        name: "sap_api_management",
        short: "apim",
        title: "SAP API Management",
        roots: &["/apiportal/api/1.0/Management.svc", "/apiportal/operations/1.0/Configuration.svc"],
        path: |path| path,
        protocol: Protocol::OData,
        tolerates_missing_slash: |_| true,
        models: sap_api_management::MODELS,
        operations: &sap_api_management::OPERATIONS,
        paths: OnceLock::new(),
        outcomes: sap_api_management::OUTCOMES,
        in_another_generation: |_| None,
        body_too_large: sap_api_management::body_too_large,
        authentication: Authentication::TokenService,
        token: xsuaa::TOKEN_PATH,
        application: Some("api-portal-xsuaa"),
        accounts: |state| xsuaa::accounts(&state.xsuaa),
        csrf: |state| Some(sap_api_management::csrf(&state.sap_api_management)),
        tolerated_options: |_, _| &[],
        holdings: |state| sap_api_management::holdings(&state.sap_api_management),
        answer: sap_api_management::answer,
        refuse: |state, exchange, refusal| sap_api_management::refuse(&state.sap_api_management, exchange, refusal),
    },
    Api {
        name: "sap_cloud_integration",
        short: "ci",
        title: "SAP Cloud Integration",
        roots: &["/api/v1", sap_cloud_integration::LOCATIONS],
        path: sap_cloud_integration::without_location,
        protocol: Protocol::OData,
        tolerates_missing_slash: |_| true,
        models: sap_cloud_integration::MODELS,
        operations: &sap_cloud_integration::OPERATIONS,
        paths: OnceLock::new(),
        outcomes: sap_cloud_integration::OUTCOMES,
        in_another_generation: |_| None,
        body_too_large: sap_cloud_integration::body_too_large,
        authentication: Authentication::TokenService,
        token: xsuaa::TOKEN_PATH,
        application: Some("it"),
        accounts: |state| xsuaa::accounts(&state.xsuaa),
        csrf: |state| Some(state.sap_cloud_integration.behaviour.csrf_policy()),
        tolerated_options: |state, meaning| {
            sap_cloud_integration::tolerated_options(&state.sap_cloud_integration, meaning)
        },
        holdings: |state| sap_cloud_integration::holdings(&state.sap_cloud_integration),
        answer: sap_cloud_integration::answer,
        refuse: |state, exchange, refusal| {
            sap_cloud_integration::refuse(&state.sap_cloud_integration, exchange, refusal)
        },
    },
    Api {
        name: "apinizer",
        short: "apinizer",
        title: "Apinizer",
        roots: &["/apiops"],
        path: |path| path,
        protocol: Protocol::Rest,
        tolerates_missing_slash: |state| apinizer::tolerates_missing_slash(&state.apinizer),
        models: &[],
        operations: &apinizer::OPERATIONS,
        paths: OnceLock::new(),
        outcomes: apinizer::OUTCOMES,
        in_another_generation: |row| Some(apinizer::in_second_generation(row)),
        body_too_large: apinizer::body_too_large,
        authentication: Authentication::Own,
        token: apinizer::TOKEN_PATH,
        application: None,
        accounts: |state| apinizer::accounts(&state.apinizer),
        csrf: |_| None,
        tolerated_options: |_, _| &[],
        holdings: |state| apinizer::holdings(&state.apinizer),
        answer: apinizer::answer,
        refuse: |state, exchange, refusal| apinizer::refuse(&state.apinizer, exchange, refusal),
    },
];
