//! Images that lack files of a system. The Dockerfile is followed as far as it
//! goes: its RUN lines by a shell and a real Go, its COPY lines by cp, and the
//! program is started in a root that holds what was copied and no more.

use crate::Case;
use crate::authority::{Authority, Kind};
use crate::machine::{Machine, Shell};
use crate::proof::findings;
use crate::tls::TlsFront;
use crate::tools::{BASH, BWRAP, MIDDLE, NEW, OPENSSL};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "dockerfile-no-certs in scratch", needs: &[BASH, BWRAP, OPENSSL, NEW], run: certificates },
        Case { name: "dockerfile-no-certs: no time zones", needs: &[BASH, BWRAP, MIDDLE], run: zones },
    ]
}

const ID: &str = "dockerfile-no-certs";

/// Builds the image below ~/image and starts its program. ~/golang stands for
/// the root of the image that builds.
const BUILD_AND_START: &str = "rm -rf ~/image; mkdir -p ~/image/proc; sed -n 's/^RUN //p' Dockerfile | sh -e && \
     sed -n 's/^COPY --from=build //p' Dockerfile | while read -r from to; do \
       case $from in /*) from=~/golang$from;; esac; mkdir -p ~/image${to%/*}/; cp $from ~/image$to; \
     done && bwrap --unshare-user --bind ~/image / --proc /proc /app";

const DOCKERFILE: &str = "FROM golang:1.27 AS build\nCOPY . .\nRUN CGO_ENABLED=0 go build -o out/app .\nFROM scratch\nCOPY --from=build out/app /app\n";

/// What the one finding says to write.
fn advice(machine: &Machine) -> String {
    let found = findings(machine, ID);
    assert_eq!(found.len(), 1, "{found:#?}");
    found[0]["fixes"][0]["steps"][0]["target"].as_str().expect("a line to write").to_owned()
}

fn certificates() {
    let authority = Authority::new("Of the Internet");
    let server = TlsFront::start(&authority.issue("lab.example", Kind::Good), 1);
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write(
        "shop/main.go",
        format!(
            "package main\n\nimport \"crypto/tls\"\n\nfunc main() {{\n\t_, err := tls.Dial(\"tcp\", \"127.0.0.1:{}\", &tls.Config{{ServerName: \"lab.example\"}})\n\tif err != nil {{\n\t\tpanic(err)\n\t}}\n}}\n",
            server.port()
        ),
    );
    let bundle = std::fs::read(authority.certificate()).expect("it was made");
    machine.write("golang/etc/ssl/certs/ca-certificates.crt", bundle);
    machine.write("shop/Dockerfile", DOCKERFILE);
    machine
        .terminal(BUILD_AND_START)
        .fails_with("tls: failed to verify certificate: x509: certificate signed by unknown authority");
    let line = advice(&machine);
    machine.write("shop/Dockerfile", format!("{DOCKERFILE}{line}\n"));
    machine.terminal(BUILD_AND_START).works();
    assert_eq!(findings(&machine, ID).len(), 0);
}

fn zones() {
    let machine = Machine::with_go(Shell::Bash, "1.24.11");
    machine.write(
        "shop/main.go",
        "package main\n\nimport \"time\"\n\nfunc main() {\n\tif _, err := time.LoadLocation(\"Europe/Berlin\"); err != nil {\n\t\tpanic(err)\n\t}\n}\n",
    );
    machine.write("shop/Dockerfile", DOCKERFILE);
    machine.terminal(BUILD_AND_START).fails_with("unknown time zone Europe/Berlin");
    let flag = advice(&machine);
    machine.write("shop/Dockerfile", DOCKERFILE.replace("go build", &format!("go build {flag}")));
    machine.terminal(BUILD_AND_START).works();
    assert_eq!(findings(&machine, ID).len(), 0);
}
