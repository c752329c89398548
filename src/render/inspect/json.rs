use serde_json::{Value, json};

use super::Checked;
use crate::model::binary::{Debug, Endianness, Hardening, Relro, RunPath, Symbols, Width};
use crate::model::inspect::{Inspection, Lack, LackingLibrary};
use crate::model::{Binary, BuildInfo};

/// The inspections in the form that others rely on.
#[must_use]
pub fn inspections_json(files: &[Checked]) -> Value {
    json!({"schema": "gomedic/1", "files": files.iter().map(file).collect::<Vec<_>>()})
}

fn file(checked: &Checked) -> Value {
    let inspection = &checked.inspection;
    let judgement = &inspection.judgement;
    let mut fields = match &inspection.binary {
        Ok(binary) => known(inspection, binary),
        Err(_) => unknown(),
    };
    if let Value::Object(fields) = &mut fields {
        fields.insert("verdict".to_owned(), judgement.verdict.id().into());
        fields.insert("reason".to_owned(), judgement.reason.clone().into());
        fields.insert("advice".to_owned(), judgement.advice.clone().into());
        let unmet =
            checked.unmet.iter().map(|(expected, found)| json!({"expected": expected.to_string(), "found": found}));
        fields.insert("unmet".to_owned(), unmet.collect());
    }
    let mut whole = json!({"path": inspection.path, "mode": inspection.mode.map(|mode| format!("{mode:04o}"))});
    if let (Value::Object(whole), Value::Object(fields)) = (&mut whole, fields) {
        whole.extend(fields);
    }
    whole
}

/// The fields that others rely on are always there.
fn unknown() -> Value {
    json!({
        "format": "other", "os": null, "arch": null, "linking": null, "interpreter": null, "needed": [],
        "glibc_required": null, "go": null,
    })
}

fn known(inspection: &Inspection, binary: &Binary) -> Value {
    let interpreter = inspection.interpreter.as_ref().map(
        |interpreter| json!({"path": interpreter.path, "present": interpreter.present, "argument": binary.argument}),
    );
    let needed = inspection.libraries.iter().map(|library| json!({"name": library.name, "resolved": library.resolved}));
    json!({
        "format": binary.format.id(),
        "kind": binary.kind.title(),
        "size": binary.size,
        "bits": binary.width.map(Width::bits),
        "endianness": binary.endianness.map(Endianness::id),
        "os": binary.goos,
        "arch": binary.goarch,
        "os_abi": binary.os_abi,
        "linking": binary.linking.map(|linking| linking.id()),
        "interpreter": interpreter,
        "needed": needed.collect::<Vec<_>>(),
        "lacking": inspection.lacking.iter().map(lacking).collect::<Vec<_>>(),
        "rpath": paths(binary, RunPath::Rpath),
        "runpath": paths(binary, RunPath::Runpath),
        "glibc_required": binary.glibc_required,
        "glibc_symbol": binary.glibc_symbol,
        "glibc_here": inspection.glibc_here,
        "go": binary.go.as_ref().map(go),
        "stripped": binary.symbols.map(|symbols| symbols == Symbols::Stripped),
        "debug_info": binary.debug.map(|debug| debug == Debug::Present),
        "hardening": binary.hardening.as_ref().map(hardening),
        "text_size": binary.text_size,
        "build_id": binary.build_id,
        "go_build_id": binary.go_build_id,
    })
}

fn lacking(library: &LackingLibrary) -> Value {
    let (why, found) = match &library.lack {
        Lack::Nowhere => ("nowhere", None),
        Lack::NotInCache(path) => ("not-in-cache", Some(path)),
        Lack::Foreign(path) => ("other-architecture", Some(path)),
    };
    json!({"name": library.name, "needed_by": library.needed_by, "why": why, "found": found})
}

fn paths(binary: &Binary, kind: RunPath) -> &[String] {
    if binary.run_path_kind == kind { &binary.run_path } else { &[] }
}

fn go(go: &BuildInfo) -> Value {
    json!({
        "version": go.go_version, "package": go.path, "module": go.module, "module_version": go.version,
        "cgo": go.settings.get("CGO_ENABLED").map(|value| value == "1"), "settings": go.settings,
    })
}

fn hardening(hardening: &Hardening) -> Value {
    json!({
        "pie": hardening.position_independent,
        "relro": Relro::id(hardening.relro),
        "nx": hardening.no_exec_stack,
        "canary": hardening.stack_canary,
    })
}
