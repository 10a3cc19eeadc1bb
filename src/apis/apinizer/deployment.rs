//! Deployment to environments: which, and what the answer to a write says about it (section 2.3).

use serde_json::{Value, json};

use super::behaviour::{Behaviour, DeploymentShape};
use super::call::Call;
use super::error::Error;
use super::state::{Project, State};
use crate::store::Text;

/// What deploying to some environments came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deployment {
    action: Action,
    results: Vec<Environment>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Deploy,
    Undeploy,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Environment {
    name: Text,
    failure: Option<Text>,
}

impl Deployment {
    /// Deploys to environments, in this order, once to each.
    pub fn to<'n>(call: &Call<'_>, state: &State, environments: impl IntoIterator<Item = &'n Text>) -> Self {
        Self::run(call, state, Action::Deploy, environments)
    }

    /// Takes back from environments, in this order.
    pub fn from<'n>(call: &Call<'_>, state: &State, environments: impl IntoIterator<Item = &'n Text>) -> Self {
        Self::run(call, state, Action::Undeploy, environments)
    }

    fn run<'n>(
        call: &Call<'_>,
        state: &State,
        action: Action,
        environments: impl IntoIterator<Item = &'n Text>,
    ) -> Self {
        let result = |name: &Text| Environment { name: name.clone(), failure: failure(call, state, name) };
        let mut results: Vec<Environment> = Vec::new();
        for name in environments {
            if !results.iter().any(|known| known.name == *name) {
                results.push(result(name));
            }
        }
        Self { action, results }
    }

    /// True if no environment failed.
    pub fn succeeded(&self) -> bool {
        self.results.iter().all(|result| result.failure.is_none())
    }

    /// The failures in a sentence; empty without any.
    pub fn failures(&self) -> String {
        let failed = self.results.iter().filter_map(|result| {
            let reason = result.failure.as_ref()?;
            Some(format!("{}: {reason}", result.name))
        });
        failed.collect::<Vec<_>>().join("; ")
    }

    /// `deploymentResult`
    pub fn json(&self, behaviour: &Behaviour) -> Value {
        match behaviour.deployment_shape {
            DeploymentShape::EnvironmentResults => json!({
                "success": self.succeeded(),
                "message": self.message(),
                "environmentResults": self.results.iter().map(|result| json!({
                    "environmentName": &*result.name,
                    "success": result.failure.is_none(),
                    "message": self.message_for(result),
                })).collect::<Vec<_>>(),
            }),
            DeploymentShape::Pods => json!({
                "envName": null,
                "podName": null,
                "podIp": null,
                "success": self.succeeded(),
                "detail": self.message(),
                "responseTime": 0,
                "detailList": self.results.iter().map(|result| self.pod(result)).collect::<Vec<_>>(),
                "firstFromApiResultList": false,
            }),
        }
    }

    /// An environment has one pod here.
    fn pod(&self, result: &Environment) -> Value {
        json!({
            "envName": &*result.name,
            "podName": format!("worker-{}", result.name),
            "podIp": "127.0.0.1",
            "success": result.failure.is_none(),
            "detail": self.message_for(result),
            "responseTime": 0,
            "detailList": [],
            "firstFromApiResultList": false,
        })
    }

    fn message(&self) -> String {
        let (done, failed) = match self.action {
            Action::Deploy => ("Deployment completed successfully", "Deployment failed"),
            Action::Undeploy => ("Undeployment completed successfully", "Undeployment failed"),
        };
        if self.succeeded() { done.to_owned() } else { format!("{failed}: {}", self.failures()) }
    }

    fn message_for<'r>(&self, result: &'r Environment) -> &'r str {
        match (&result.failure, self.action) {
            (Some(reason), _) => reason,
            (None, Action::Deploy) => "Deployed successfully",
            (None, Action::Undeploy) => "Undeployed successfully",
        }
    }
}

/// Why deploying to an environment fails: a fault says so, or the scenario.
fn failure(call: &Call<'_>, state: &State, environment: &str) -> Option<Text> {
    let by_fault = call.failing.get(environment).cloned().map(Text::from);
    by_fault.or_else(|| state.environment(environment)?.deployment_fails.clone())
}

/// Checks that a project reaches all these environments.
///
/// # Errors
/// The first that it does not.
pub fn check_environments(state: &State, project: &Project, names: &[String]) -> Result<(), Error> {
    let unreachable = names.iter().find(|name| state.environment(name).is_none() || !project.reaches(name));
    unreachable.map_or(Ok(()), |name| Err(Error::EnvironmentNotFound { environment: name.clone() }))
}
