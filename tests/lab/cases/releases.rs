//! Files that build releases, followed by a real make and a real Go.

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::findings;
use crate::tools::{BASH, GCC, MAKE, MIDDLE, NEW};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "release-config-cgo of a Makefile", needs: &[BASH, GCC, MAKE, NEW], run: makefile },
        Case { name: "release-config-cgo of goreleaser", needs: &[BASH, GCC, MIDDLE], run: goreleaser },
    ]
}

const ID: &str = "release-config-cgo";

/// The processor that the lab does not run on.
const OTHER: &str = if cfg!(target_arch = "x86_64") { "arm64" } else { "amd64" };

fn makefile() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write("shop/main.go", "package main\n\nimport \"net\"\n\nfunc main() { println(net.ParseIP(\"::1\")) }\n");
    let text = |cgo: &str| {
        format!("GO := go\n\nrelease:\n\tGOOS=linux GOARCH={OTHER} \\\n\t  {cgo} $(GO) build -o out/shop .\n")
    };
    machine.write("shop/Makefile", text("CGO_ENABLED=1"));
    machine.terminal("make release").fails_with("runtime/cgo");
    let found = findings(&machine, ID);
    assert_eq!(found.len(), 1, "{found:#?}");
    let advice = found[0]["fixes"][0]["steps"][0]["target"].as_str().expect("what to write").to_owned();
    machine.write("shop/Makefile", text(&advice));
    machine.terminal("make release").works();
    assert_eq!(findings(&machine, ID).len(), 0);
}

/// What GoReleaser does for each platform: go build with the variables of the
/// build. GoReleaser itself is not here.
fn goreleaser() {
    let machine = Machine::with_go(Shell::Bash, "1.24.11");
    machine.write(
        "shop/fast.go",
        "package main\n\n// static int one(void) { return 1; }\nimport \"C\"\n\nvar one = C.one()\n",
    );
    let text = |architectures: &str| {
        format!("builds:\n  - env:\n      - CGO_ENABLED=1\n    goos: [linux]\n    goarch: [{architectures}]\n")
    };
    let own = if OTHER == "arm64" { "amd64" } else { "arm64" };
    let build = "for a in $(sed -n 's/.*goarch: .\\(.*\\)./\\1/p' .goreleaser.yaml | tr -d ,); do \
                 CGO_ENABLED=1 GOOS=linux GOARCH=$a go build -o out/shop . || exit 1; done";
    machine.write("shop/.goreleaser.yaml", text(&format!("{own}, {OTHER}")));
    machine.terminal(build).fails_with("runtime/cgo");
    let found = findings(&machine, ID);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0]["summary"].to_string().contains(&format!("linux/{OTHER}")), "{found:#?}");
    machine.write("shop/.goreleaser.yaml", text(own));
    machine.terminal(build).works();
    assert_eq!(findings(&machine, ID).len(), 0);
}
