//! The objects of all projects, and whose each is: the lists of `admin` show those of all projects.

use std::collections::BTreeMap;

use super::certificates::Seen;
use super::{ADMIN, Tenant, certificates, identifier, jwks, keys, keystores};
use crate::apis::apinizer::scenario::{CertificateSection, JwkSection, KeySection, KeystoreSection};
use crate::store::sort_by_key;
use crate::tenant::Failure;
use crate::tenant::odata::{Entity, segment};

/// What belongs to a project.
#[derive(Clone, Default)]
pub(super) struct Own {
    /// The project's identifier, which its objects tell.
    pub project_id: Option<String>,
    /// Certificates.
    pub certificates: Vec<CertificateSection>,
    /// Keystores.
    pub keystores: Vec<KeystoreSection>,
    /// Keys.
    pub keys: Vec<KeySection>,
    /// JWKs.
    pub jwks: Vec<JwkSection>,
}

/// The objects of all projects.
#[derive(Default)]
pub(super) struct Objects {
    by_project: BTreeMap<String, Own>,
    /// What lists of certificates show.
    pub seen: Seen,
}

/// The objects of one kind in one project, each with its place among those of all projects, where that is known.
type Placed = Vec<(Option<u64>, Entity)>;

impl Objects {
    /// Reads those of all projects.
    pub(super) fn read(tenant: &Tenant<'_>, projects: &[Entity]) -> Result<Self, Failure> {
        let mut objects = Self::default();
        for (project, rows) in placed(tenant, projects, "certificates")? {
            let rows = certificates::whole(tenant, &project, rows, &mut objects.seen)?;
            objects.own(&project).certificates =
                rows.iter().map(|(place, row)| certificates::section(tenant, row, *place)).collect();
        }
        for (project, rows) in placed(tenant, projects, "keystores")? {
            let own = objects.own(&project);
            own.learn(&rows);
            own.keystores = rows.iter().map(|(place, row)| keystores::section(row, *place)).collect();
        }
        for (project, rows) in placed(tenant, projects, "keys")? {
            let own = objects.own(&project);
            own.learn(&rows);
            own.keys = rows.iter().map(|(place, row)| keys::section(tenant, &project, row, *place)).collect();
        }
        for (project, rows) in placed(tenant, projects, "jwks")? {
            tenant.reader.client.watch().ahead(rows.len());
            objects.own(&project).learn(&rows);
            for (place, row) in rows {
                let read = jwks::section(tenant, &project, &row, place)?;
                objects.own(&project).jwks.extend(read);
            }
        }
        Ok(objects)
    }

    /// What belongs to a project.
    pub(super) fn of(&self, project: &str) -> Own {
        self.by_project.get(project).cloned().unwrap_or_default()
    }

    fn own(&mut self, project: &str) -> &mut Own {
        self.by_project.entry(project.to_owned()).or_default()
    }
}

impl Own {
    fn learn(&mut self, rows: &Placed) {
        let told = || rows.iter().find_map(|(_, row)| identifier(row, "projectId"));
        self.project_id = self.project_id.take().or_else(told);
    }
}

/// The objects of one kind by their project. What a list of `admin` shows and no other list does is of `admin`, if reading it there
/// says so.
fn placed(tenant: &Tenant<'_>, projects: &[Entity], kind: &str) -> Result<Vec<(String, Placed)>, Failure> {
    let list = |project: &str| {
        tenant.list(
            &format!("the {kind} of project {project}"),
            &format!("/apiops/projects/{}/{kind}/", segment(project)),
        )
    };
    let is_admin = |row: &&Entity| row.text("name") == Some(ADMIN);
    let all = if projects.iter().any(|row| is_admin(&row)) { list(ADMIN)? } else { Vec::new() };
    let mut taken = vec![false; all.len()];
    let mut by_project = Vec::new();
    for project in projects.iter().filter(|row| !is_admin(row)).map(|row| row.said("name")) {
        let rows = list(&project)?;
        let place = |row: &Entity| {
            let found = all.iter().zip(&taken).position(|(one, taken)| !taken && one == row)?;
            *taken.get_mut(found)? = true;
            u64::try_from(found).ok()
        };
        let places: Vec<Option<u64>> = rows.iter().map(place).collect();
        by_project.push((project, places.into_iter().zip(rows).collect()));
    }
    let mut of_admin = Placed::new();
    for (place, (row, _)) in (0..).zip(all.into_iter().zip(taken)).filter(|(_, (_, taken))| !taken) {
        let path = format!("/apiops/projects/{ADMIN}/{kind}/{}/", segment(&row.said("name")));
        if tenant.one(&path)?.is_some() {
            of_admin.push((Some(place), row));
        }
    }
    by_project.push((ADMIN.to_owned(), of_admin));
    Ok(without_needless_places(projects, by_project))
}

/// Places are told only where the projects, in their order, do not have that order already.
fn without_needless_places(projects: &[Entity], mut by_project: Vec<(String, Placed)>) -> Vec<(String, Placed)> {
    let order = |name: &str| projects.iter().position(|row| row.text("name") == Some(name));
    sort_by_key(&mut by_project, |(project, _)| order(project));
    let places: Vec<Option<u64>> =
        by_project.iter().flat_map(|(_, rows)| rows.iter().map(|(place, _)| *place)).collect();
    let unknown = places.iter().any(Option::is_none);
    if unknown || places.is_sorted() {
        by_project.iter_mut().flat_map(|(_, rows)| rows).for_each(|(place, _)| *place = None);
    }
    by_project
}
