//! What binutils' readelf says.

use std::collections::HashMap;
use std::process::Command;

use serde_json::{Value, json};

use super::{Comparison, between, path, printed, whole_of};

/// How many files one readelf reads.
const BATCH: usize = 200;

pub fn compare(files: &[Value]) -> Comparison {
    let mut comparison = Comparison::with("readelf");
    let elf: Vec<&Value> = whole_of(files, "elf").collect();
    for batch in elf.chunks(BATCH) {
        let mut command = Command::new("readelf");
        command.args(["-W", "-h", "-l", "-d", "-V", "-n", "-S"]);
        // Of a single file readelf does not tell the name.
        command.args(batch.iter().map(|file| path(file))).arg("/dev/null");
        let said = printed(&mut command);
        let parts = said.split("\nFile: ").flat_map(|part| part.strip_prefix("File: ").or(Some(part)));
        let told: HashMap<&str, &str> = parts.filter_map(|part| part.split_once('\n')).collect();
        for file in batch {
            let told = told.get(path(file)).unwrap_or_else(|| panic!("readelf says nothing of {}", path(file)));
            header(&mut comparison, file, told);
            sections(&mut comparison, file, told);
            dynamic(&mut comparison, file, told);
        }
    }
    comparison
}

/// What stands in the header, and what the program headers make of it.
fn header(comparison: &mut Comparison, file: &Value, told: &str) {
    let field = |name: &str| told.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim();
    let is_wide = field("  Class:") == "ELF64";
    comparison.at(file, "width", "/bits", if is_wide { 64 } else { 32 });
    let is_little = field("  Data:").contains("little endian");
    comparison.at(file, "byte order", "/endianness", if is_little { "little" } else { "big" });
    let abi = field("  OS/ABI:").trim_start_matches("UNIX - ").trim_matches(['<', '>']);
    comparison.at(file, "OS ABI", "/os_abi", abi);
    comparison.at(file, "architecture", "/arch", goarch(field("  Machine:"), is_wide, is_little));
    let is_pie = entry(told, "(FLAGS_1)").is_some_and(|flags| flags.contains("PIE"));
    let kind = field("  Type:").split(' ').next().unwrap_or_default();
    let named = match (kind, is_pie) {
        ("EXEC", _) | ("DYN", true) => "program",
        ("DYN", false) => "shared library",
        ("REL", _) => "object file",
        _ => "core",
    };
    comparison.at(file, "kind", "/kind", named);
    comparison.at(file, "interpreter", "/interpreter/path", between(told, "Requesting program interpreter: ", "]"));
    if file["hardening"].is_object() {
        comparison.at(file, "PIE", "/hardening/pie", kind == "DYN");
        comparison.at(
            file,
            "NX",
            "/hardening/nx",
            stack(told).map(|flags| !flags.contains(&"E") && !flags.contains(&"RWE")),
        );
        let says_now = |(name, word)| entry(told, name).is_some_and(|flags| flags.contains(word));
        let now = [("(BIND_NOW)", ""), ("(FLAGS)", "BIND_NOW"), ("(FLAGS_1)", "NOW")].into_iter().any(says_now);
        let relro = match (told.contains("\n  GNU_RELRO "), now) {
            (false, _) => "none",
            (true, false) => "partial",
            (true, true) => "full",
        };
        comparison.at(file, "RELRO", "/hardening/relro", relro);
    }
}

/// The words behind the sizes of the stack's program header: its flags.
fn stack(told: &str) -> Option<Vec<&str>> {
    let line = told.lines().find_map(|line| line.strip_prefix("  GNU_STACK "))?;
    Some(line.split_whitespace().skip(5).collect())
}

/// What stands behind the first tag of this name in the dynamic section.
fn entry<'a>(told: &'a str, name: &str) -> Option<&'a str> {
    told.lines().find_map(|line| line.split_once(name)).map(|(_, rest)| rest.trim())
}

fn sections(comparison: &mut Comparison, file: &Value, told: &str) {
    let lines = told.lines().filter_map(|line| line.strip_prefix("  [")?.split_once("] "));
    let sections: Vec<Vec<&str>> = lines.map(|(_, line)| line.split_whitespace().collect()).collect();
    let of = |name: &str| sections.iter().find(|words| words.first() == Some(&name));
    comparison.at(file, "stripped", "/stripped", of(".symtab").is_none());
    let has_debug = of(".debug_info").or(of(".zdebug_info")).is_some();
    comparison.at(file, "debug information", "/debug_info", has_debug);
    if let Some([_, "PROGBITS", _, _, size, ..]) = of(".text").map(Vec::as_slice) {
        comparison.at(file, "size of the code", "/text_size", u64::from_str_radix(size, 16).ok());
    }
    comparison.at(file, "build id", "/build_id", between(told, "Build ID: ", "\n"));
}

fn dynamic(comparison: &mut Comparison, file: &Value, told: &str) {
    let ours: Vec<Value> =
        file["needed"].as_array().into_iter().flatten().map(|needed| needed["name"].clone()).collect();
    let named = |tag: &str| {
        let lines = told.lines().filter(|line| line.contains(tag));
        lines.filter_map(|line| between(line, "[", "]")).collect::<Vec<&str>>()
    };
    comparison.of(file, "needed libraries", ours.into(), named("(NEEDED)").into());
    let (runpath, rpath) = (named("(RUNPATH)"), named("(RPATH)"));
    let split = |paths: &[&str]| paths.first().map_or(json!([]), |path| path.split(':').map(Value::from).collect());
    comparison.at(file, "RUNPATH", "/runpath", split(&runpath));
    // An RPATH beside a RUNPATH does not count.
    comparison.at(file, "RPATH", "/rpath", split(if runpath.is_empty() { &rpath } else { &[] }));
    let needs = told.split_once("Version needs section").map_or("", |(_, needs)| needs);
    let versions = needs.split("Name: GLIBC_").skip(1).filter_map(|rest| rest.split(' ').next());
    let number = |version: &&str| version.split('.').map(|part| part.parse().unwrap_or(0)).collect::<Vec<u32>>();
    let versions = versions.filter(|version| version.starts_with(|c: char| c.is_ascii_digit()));
    comparison.at(file, "newest glibc", "/glibc_required", versions.max_by_key(number));
}

/// readelf's name of an architecture as Go names it.
fn goarch(machine: &str, is_wide: bool, is_little: bool) -> Value {
    let name = match (machine, is_wide, is_little) {
        ("Advanced Micro Devices X86-64", true, _) => "amd64",
        ("Advanced Micro Devices X86-64", false, _) => "amd64p32",
        ("Intel 80386", ..) => "386",
        ("AArch64", _, true) => "arm64",
        ("AArch64", _, false) => "arm64be",
        ("ARM", _, true) => "arm",
        ("ARM", _, false) => "armbe",
        ("RISC-V", true, _) => "riscv64",
        ("RISC-V", false, _) => "riscv",
        ("PowerPC64", _, true) => "ppc64le",
        ("PowerPC64", _, false) => "ppc64",
        ("IBM S/390", true, _) => "s390x",
        ("LoongArch", true, _) => "loong64",
        ("Sparc v9", ..) => "sparc64",
        ("MIPS R3000", true, true) => "mips64le",
        ("MIPS R3000", true, false) => "mips64",
        ("MIPS R3000", false, true) => "mipsle",
        ("MIPS R3000", false, false) => "mips",
        _ => return Value::Null,
    };
    name.into()
}
