//! The module in the folder.
