//! Programs whose loader, paths and needs patchelf changed.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{Workshop, each};

/// The programs that are changed: `app` needs liba, which needs libb.
const BASE: &str = "patched/app";

/// Paths for libraries that hold both, one, or none.
const PATHS: [(&str, &str); 14] = [
    ("origin", "$ORIGIN/lib"),
    ("braces", "${ORIGIN}/lib"),
    ("above", "$ORIGIN/../patched/lib"),
    ("two", "/nowhere:$ORIGIN/lib"),
    ("swapped", "$ORIGIN/lib:/nowhere"),
    ("empty-first", ":$ORIGIN/lib"),
    ("slash", "$ORIGIN/lib/"),
    ("lib", "$ORIGIN/$LIB"),
    ("platform", "$ORIGIN/$PLATFORM"),
    ("unknown", "$ORIGIN/$SOMETHING"),
    ("nowhere", "/nowhere"),
    ("only-a", "$ORIGIN/only-a"),
    ("wrong-kind", "$ORIGIN/wrong:$ORIGIN/lib"),
    ("text", "$ORIGIN/text"),
];

pub(super) fn make(workshop: &Workshop) {
    base(workshop);
    let mut changes: Vec<(String, Vec<String>)> = Vec::new();
    for (name, path) in PATHS {
        changes.push((format!("runpath-{name}"), words(&["--set-rpath", path])));
        changes.push((format!("rpath-{name}"), words(&["--force-rpath", "--set-rpath", path])));
    }
    let own = interpreter(workshop);
    let folder = workshop.folder().display().to_string();
    for (name, loader) in [
        ("missing", "/lib/ld-nowhere.so.1".to_owned()),
        ("musl", "/lib/ld-musl-x86_64.so.1".to_owned()),
        ("folder", folder.clone()),
        ("text", format!("{folder}/patched/text/liba.so")),
        ("same", own.clone()),
        ("dots", own.replacen('/', "/../", 1)),
    ] {
        let change = ["--set-interpreter", &loader, "--set-rpath", "$ORIGIN/lib"];
        changes.push((format!("loader-{name}"), words(&change)));
    }
    let lib = format!("{folder}/patched/lib/libb.so");
    for (name, needs) in [
        ("more", vec!["--add-needed", "libb.so"]),
        ("lacking", vec!["--add-needed", "libnowhere.so.1"]),
        ("lacking-two", vec!["--add-needed", "libnowhere.so.1", "--add-needed", "libnothing.so"]),
        ("path", vec!["--add-needed", &lib]),
        ("path-lacking", vec!["--add-needed", "/nowhere/libb.so"]),
        ("newer", vec!["--replace-needed", "liba.so", "liba.so.2"]),
        ("system", vec!["--add-needed", "libm.so.6"]),
        ("loader", vec!["--add-needed", own.rsplit('/').next().expect("a name")]),
        ("without", vec!["--remove-needed", "liba.so"]),
    ] {
        changes.push((format!("needs-{name}"), words(&[&["--set-rpath", "$ORIGIN/lib"][..], &needs].concat())));
    }
    each(&changes, |(name, arguments)| {
        let mut command = Command::new("patchelf");
        workshop.tool(command.args(arguments).args(["--output", &format!("patched/{name}"), BASE]));
    });
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn base(workshop: &Workshop) {
    let gcc = |arguments: &[&str]| workshop.tool(Command::new("gcc").args(arguments));
    workshop.write("patched/b.c", b"int b(void) { return 0; }\n", 0o644);
    workshop.write("patched/a.c", b"int b(void);\nint a(void) { return b(); }\n", 0o644);
    workshop.write(
        "patched/app.c",
        b"int a(void) __attribute__((weak));\nint main(void) { return a ? a() : 0; }\n",
        0o644,
    );
    workshop.path("patched/lib/file");
    gcc(&["-shared", "-fPIC", "-o", "patched/lib/libb.so", "patched/b.c"]);
    gcc(&["-shared", "-fPIC", "-o", "patched/lib/liba.so", "patched/a.c", "patched/lib/libb.so"]);
    // What liba needs is a name, not a path.
    workshop.tool(Command::new("patchelf").args([
        "--replace-needed",
        "patched/lib/libb.so",
        "libb.so",
        "patched/lib/liba.so",
    ]));
    gcc(&["-o", BASE, "patched/app.c", "-Lpatched/lib", "-l:liba.so", "-Wl,--allow-shlib-undefined"]);
    let copy = |from: &str, to: &str| {
        fs::copy(workshop.path(from), workshop.path(to)).expect("it can be copied");
    };
    copy("patched/lib/liba.so", "patched/only-a/liba.so");
    copy("patched/lib/liba.so", "patched/lib64/liba.so");
    copy("patched/lib/libb.so", "patched/lib64/libb.so");
    copy("patched/lib/liba.so", "patched/x86_64/liba.so");
    copy("patched/lib/libb.so", "patched/x86_64/libb.so");
    workshop.write(
        "patched/text/liba.so",
        b"no library, and longer than any header of one that there could be here\n",
        0o755,
    );
    // For another architecture: the loader goes on.
    workshop.changed("patched/lib/liba.so", "patched/wrong/liba.so", |content| content[18] = 0xf3);
    // liba finds libb by its own path.
    let run_path = ["--set-rpath", "$ORIGIN/../lib", "patched/own/liba.so"];
    copy("patched/lib/liba.so", "patched/own/liba.so");
    workshop.tool(Command::new("patchelf").args(run_path));
    let app = ["--set-rpath", "$ORIGIN/own", "--output", "patched/own-path", BASE];
    workshop.tool(Command::new("patchelf").args(app));
}

fn interpreter(workshop: &Workshop) -> String {
    let mut command = Command::new("patchelf");
    let output = command.arg("--print-interpreter").arg(workshop.folder().join(Path::new(BASE))).output();
    String::from_utf8(output.expect("patchelf").stdout).expect("text").trim().to_owned()
}
