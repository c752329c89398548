//! A workstation by hand: checks without rules, and the events of runs.

use std::time::Duration;

use gomedic::checks::{Check, Rule};
use gomedic::model::{
    Cause, CheckReport, Class, Context, Event, Evidence, Finding, Fix, GoLevel, GoOrigin, HostSummary, Inverse, Layer,
    Missing, Outcome, Preview, Privilege, ProbeStatus, Reason, Severity, Step, Trace, TraceRow, TraceWriter,
};
use gomedic::tui::{Entry, EntryState};

use crate::support::screen::stage::Stage;

const PAGE: &str = "\
# Two Go installations, one GOROOT

GOROOT says where Go's own tools and standard library lie. Here it points into
one Go installation, while the `go` command that runs belongs to *another* one.

## What happens

```
compile: version \"go1.20.14\" does not match go tool version \"go1.26.6\"
```

- Every package fails, **also** those of the standard library.
- `go version` still looks right.
  1. It never starts the compiler.
  2. gopls shows no packages.

See [the release notes](https://go.dev/doc/go1.9).
";

const fn check(id: &'static str, layer: Layer, title: &'static str, impact: &'static str) -> Check {
    Check {
        id,
        layer,
        title,
        impact,
        severity: Severity::Error,
        class: Some(Class::Safe),
        causes: &[],
        page: PAGE,
        rule: Rule { needs: &[], judge: |_| Outcome::Passed },
    }
}

static CHECKS: [Check; 20] = [
    check("tmp-noexec", Layer::System, "Programs can run from the temporary folder", "go run fails here"),
    check("disk-full", Layer::System, "Room for the build cache", "Go cannot build here"),
    check("git-missing", Layer::System, "git is installed", "Modules cannot be fetched here"),
    check("go-not-on-path", Layer::Shell, "go is on PATH", "Nobody finds Go here"),
    check("gobin-not-on-path", Layer::Shell, "Installed Go programs are on PATH", "Programs are not found here"),
    check("rc-syntax-error", Layer::Shell, "The rc files can be parsed", "The shell is broken here"),
    check("goroot-env-mismatch", Layer::Go, "GOROOT belongs to the Go that runs", "Go cannot build here"),
    check("goroot-dangling", Layer::Go, "GOROOT names a Go", "Go cannot start here"),
    check("env-file-shadowed", Layer::Go, "Go's settings are not shadowed", "Settings do nothing here"),
    check("cache-not-writable", Layer::Modules, "Go can write to its caches", "Go cannot build here"),
    check("goproxy-malformed", Layer::Modules, "GOPROXY can be read", "Modules cannot be fetched here"),
    check("proxy-dead", Layer::Network, "The proxy answers", "Nothing can be downloaded here"),
    check("goproxy-unreachable", Layer::Network, "The module proxy answers", "Modules cannot be fetched here"),
    check("clock-skew", Layer::Network, "The clock is right", "Downloads fail here"),
    check("gopls-stale", Layer::Editor, "gopls is new enough", "The editor shows no packages here"),
    check("ptrace-attach-denied", Layer::Editor, "Delve can attach", "Attaching fails here"),
    check("cgo-no-compiler", Layer::Build, "A C compiler for cgo", "cgo packages cannot be built here"),
    check("cc-invalid", Layer::Build, "CC names a compiler", "cgo packages cannot be built here"),
    check("vendor-inconsistent", Layer::Project, "vendor agrees with go.mod", "The project cannot be built here"),
    check(
        "go-too-old-for-module",
        Layer::Project,
        "Go is new enough for the project",
        "The project cannot be built here",
    ),
];

pub fn checks() -> Vec<&'static Check> {
    CHECKS.iter().collect()
}

fn ids() -> Vec<&'static str> {
    CHECKS.iter().map(|check| check.id).collect()
}

pub fn host() -> HostSummary {
    HostSummary {
        os: "linux".into(),
        arch: "x86_64".into(),
        distro: Some("Ubuntu 24.04".into()),
        kernel: Some("6.8.0".into()),
        wsl: Some("WSL 2".into()),
        wsl_evidence: Vec::new(),
        windows: None,
        go: Some("go1.26.6".into()),
        shell: Some("zsh".into()),
        folder: Some("~/src/shop".into()),
        recorded: None,
    }
}

pub fn report(id: &str, outcome: impl Into<Outcome>) -> CheckReport {
    let check = CHECKS.iter().find(|check| check.id == id).expect("a check of the fixture");
    CheckReport::new((check.id, check.layer, check.title, check.impact), outcome.into(), 1)
}

pub fn settled(id: &str, outcome: impl Into<Outcome>) -> Event {
    Event::CheckSettled(report(id, outcome))
}

pub fn started() -> Event {
    Event::Started { host: host(), checks: ids() }
}

pub fn finished() -> Event {
    Event::Finished { took: Duration::from_millis(212), timings: Vec::new() }
}

const DIFF: &str = "\
--- ~/.bashrc
+++ ~/.bashrc
@@ -10,4 +10,4 @@
 alias ll='ls -l'
 
-export GOROOT=/opt/go1.20
+# export GOROOT=/opt/go1.20  # gomedic: belongs to another Go
 export EDITOR=vim
";

pub fn goroot() -> Finding {
    let mut comment = Fix::new(
        "Comment out the GOROOT line",
        Class::Safe,
        vec![Step::EditFile { path: "/home/kim/.bashrc".into(), edits: Vec::new() }],
    )
    .awaits("a new shell");
    comment.preview = vec![Preview {
        kind: "edit-file",
        target: "~/.bashrc".into(),
        diff: Some(DIFF.into()),
        sudo: Vec::new(),
        refused: None,
    }];
    let by_hand = Fix::manual("Unset it in this shell only", "In the shell that has it:", Some("unset GOROOT".into()));
    Finding::new("session:/opt/go1.20", Severity::Error, "GOROOT belongs to another Go")
        .detail("GOROOT is set to /opt/go1.20, but the go that runs is /usr/local/go, 1.26.6. Every build fails.")
        .about("GOROOT")
        .seen_in([Context::Interactive, Context::Login])
        .evidence(Evidence::new("~/.bashrc:12", "export GOROOT=/opt/go1.20").expected("no GOROOT"))
        .evidence(Evidence::new("/opt/go1.20/VERSION", "go1.20.14"))
        .fix(comment)
        .fix(by_hand)
}

pub fn git_missing() -> Finding {
    let argv = ["apt-get", "install", "--yes", "git"].map(str::to_owned).to_vec();
    let inverse = Inverse::Argv(["apt-get", "remove", "--yes", "git"].map(str::to_owned).to_vec());
    let install = Step::Run { argv, privilege: Privilege::Root, inverse };
    Finding::new("git", Severity::Warning, "git is missing, and modules are fetched with it")
        .evidence(Evidence::new("PATH of this session", "no git in any of its 9 folders"))
        .fix(Fix::new("Install git", Class::Root, vec![install]))
}

pub fn by_hand() -> Finding {
    Finding::new("gopls", Severity::Warning, "gopls was built with Go 1.21, older than the project's 1.26")
        .evidence(Evidence::new("~/go/bin/gopls", "built with go1.21.13"))
        .fix(Fix::manual(
            "Build gopls anew",
            "With the Go that the project uses:",
            Some("go install golang.org/x/tools/gopls@latest".into()),
        ))
}

/// What a dozen faults look like, cause and effects among them.
pub fn broken() -> Vec<Event> {
    let caused_by = |mut finding: Finding, id: &str, key: &str| {
        finding.caused_by = Some(Cause { id: id.into(), key: key.into() });
        finding
    };
    let proxy = Finding::new("p", Severity::Error, "Nothing answers at the proxy 127.0.0.1:7890")
        .evidence(Evidence::new("~/.zshrc:3", "export HTTPS_PROXY=http://127.0.0.1:7890"))
        .fix(Fix::new("Comment out the proxy line", Class::Review, vec![]));
    let unreachable = Finding::new("u", Severity::Error, "proxy.golang.org cannot be reached")
        .evidence(Evidence::new("GET https://proxy.golang.org/", "connection refused"));
    let clock = Finding::new("c", Severity::Warning, "The clock is 93 s ahead")
        .evidence(Evidence::new("HTTP Date", "93 s behind this clock"));
    let gobin = Finding::new("b", Severity::Warning, "~/go/bin holds programs and is not on PATH")
        .evidence(Evidence::new("~/go/bin", "gopls, dlv, staticcheck"));
    let attach = Finding::new("a", Severity::Info, "Delve can start programs, and cannot attach to running ones")
        .evidence(Evidence::new("/proc/sys/kernel/yama/ptrace_scope", "1"));
    let mut events = vec![
        settled("goroot-env-mismatch", goroot()),
        settled("gopls-stale", caused_by(by_hand(), "goroot-env-mismatch", "session:/opt/go1.20")),
        settled("proxy-dead", proxy),
        settled("goproxy-unreachable", caused_by(unreachable, "proxy-dead", "p")),
        settled("clock-skew", caused_by(clock, "proxy-dead", "p")),
        settled("gobin-not-on-path", gobin),
        settled("git-missing", git_missing()),
        settled("ptrace-attach-denied", attach),
        settled("cgo-no-compiler", Missing::new(Reason::TimedOut, "gcc did not answer within 5 s")),
        settled("vendor-inconsistent", Outcome::skipped("the project has no vendor folder")),
    ];
    let told: Vec<&str> = events.iter().map(id_of).collect();
    let rest: Vec<Event> =
        ids().into_iter().filter(|id| !told.contains(id)).map(|id| settled(id, Outcome::Passed)).collect();
    events.extend(rest);
    events
}

fn id_of(event: &Event) -> &str {
    match event {
        Event::CheckSettled(report) => report.id,
        _ => "",
    }
}

/// A dashboard over the broken workstation, all checks settled.
pub fn stage(theme: &str, size: (u16, u16)) -> Stage {
    let mut stage = Stage::new(theme, size, checks());
    stage.event(started());
    for event in broken() {
        stage.event(event);
    }
    stage.event(finished());
    stage
}

/// A dashboard over a healthy workstation.
pub fn healthy(theme: &str, size: (u16, u16)) -> Stage {
    let mut stage = Stage::new(theme, size, checks());
    stage.event(started());
    for id in ids() {
        stage.event(settled(id, Outcome::Passed));
    }
    stage.event(finished());
    stage
}

/// A dashboard whose run waits for one probe.
pub fn hung(theme: &str, size: (u16, u16)) -> Stage {
    let mut stage = Stage::new(theme, size, checks());
    stage.event(started()).at(20);
    stage.event(Event::ProbeStarted { probe: "shell-start" });
    stage.event(Event::ProbeStarted { probe: "installations" }).at(60);
    let (probe, took) = ("installations", Duration::from_millis(40));
    stage.event(Event::ProbeSettled { probe, status: ProbeStatus::Known, took });
    for event in broken().into_iter().skip(6).take(8) {
        stage.event(event);
    }
    stage.at(1220);
    stage
}

pub fn trace() -> Trace {
    let writer = |source: &str, value: &str, wins| TraceWriter {
        source: source.to_owned(),
        text: format!("export GOROOT={value}"),
        value: Some(value.to_owned()),
        wins,
    };
    let both = || vec![writer("~/.profile:3", "/usr/local/go", false), writer("~/.bashrc:12", "/opt/go1.20", true)];
    let row = |context, value, writers, differs| TraceRow { context, value, certain: true, writers, differs };
    let level = |origin, source: &str, value: Option<&str>, wins| GoLevel {
        origin,
        source: source.to_owned(),
        value: value.map(str::to_owned),
        wins,
    };
    Trace {
        rows: vec![
            row(Context::Session, Ok(None), Vec::new(), true),
            row(Context::Interactive, Ok(Some("/opt/go1.20".into())), both(), false),
            row(Context::Login, Ok(Some("/opt/go1.20".into())), both(), false),
            row(Context::Editor, Err(Missing::absent("no editor server runs")), Vec::new(), false),
        ],
        go_context: Some(Context::Interactive),
        go: vec![
            level(GoOrigin::Os, "environment", Some("/opt/go1.20"), true),
            level(GoOrigin::File, "~/.config/go/env", None, false),
            level(GoOrigin::Goroot, "/opt/go1.20/go.env", None, false),
            level(GoOrigin::Default, "Go's default", Some("/usr/local/go"), false),
        ],
        ..Trace::empty("GOROOT")
    }
}

pub fn entry(id: &str, state: EntryState) -> Entry {
    Entry {
        id: id.into(),
        when: "2026-11-21 09:04".into(),
        title: "Comment out the GOROOT line".into(),
        check: "goroot-env-mismatch".into(),
        state,
        privilege: Privilege::User,
    }
}
