//! A machine file: a recorded host.
