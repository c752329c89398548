use super::{Checked, Style, Writer, bytes, mark, platform, unmet};
use crate::model::binary::{Debug, Endianness, Kind, Relro, RunPath, Symbols};
use crate::model::inspect::{Inspection, Verdict};
use crate::model::text::plain;
use crate::model::{Binary, BuildInfo, Format};

/// Columns of the names.
const NAMES: usize = 11;

/// All that is known of one file, the verdict first.
pub(super) fn write(out: &mut Writer, checked: &Checked) {
    let inspection = &checked.inspection;
    let path = out.paint(Style::Strong, &inspection.path);
    let head = inspection.binary.as_ref().map(headline).unwrap_or_default();
    out.line(&format!("{path}  {}", plain(&head)));
    verdict(out, inspection);
    unmet(out, checked);
    if let Ok(binary) = &inspection.binary {
        out.line("");
        rows(out, inspection, binary);
    }
}

/// `ELF 64-bit, linux/amd64 dynamic, shared library`.
fn headline(binary: &Binary) -> String {
    let width = binary.width.map(|width| format!(" {}-bit", width.bits())).unwrap_or_default();
    let big = if binary.endianness == Some(Endianness::Big) { " big-endian" } else { "" };
    let format = format!("{}{width}{big}", binary.format.title());
    let kind = if matches!(binary.kind, Kind::Program | Kind::Other) { "" } else { binary.kind.title() };
    [format, platform(binary), kind.to_owned()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

fn verdict(out: &mut Writer, inspection: &Inspection) {
    let judgement = &inspection.judgement;
    let (sign, style) = mark(judgement.verdict);
    let lead = format!("  {} ", out.paint(style, sign));
    out.hanging(&lead, 4, &judgement.sentence(), Some(style));
    if let Some(advice) = &judgement.advice {
        out.hanging("  → ", 4, advice, Some(Style::Command));
    }
}

fn rows(out: &mut Writer, inspection: &Inspection, binary: &Binary) {
    loader(out, inspection, binary);
    libraries(out, inspection, binary);
    if let Some(required) = &binary.glibc_required {
        let by = binary.glibc_symbol.as_ref().map(|name| format!(" (for {name})")).unwrap_or_default();
        let here = inspection.glibc_here.as_ref().map(|here| format!(", here {here}")).unwrap_or_default();
        row(out, "glibc", &format!("{required} or newer{by}{here}"));
    }
    if let Some(go) = &binary.go {
        build_info(out, go);
    }
    if matches!(binary.format, Format::Elf | Format::MachO | Format::Pe) {
        row(out, "symbols", &symbols(binary));
        row(out, "hardening", &hardening(binary));
    }
    let text = binary.text_size.map(|size| format!(", {} of them machine code", bytes(size))).unwrap_or_default();
    row(out, "size", &format!("{}{text}", bytes(binary.size)));
    row(out, "OS ABI", binary.os_abi.as_deref().unwrap_or_default());
    row(out, "build id", binary.build_id.as_deref().unwrap_or_default());
    row(out, "Go id", binary.go_build_id.as_deref().unwrap_or_default());
}

/// Nothing where there is nothing to say.
fn row(out: &mut Writer, name: &str, text: &str) {
    if !text.is_empty() {
        let name = out.paint(Style::Dim, &format!("{name:<NAMES$}"));
        out.line(&format!("  {name} {}", plain(text)));
    }
}

fn loader(out: &mut Writer, inspection: &Inspection, binary: &Binary) {
    let Some(interpreter) = &inspection.interpreter else { return };
    let present = match interpreter.present {
        Some(true) => "",
        Some(false) => "  not here",
        None => "  could not tell whether it is here",
    };
    let argument = binary.argument.as_ref().map(|argument| format!(" {argument}")).unwrap_or_default();
    let name = if binary.format == Format::Script { "interpreter" } else { "loader" };
    row(out, name, &format!("{}{argument}{present}", interpreter.path.display()));
}

fn libraries(out: &mut Writer, inspection: &Inspection, binary: &Binary) {
    let column = inspection.libraries.iter().map(|library| library.name.chars().count()).max().unwrap_or(0);
    for (number, library) in inspection.libraries.iter().enumerate() {
        let place = match &library.resolved {
            Some(path) => path.display().to_string(),
            None if binary.format == Format::Elf && inspection.judgement.verdict != Verdict::Unknown => {
                "not here".to_owned()
            }
            None => String::new(),
        };
        let name = if number == 0 { "libraries" } else { "" };
        row(out, name, &format!("{:<column$}  {place}", library.name));
    }
    let name = if binary.run_path_kind == RunPath::Rpath { "RPATH" } else { "RUNPATH" };
    row(out, name, &binary.run_path.join(":"));
}

fn build_info(out: &mut Writer, go: &BuildInfo) {
    let version = if go.version.is_empty() { String::new() } else { format!(" {}", go.version) };
    let module = if go.module.is_empty() { String::new() } else { format!(" of {}{version}", go.module) };
    row(out, "built by", &go.go_version);
    row(out, "package", &format!("{}{module}", go.path));
    for (number, (name, value)) in go.settings.iter().filter(|(_, value)| !value.is_empty()).enumerate() {
        row(out, if number == 0 { "settings" } else { "" }, &format!("{name}={value}"));
    }
}

fn symbols(binary: &Binary) -> String {
    let symbols = binary.symbols.map(|symbols| match symbols {
        Symbols::Present => "present",
        Symbols::Stripped => "stripped",
    });
    let debug = binary.debug.map(|debug| match debug {
        Debug::Present => "with debug information",
        Debug::Absent => "no debug information",
    });
    [symbols, debug].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn hardening(binary: &Binary) -> String {
    let Some(hardening) = &binary.hardening else { return String::new() };
    let pie = if hardening.position_independent { "position-independent" } else { "fixed address" };
    let relro = match hardening.relro {
        Relro::None => "no RELRO",
        Relro::Partial => "partial RELRO",
        Relro::Full => "full RELRO",
    };
    let stack = hardening.no_exec_stack.map(|is_on| if is_on { "NX" } else { "executable stack" });
    let canary = hardening.stack_canary.map(|is_on| if is_on { "stack canary" } else { "no stack canary" });
    let relro = (binary.format == Format::Elf).then_some(relro);
    [Some(pie), relro, stack, canary].into_iter().flatten().collect::<Vec<_>>().join(", ")
}
