//! Programs and libraries of C, by every way of linking and many options.

use std::process::Command;

use super::{Workshop, each};

const SOURCE: &str = "int puts(const char *);\nint main(void) { char text[64] = \"hello\"; return puts(text) < 0; }\n";
const LIBRARY: &str =
    "int puts(const char *);\nint hello(void) { char text[64] = \"hello\"; return puts(text) < 0; }\n";

/// How it is linked: a name, its arguments, and whether it is a program.
const GNU: [(&str, &[&str]); 6] = [
    ("pie", &[]),
    ("fixed", &["-no-pie"]),
    ("static", &["-static"]),
    ("static-pie", &["-static-pie"]),
    ("library", &["-shared", "-fPIC"]),
    ("object", &["-c"]),
];
const MUSL: [(&str, &[&str]); 3] =
    [("musl", &[]), ("musl-static", &["-static"]), ("musl-static-pie", &["-static-pie", "-fPIE"])];

const OPTIONS: [(&str, &[&str]); 11] = [
    ("plain", &[]),
    ("stripped", &["-s"]),
    ("debug", &["-g"]),
    ("now", &["-Wl,-z,now"]),
    ("lazy", &["-Wl,-z,lazy"]),
    ("norelro", &["-Wl,-z,norelro"]),
    ("execstack", &["-z", "execstack"]),
    ("guarded", &["-fstack-protector-all"]),
    ("without-id", &["-Wl,--build-id=none"]),
    ("md5-id", &["-Wl,--build-id=md5"]),
    ("compressed", &["-g", "-gz"]),
];

pub(super) fn make(workshop: &Workshop) {
    workshop.write("c/main.c", SOURCE.as_bytes(), 0o644);
    workshop.write("c/library.c", LIBRARY.as_bytes(), 0o644);
    let mut all = Vec::new();
    for (compiler, kinds) in [("gcc", &GNU[..]), ("musl-gcc", &MUSL)] {
        for (kind, linked) in kinds {
            all.extend(OPTIONS.iter().map(|(name, options)| (compiler, *kind, *linked, *name, *options)));
        }
    }
    each(&all, |(compiler, kind, linked, name, options)| {
        let source = if matches!(*kind, "library" | "object") { "c/library.c" } else { "c/main.c" };
        let mut command = Command::new(compiler);
        command.args(*linked).args(*options).args(["-o", &format!("c/{kind}-{name}"), source]);
        workshop.tool(&mut command);
    });
}
