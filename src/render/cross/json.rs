use serde_json::{Value, json};

use crate::model::{Cell, Matrix, NamedTarget, Tried};

/// The matrix as JSON, in the form that others rely on.
#[must_use]
pub fn cross_json(matrix: &Matrix) -> Value {
    let tried = |tried: &Tried| match tried {
        Tried::Built => json!({"result": "builds"}),
        Tried::Failed(line) => json!({"result": "fails", "line": line}),
        Tried::Unknown(why) => json!({"result": "unknown", "line": why}),
    };
    let cell = |cell: &Cell| {
        json!({
            "goos": cell.target.goos,
            "goarch": cell.target.goarch,
            "cgo": cell.cgo,
            "result": cell.result,
            "missing": cell.missing.iter().map(|need| need.what.as_str()).collect::<Vec<_>>(),
            "commands": cell.missing.iter().filter_map(|need| need.command.as_deref()).collect::<Vec<_>>(),
            "loses": cell.loses.iter().map(|loss| loss.package.as_str()).collect::<Vec<_>>(),
            "cc": cell.cc,
            "tried": cell.tried.as_ref().map(tried),
        })
    };
    let target = |named: &NamedTarget| json!({"goos": named.target.goos, "goarch": named.target.goarch, "named_by": named.source, "programs": named.programs});
    let packages = matrix.cgo_packages.iter();
    let package = packages.map(|cgo| json!({"package": cgo.package, "module": cgo.module, "file": cgo.file}));
    json!({
        "schema": "gomedic/1",
        "project": matrix.project,
        "go": matrix.go,
        "targets": matrix.targets.iter().map(target).collect::<Vec<_>>(),
        "cells": matrix.cells.iter().map(cell).collect::<Vec<_>>(),
        "cgo_packages": package.collect::<Vec<_>>(),
        "notes": matrix.notes,
    })
}
