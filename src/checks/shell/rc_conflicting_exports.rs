//! Two lines of start files set one Go variable to different values.

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Outcome, Severity, mask};
use crate::probes::shell::{Contexts, PathEntries, RcFiles, Writer};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "rc-conflicting-exports",
    layer: Layer::Shell,
    title: "Start files agree on Go's variables",
    impact: "A line of a start file has no effect",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("shell/rc-conflicting-exports"),
    rule: rule!(judge(Contexts, RcFiles)),
};

/// Variables with one value that people set in start files. PATH and its like
/// grow line by line.
const VARIABLES: [&str; 13] = [
    "GOROOT",
    "GOPATH",
    "GOBIN",
    "GOPROXY",
    "GOPRIVATE",
    "GOSUMDB",
    "GOFLAGS",
    "GOTOOLCHAIN",
    "GOMODCACHE",
    "GOCACHE",
    "GOENV",
    "GO111MODULE",
    "CGO_ENABLED",
];

fn judge(shells: &Contexts, rc: &RcFiles) -> Outcome {
    shells.outcome(VARIABLES.iter().filter_map(|name| finding(name, shells, rc)).collect())
}

fn finding(name: &str, shells: &Contexts, rc: &RcFiles) -> Option<Finding> {
    let lines: Vec<Writer> = rc.writers(name).into_iter().filter(|line| is_plain(line, name)).collect();
    let (contexts, value) = winner(name, shells, &lines)?;
    let (wins, loses): (Vec<&Writer>, Vec<&Writer>) = lines
        .iter()
        .filter(|line| contexts.iter().any(|context| line.contexts.contains(context)))
        .partition(|line| line.value.as_deref() == Some(value));
    let (won, lost) = (*wins.last()?, *loses.first()?);
    let seen = contexts.iter().map(|context| Evidence::new(format!("{name} of {}", context.title()), mask(value)));
    Some(
        Finding::new(
            name,
            Severity::Warning,
            format!("{} and {} set {name} to different values", lost.place(), won.place()),
        )
        .seen_in(contexts.iter().copied())
        .about(name)
        .detail(format!(
            "{} wins in {}. The other line has no effect there, and a change of it will have none.",
            won.place(),
            remedy::contexts_title(&contexts)
        ))
        .evidences(loses.iter().map(|line| line.evidence()))
        .evidence(won.evidence())
        .evidences(seen)
        .fixes(choices(name, won, lost)),
    )
}

/// The value that holds, with the fresh shells that come to a line which says
/// something else too.
fn winner<'a>(name: &str, shells: &'a Contexts, lines: &[Writer]) -> Option<(Vec<Context>, &'a str)> {
    let hit = PathEntries::FRESH.into_iter().filter_map(|context| {
        let value = shells.get(context).ok()?.get(name)?;
        let here = || lines.iter().filter(|line| line.contexts.contains(&context));
        let says = |line: &Writer| line.value.as_deref() == Some(value);
        (here().any(says) && here().any(|line| !says(line))).then_some((context, value))
    });
    let hit: Vec<(Context, &str)> = hit.collect();
    let value = hit.first()?.1;
    Some((hit.into_iter().filter(|(_, other)| *other == value).map(|(context, _)| context).collect(), value))
}

/// True for a line that sets it in any case, to what can be told: of lines in
/// a block only one may be meant for this machine.
fn is_plain(line: &Writer, name: &str) -> bool {
    let text = line.text.as_str();
    let conditional =
        text.starts_with([' ', '\t']) || ["&&", "||", " if ", "; then"].iter().any(|word| text.contains(word));
    let grows = text.contains(&format!("${name}")) || text.contains(&format!("${{{name}"));
    line.own && line.value.is_some() && !conditional && !grows
}

/// Which of the two is meant only the user knows.
fn choices(name: &str, won: &Writer, lost: &Writer) -> [Fix; 2] {
    let one = |gone: &Writer, kept: &Writer| {
        remedy::reviewed(remedy::comment_out(gone, &format!("{} sets {name} too", kept.place())))
    };
    [one(lost, won), one(won, lost)]
}
