//! Dockerfiles. Their RUN lines are run as they stand, by a shell and a real
//! Go, and what they build is started in a root like that of their last image.

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::{Proof, findings};
use crate::tools::{BASH, BWRAP, GCC, MIDDLE, NEW, OLD};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "dockerfile-cgo-runtime of a server in scratch", needs: &[BASH, BWRAP, GCC, NEW], run: server },
        Case { name: "dockerfile-cgo-runtime of a pie program", needs: &[BASH, BWRAP, MIDDLE], run: pie },
        Case { name: "dockerfile-go-older in an old image", needs: &[BASH, OLD], run: older },
        Case { name: "dockerfile-target-args never handed on", needs: &[BASH, NEW], run: never_told },
    ]
}

/// What builds as the Dockerfile says.
const BUILD: &str = "sed -n 's/^RUN //p' Dockerfile | sh -e";

/// The same, then the program in a root that holds nothing else, as that of
/// scratch does. The program goes, so that what is left is as it was.
const BUILD_AND_START: &str = "sed -n 's/^RUN //p' Dockerfile | sh -e && chmod 755 out/app && \
     bwrap --unshare-user --bind out / --proc /proc /app; code=$?; rm -f out/app; (exit $code)";

fn server() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write(
        "shop/main.go",
        "package main\n\nimport \"net\"\n\nfunc main() { println(net.ParseIP(\"::1\").String()) }\n",
    );
    machine.write("shop/out/proc/note", "");
    machine.write(
        "shop/Dockerfile",
        "FROM golang:1.27 AS build\nCOPY . .\nRUN go build -o out/app .\nFROM scratch\nCOPY --from=build out/app /app\n",
    );
    let says = "No such file or directory";
    Proof { id: "dockerfile-cgo-runtime", command: BUILD_AND_START, says }.run(&machine);
}

fn pie() {
    let machine = Machine::with_go(Shell::Bash, "1.24.11");
    machine.write("shop/out/proc/note", "");
    machine.write(
        "shop/Dockerfile",
        "FROM golang:1.24 AS build\nCOPY . .\nRUN CGO_ENABLED=0 go build -buildmode=pie -o out/app .\nFROM scratch\nCOPY --from=build out/app /app\n",
    );
    machine.terminal(BUILD_AND_START).fails_with("No such file or directory");
    assert_eq!(findings(&machine, "dockerfile-cgo-runtime").len(), 1);
    machine.write(
        "shop/Dockerfile",
        "FROM golang:1.24 AS build\nCOPY . .\nRUN CGO_ENABLED=0 go build -o out/app .\nFROM scratch\nCOPY --from=build out/app /app\n",
    );
    machine.terminal(BUILD_AND_START).works();
    assert_eq!(findings(&machine, "dockerfile-cgo-runtime").len(), 0);
}

fn older() {
    let machine = Machine::with_go(Shell::Bash, "1.21.13");
    machine.write("shop/go.mod", "module example.com/shop\n\ngo 1.24.0\n");
    machine.write("shop/Dockerfile", "FROM golang:1.21\nCOPY . .\nRUN go build -o /dev/null .\n");
    // The golang images set it.
    let command = format!("export GOTOOLCHAIN=local; {BUILD}");
    machine.terminal(&command).fails_with("go: go.mod requires go >= 1.24.0 (running go 1.21.13; GOTOOLCHAIN=local)");
    assert_eq!(findings(&machine, "dockerfile-go-older").len(), 1);
    let newer = machine.add_go("1.24.11");
    machine.gomedic("fix dockerfile-go-older --offline --yes").works();
    assert_eq!(findings(&machine, "dockerfile-go-older").len(), 0);
    assert!(machine.terminal("head -1 Dockerfile").works().stdout.contains("golang:1.24"));
    machine.terminal(&format!("export PATH={}/bin:$PATH; {command}", newer.display())).works();
}

fn never_told() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    let dockerfile = |argument: &str, before: &str| {
        format!(
            "FROM --platform=$BUILDPLATFORM golang:1.27 AS build\n{argument}COPY . .\nRUN {before}go build -o out/app .\nFROM scratch\nCOPY --from=build out/app /app\n"
        )
    };
    // What BuildKit gives to a stage: the argument, where one is declared.
    let build = "if grep -q '^ARG TARGETARCH' Dockerfile; then export TARGETARCH=s390x; fi; \
                 sed -n 's/^RUN //p' Dockerfile | sh -e && go version -m out/app | grep GOARCH=s390x";
    machine.write("shop/Dockerfile", dockerfile("", ""));
    assert!(!machine.terminal(build).stdout.contains("s390x"));
    assert_eq!(findings(&machine, "dockerfile-target-args").len(), 1);
    machine.write("shop/Dockerfile", dockerfile("", "GOARCH=$TARGETARCH "));
    assert!(!machine.terminal(build).stdout.contains("s390x"));
    assert_eq!(findings(&machine, "dockerfile-target-args").len(), 1);
    machine.write("shop/Dockerfile", dockerfile("ARG TARGETARCH\n", "GOARCH=$TARGETARCH "));
    machine.terminal(build).works();
    assert_eq!(findings(&machine, "dockerfile-target-args").len(), 0);
}
