//! The OAuth token service of the SAP systems.
