//! The operator's surface, below `/_certmimic/`.
