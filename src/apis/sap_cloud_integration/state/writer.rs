//! Who writes to the keystores: one user at a time.

use super::{Stamp, State};
use crate::apis::sap_cloud_integration::behaviour::Locking;
use crate::apis::sap_cloud_integration::error::Error;

/// Somebody who writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writer {
    /// What entries record of it.
    pub stamp: Stamp,
    /// True if another user was writing when this one began.
    pub came_second: bool,
}

impl State {
    /// Refuses a writer while another user holds the lock.
    pub fn refuse_if_locked(&self, writer: &Writer) -> Result<(), Error> {
        let came_second = writer.came_second && self.behaviour.locking == Locking::ByUser;
        if came_second || self.behaviour.locked_by_other_user { Err(Error::KeystoreLocked) } else { Ok(()) }
    }
}
