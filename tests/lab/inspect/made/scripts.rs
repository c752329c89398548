//! Texts with first lines of every kind.

use super::Workshop;

const LINES: [(&str, &str); 14] = [
    ("sh", "#!/bin/sh"),
    ("blank", "#! /bin/sh"),
    ("tab", "#!\t/bin/sh\t"),
    ("argument", "#!/bin/sh -e"),
    ("arguments", "#!/usr/bin/env -S sh -e"),
    ("env", "#!/usr/bin/env sh"),
    ("env-missing", "#!/usr/bin/env nowhere-to-be-found"),
    ("env-two", "#!/usr/bin/env sh -e"),
    ("missing", "#!/nowhere/sh"),
    ("carriage", "#!/bin/sh\r"),
    ("env-carriage", "#!/usr/bin/env sh\r"),
    ("none", "#!"),
    ("folder", "#!/usr"),
    ("text", "#!/etc/passwd"),
];

pub(super) fn make(workshop: &Workshop) {
    for (name, line) in LINES {
        workshop.write(&format!("scripts/{name}"), format!("{line}\nexit 0\n").as_bytes(), 0o755);
    }
    workshop.write("scripts/closed", b"#!/bin/sh\nexit 0\n", 0o644);
    let own = workshop.folder().join("scripts/sh").display().to_string();
    workshop.write("scripts/nested", format!("#!{own}\n").as_bytes(), 0o755);
}
