//! What `file` says.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::{Comparison, between, path};

pub fn compare(files: &[Value]) -> Comparison {
    let mut comparison = Comparison::with("file");
    let names: Vec<&str> = files.iter().map(path).collect();
    let mut command = Command::new("file");
    // Sections and notes beyond file's usual limits are read too.
    command.args(["-N", "-F", "\t", "-P", "elf_shnum=65535", "-P", "elf_notes=65535", "-f", "-"]);
    let mut child = command.env("LC_ALL", "C").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("file");
    let mut input = child.stdin.take().expect("its input");
    let list = names.join("\n") + "\n";
    let writer = std::thread::spawn(move || input.write_all(list.as_bytes()));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("no panic").expect("it reads all");
    let said = String::from_utf8_lossy(&output.stdout);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), files.len(), "a line for every file");
    for (file, line) in files.iter().zip(lines) {
        let (name, said) = line.split_once('\t').expect("a name and what it is");
        assert_eq!(name, path(file));
        if file["verdict"] != "damaged" {
            one(&mut comparison, file, said.trim());
        }
    }
    comparison
}

fn one(comparison: &mut Comparison, file: &Value, said: &str) {
    // What the file's mode adds stands before.
    let said = ["setuid ", "setgid ", "sticky "].iter().fold(said, |said, word| said.trim_start_matches(word));
    let format = [
        ("ELF ", "elf"),
        ("PE32", "pe"),
        ("Mach-O ", "mach-o"),
        ("current ar archive", "archive"),
        ("thin archive", "archive"),
    ];
    let format = format.iter().find(|(start, _)| said.starts_with(start)).map(|(_, format)| *format);
    let format = format.unwrap_or(if said.contains(" script") { "script" } else { "other" });
    comparison.at(file, "format", "/format", format);
    match format {
        "elf" => elf(comparison, file, said),
        "pe" => {
            let kind = if said.contains("(DLL)") { "shared library" } else { "program" };
            comparison.at(file, "kind", "/kind", kind);
            comparison.at(file, "architecture", "/arch", arch(said));
        }
        "mach-o" if !said.contains("universal") => comparison.at(file, "architecture", "/arch", arch(said)),
        _ => {}
    }
}

fn elf(comparison: &mut Comparison, file: &Value, said: &str) {
    comparison.at(file, "width", "/bits", if said.starts_with("ELF 64-bit") { 64 } else { 32 });
    let order = if said.contains("-bit LSB ") { "little" } else { "big" };
    comparison.at(file, "byte order", "/endianness", order);
    let words = ["statically linked", "dynamically linked", "static-pie linked"];
    let linked = words.iter().position(|words| said.contains(words));
    let linking = linked.map(|at| ["static", "dynamic", "static-pie"][at]);
    comparison.at(file, "linking", "/linking", linking);
    comparison.at(file, "interpreter", "/interpreter/path", between(said, "interpreter ", ","));
    comparison.at(file, "build id", "/build_id", between(said, "]=", ","));
    comparison.at(file, "stripped", "/stripped", !said.contains("not stripped"));
    comparison.at(file, "debug information", "/debug_info", said.contains("with debug_info"));
    let kind = match () {
        () if said.contains("executable, ") => "program",
        () if said.contains("shared object, ") => "shared library",
        () if said.contains("relocatable, ") => "object file",
        () => "core",
    };
    comparison.at(file, "kind", "/kind", kind);
}

/// The architecture that PE and Mach-O are for, as Go names it.
fn arch(said: &str) -> Value {
    let names = [
        ("x86-64", "amd64"),
        ("x86_64", "amd64"),
        ("Aarch64", "arm64"),
        ("arm64", "arm64"),
        ("Intel 80386", "386"),
        ("i386", "386"),
    ];
    names.iter().find(|(name, _)| said.contains(name)).map(|(_, arch)| *arch).into()
}
