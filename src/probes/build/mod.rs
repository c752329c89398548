//! cgo, C tools, targets.
