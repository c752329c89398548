//! Where gomedic and another tool differ, and why: every kind, by data.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Comparison, Difference, path, text};

/// A kind of difference that has a reason.
struct Known {
    tool: &'static str,
    fact: &'static str,
    /// Whether a difference is of this kind, by the file and the answer of
    /// the other.
    holds: fn(&Value, &Difference) -> bool,
    why: &'static str,
}

const KNOWN: &[Known] = &[
    Known {
        tool: "readelf",
        fact: "kind",
        holds: |file, _| file["kind"] == "program" && file["interpreter"].is_object(),
        why: "linkers before binutils 2.26 set no mark of a PIE: a file with a loader and no name of its own is one",
    },
    Known {
        tool: "file",
        fact: "kind",
        holds: |file, _| file["kind"] == "program" && file["interpreter"].is_object(),
        why: "linkers before binutils 2.26 set no mark of a PIE: a file with a loader and no name of its own is one",
    },
    Known {
        tool: "file",
        fact: "format",
        holds: |file, it| file["format"] == "script" && it.theirs == "other",
        why: "file looks at the language before the first line: it says JavaScript source",
    },
    Known {
        tool: "file",
        fact: "linking",
        holds: |file, it| file["kind"] == "shared library" && it.theirs == "static-pie" && is_empty(file, "needed"),
        why: "file takes a library that needs no other for a program",
    },
    Known {
        tool: "file",
        fact: "interpreter",
        holds: |file, it| it.theirs == "*empty*" && is_companion(file),
        why: "a file of debug information has the header of the loader's name without the name",
    },
    Known {
        tool: "the loader",
        fact: "loadable",
        holds: |file, it| is_companion(file) && it.theirs == "object file has no dynamic section",
        why: "a file of debug information has nothing to load",
    },
    Known {
        tool: "go version -m",
        fact: "build info",
        holds: |file, it| file["os"] == "plan9" && file["go"].is_object() && it.theirs.is_null(),
        why: "go version looks at every 16th byte of the file, and in a Plan 9 file the data begin at any",
    },
    Known {
        tool: "starting it",
        fact: "runs",
        holds: |file, _| is_changed(file, "/headers/abi-") && text(file, "/reason").contains("built for"),
        why: "Linux does not look at the OS ABI; a program that another system's linker marked calls another kernel",
    },
    Known {
        tool: "starting it",
        fact: "runs",
        holds: |file, it| {
            it.theirs == true && file["verdict"] == "damaged" && text(file, "/reason").contains("section table")
        },
        why: "the kernel does not read the section table; that it is cut off shows a broken copy",
    },
    Known {
        tool: "starting it",
        fact: "runs",
        holds: |file, it| it.theirs == false && is_changed(file, "-GLIBC_2.17"),
        why: "the version is there and the symbol in it is not, which no linker makes: single symbols are not looked up",
    },
];

/// A file of the workshop whose header says what is not so.
fn is_changed(file: &Value, name: &str) -> bool {
    path(file).contains(name)
}

/// A file that has the debug information of another: no code.
fn is_companion(file: &Value) -> bool {
    path(file).ends_with(".debug") && file["text_size"] == 0
}

fn is_empty(file: &Value, field: &str) -> bool {
    file[field].as_array().is_some_and(Vec::is_empty)
}

/// Tells the known differences by kind; fails, when one is of no known kind.
#[allow(clippy::print_stdout, reason = "none of them is hidden")]
pub fn settle(files: &[Value], comparisons: Vec<Comparison>) {
    let by_path: BTreeMap<&str, &Value> = files.iter().map(|file| (path(file), file)).collect();
    let (mut known, mut unknown) = (BTreeMap::<&str, Vec<String>>::new(), Vec::new());
    for comparison in comparisons {
        assert!(comparison.made > 0, "nothing was compared with {}", comparison.tool);
        println!("{}: {} answers compared", comparison.tool, comparison.made);
        for difference in comparison.differences {
            let file = by_path[&*difference.path];
            let is_it = |known: &&Known| {
                known.tool == difference.tool && known.fact == difference.fact && (known.holds)(file, &difference)
            };
            match KNOWN.iter().find(is_it) {
                Some(reason) => known.entry(reason.why).or_default().push(difference.to_string()),
                None => unknown.push(format!("{difference} ({})", text(file, "/reason"))),
            }
        }
    }
    for (why, differences) in known {
        println!("{} differences, for {why}:\n  {}", differences.len(), differences.join("\n  "));
    }
    assert!(unknown.is_empty(), "{} differences:\n{}", unknown.len(), unknown.join("\n"));
}
