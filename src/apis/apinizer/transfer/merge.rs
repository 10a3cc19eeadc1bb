//! How a package is laid over an object that is there.

use crate::apis::apinizer::error::Error;
use crate::apis::apinizer::form::Form;
use crate::apis::apinizer::state::{Entries, Entry};
use crate::apis::apinizer::values::unknown;
use crate::store::Text;

/// Which entries of the package go where, and what becomes of environments that it has nothing for.
pub struct Merge {
    first_everywhere: bool,
    uncovered: Option<Uncovered>,
}

#[derive(Clone, Copy)]
enum Uncovered {
    Fill,
    Remove,
}

/// Which entry of the package goes where, and which environments go.
struct Plan {
    written: Vec<(String, usize)>,
    dropped: Vec<String>,
}

impl Merge {
    /// What the form says.
    pub fn read(form: &Form<'_>) -> Result<Self, Error> {
        let method = form.text("certEnvironmentMergeMethod")?;
        let first_everywhere = match method.as_deref() {
            None | Some("MATCH_BY_NAME") => false,
            Some("OVERWRITE_ALL") => true,
            Some(other) => {
                return Err(unknown("certEnvironmentMergeMethod", other, ["MATCH_BY_NAME", "OVERWRITE_ALL"]));
            }
        };
        let action = form.text("certEnvironmentUncoveredAction")?;
        let uncovered = match action.as_deref() {
            None => None,
            Some("FILL_FROM_PACKAGE") => Some(Uncovered::Fill),
            Some("REMOVE_FROM_TARGET") => Some(Uncovered::Remove),
            Some(other) => {
                let supported = ["FILL_FROM_PACKAGE", "REMOVE_FROM_TARGET"];
                return Err(unknown("certEnvironmentUncoveredAction", other, supported));
            }
        };
        Ok(Self { first_everywhere, uncovered })
    }

    /// Lays the entries of a package over those of the object that is there.
    pub fn lay<E: Entry>(
        &self,
        kind: &'static str,
        name: &str,
        target: &mut Entries<E>,
        package: &Entries<E>,
    ) -> Result<(), Error> {
        let plan = self.plan(kind, name, &names(target.environments()), &names(package.environments()))?;
        plan.dropped.iter().for_each(|environment| target.remove(environment));
        for (environment, index) in plan.written {
            let Some(entry) = package.get(index) else { continue };
            target.merge(entry.clone().moved(environment.into()));
        }
        Ok(())
    }

    fn plan(&self, kind: &'static str, name: &str, target: &[String], package: &[String]) -> Result<Plan, Error> {
        if self.first_everywhere {
            return Ok(Plan { written: target.iter().map(|name| (name.clone(), 0)).collect(), dropped: Vec::new() });
        }
        let uncovered: Vec<String> = target.iter().filter(|name| !package.contains(name)).cloned().collect();
        let covered = package.iter().enumerate().filter(|(_, name)| target.contains(name));
        let mut written: Vec<(String, usize)> = covered.map(|(index, name)| (name.clone(), index)).collect();
        match self.uncovered {
            _ if uncovered.is_empty() => Ok(Plan { written, dropped: uncovered }),
            None => Err(Error::ReplaceUncovered { kind, name: name.to_owned(), environments: uncovered.join(", ") }),
            Some(Uncovered::Remove) => Ok(Plan { written, dropped: uncovered }),
            Some(Uncovered::Fill) => {
                written.extend(uncovered.into_iter().map(|name| (name, 0)));
                Ok(Plan { written, dropped: Vec::new() })
            }
        }
    }
}

fn names<'n>(environments: impl Iterator<Item = &'n Text>) -> Vec<String> {
    environments.map(Text::to_string).collect()
}
