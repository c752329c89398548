use super::{Done, Model, Show};
use crate::checks::Check;
use crate::model::{Branch, CheckReport, Finding, Status, forest};

/// What a row is about; it stays the same while rows around it come and go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::tui) enum RowId {
    /// The finding of this check with this key.
    Finding(&'static str, String),
    /// This check.
    Check(&'static str),
    /// The fix with this journal entry.
    Done(String),
}

/// One line of the list.
#[derive(Debug)]
pub(in crate::tui) enum Row<'a> {
    /// The title of the rows that follow, and how many they are.
    Heading(&'static str, usize),
    /// A finding, with the lines of the tree that lead to it.
    Finding {
        /// The check that found it.
        check: &'a CheckReport,
        /// The finding.
        finding: &'a Finding,
        /// `  ├ `, `  └ `, …; empty for a finding without a cause.
        tree: String,
    },
    /// A check without a finding.
    Outcome(&'a CheckReport),
    /// A check that has not settled.
    Pending(&'static Check),
    /// A finding that was fixed.
    Done(&'a Done),
}

impl Row<'_> {
    /// What it is about; None for a heading, which can't be selected.
    pub(in crate::tui) fn id(&self) -> Option<RowId> {
        match self {
            Row::Heading(..) => None,
            Row::Finding { check, finding, .. } => Some(RowId::Finding(check.id, finding.key.clone())),
            Row::Outcome(report) => Some(RowId::Check(report.id)),
            Row::Pending(check) => Some(RowId::Check(check.id)),
            Row::Done(done) => Some(RowId::Done(done.entry.clone())),
        }
    }
}

/// The rows that the filter lets through.
pub(in crate::tui) fn rows(model: &Model) -> Vec<Row<'_>> {
    let filter = Filter::new(model);
    let mut rows = Vec::new();
    findings(&filter, &forest(model.runs.reports()), &mut Vec::new(), &mut rows);
    let outcomes = |status: Status| {
        let reports = model.runs.reports().iter().filter(move |report| report.status == status);
        reports.filter(|report| filter.lets_check(report)).map(Row::Outcome).collect()
    };
    section("Could not tell", outcomes(Status::Unknown), &mut rows);
    if model.list.show == Show::All {
        let pending = model.checks.iter().filter(|check| model.runs.report(check.id).is_none());
        section(
            "Pending",
            pending.filter(|check| filter.lets_pending(check)).map(|check| Row::Pending(check)).collect(),
            &mut rows,
        );
        section("Passed", outcomes(Status::Passed), &mut rows);
        section("Does not apply here", outcomes(Status::Skipped), &mut rows);
    }
    let gone = model
        .session
        .done
        .iter()
        .filter(|done| !model.runs.has(done.check, &done.finding.key) && filter.lets_done(done));
    section("Fixed in this session", gone.map(Row::Done).collect(), &mut rows);
    rows
}

fn section<'a>(title: &'static str, members: Vec<Row<'a>>, rows: &mut Vec<Row<'a>>) {
    if !members.is_empty() {
        rows.push(Row::Heading(title, members.len()));
        rows.extend(members);
    }
}

/// Adds branches with their effects. `more` tells for each level above
/// whether another branch follows there.
fn findings<'a>(filter: &Filter<'_>, branches: &[Branch<'a>], more: &mut Vec<bool>, rows: &mut Vec<Row<'a>>) {
    let shown: Vec<&Branch<'a>> = branches.iter().filter(|branch| filter.lets_branch(branch)).collect();
    for (at, branch) in shown.iter().enumerate() {
        let last = at + 1 == shown.len();
        rows.push(Row::Finding { check: branch.check, finding: branch.finding, tree: tree(more, last) });
        more.push(!last);
        findings(filter, &branch.effects, more, rows);
        more.pop();
    }
}

/// Levels of the tree that are drawn; deeper ones look like the deepest.
const DEEPEST: usize = 4;

fn tree(more: &[bool], last: bool) -> String {
    let Some((_, above)) = more.split_first() else { return String::new() };
    let mut tree: String = above.iter().take(DEEPEST).map(|more| if *more { "│ " } else { "  " }).collect();
    tree.push_str(if last { "└ " } else { "├ " });
    tree
}

/// What the list lets through.
struct Filter<'a> {
    model: &'a Model,
    query: String,
}

impl<'a> Filter<'a> {
    fn new(model: &'a Model) -> Self {
        Filter { model, query: model.list.query.to_lowercase() }
    }

    /// A cause stays with an effect that is let through.
    fn lets_branch(&self, branch: &Branch<'_>) -> bool {
        self.lets_layer(branch.check.layer) && self.lets_finding(branch.check, branch.finding)
            || branch.effects.iter().any(|effect| self.lets_branch(effect))
    }

    fn lets_finding(&self, check: &CheckReport, finding: &Finding) -> bool {
        let evidence = finding.evidence.iter().flat_map(|evidence| [&evidence.source, &evidence.observed]);
        self.matches([check.id, check.title, &finding.summary].into_iter().chain(evidence.map(String::as_str)))
    }

    fn lets_check(&self, check: &CheckReport) -> bool {
        self.lets_layer(check.layer) && self.matches([check.id, check.title].into_iter().chain(check.reason.as_deref()))
    }

    fn lets_pending(&self, check: &Check) -> bool {
        self.lets_layer(check.layer) && self.matches([check.id, check.title].into_iter())
    }

    fn lets_done(&self, done: &Done) -> bool {
        self.model.check(done.check).is_none_or(|check| self.lets_layer(check.layer))
            && self.matches([done.check, &done.finding.summary, &done.title].into_iter())
    }

    fn lets_layer(&self, layer: crate::model::Layer) -> bool {
        self.model.list.layer.is_none_or(|only| only == layer)
    }

    fn matches<'t>(&self, mut texts: impl Iterator<Item = &'t str>) -> bool {
        self.query.is_empty() || texts.any(|text| text.to_lowercase().contains(&self.query))
    }
}
