//! Files of the project say that they were changed in the future.

use jiff::{SignedDuration, Timestamp};

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity, Step, text};
use crate::probes::project::{FutureFile, FutureFiles, LocalClock, ProjectRoot};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "future-mtime",
    layer: Layer::Project,
    title: "No file of the project comes from the future",
    impact: "Tests and make run too often",
    severity: Severity::Warning,
    class: Some(Class::Safe),
    causes: &["clock-skew"],
    page: page!("project/future-mtime"),
    rule: rule!(judge(FutureFiles)),
};

/// How many files are shown.
const SHOWN: usize = 6;

/// How many files are given another time one by one, with their old times in
/// the journal.
const STEP_LIMIT: usize = 200;

fn judge(found: &FutureFiles) -> Outcome {
    let Some(root) = &found.root else {
        return Outcome::skipped("this folder is in no module and no repository of its own");
    };
    match (found.files.as_slice(), &found.problem) {
        ([], Some(missing)) => missing.clone().into(),
        ([], None) => Outcome::Passed,
        ([first, ..], _) => finding(root, first, found).into(),
    }
}

fn finding(root: &ProjectRoot, first: &FutureFile, found: &FutureFiles) -> Finding {
    let summary = match found.files.len() {
        1 => format!("{} was changed in the future: {}", first.name, to_the_second(first.modified)),
        n => format!("{n} files of {} were changed in the future", root.name),
    };
    let now = format!("not after {}", to_the_second(found.now));
    let evidence = found.files.iter().take(SHOWN).map(|file| {
        Evidence::new(&file.name, format!("changed {}", to_the_second(file.modified))).expected(now.as_str())
    });
    let more = found.files.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| Evidence::new(&root.name, format!("{} more", text::count(more, "file"))));
    let finding = Finding::new(&root.name, Severity::Warning, summary).evidences(evidence).evidences(more);
    match found.clock {
        LocalClock::Behind => finding
            .detail("It is the clock of this machine that is behind. Once it is right, so are these files.")
            .explained_by(&["clock-skew"]),
        LocalClock::Trusted => finding
            .detail(
                "A test that reads such a file is run anew each time, as Go says under GODEBUG=gocachetest=1: file used as input is too new. make takes what it builds from it for old each time, and warns: Clock skew detected. Your build may be incomplete.",
            )
            .explained_by(&[])
            .fix(repair(root, found)),
    }
}

fn repair(root: &ProjectRoot, found: &FutureFiles) -> Fix {
    let title = match found.files.as_slice() {
        [one] => format!("Set the time of {} to a minute ago", one.name),
        many => format!("Set the times of these {} files to a minute ago", many.len()),
    };
    let is_ours = found.files.iter().all(|file| file.own && file.path.to_str().is_some());
    if !is_ours || found.files.len() > STEP_LIMIT {
        let folder = remedy::shell_word(&root.path.display().to_string());
        return Fix::manual(
            title,
            "It touches every file below that is newer than now; where they are another user's, put sudo before find.",
            Some(format!("find {folder} -type f -newermt now -exec touch {{}} +")),
        );
    }
    let modified = settled(found.now);
    let steps = found.files.iter().map(|file| Step::SetModified { path: file.path.clone(), modified });
    Fix::new(title, Class::Safe, steps.collect())
}

/// The last full minute but one: Go takes the last two seconds for too new,
/// and every file system keeps whole minutes.
fn settled(now: Timestamp) -> Timestamp {
    let minute = now.as_second().div_euclid(60) - 1;
    Timestamp::from_second(minute * 60).unwrap_or(now)
}

fn to_the_second(time: Timestamp) -> Timestamp {
    let fraction = SignedDuration::from_nanos(i64::from(time.subsec_nanosecond()));
    time.checked_sub(fraction).unwrap_or(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_new_time_is_a_whole_minute_that_is_over() {
        for (now, then) in [
            ("2026-11-21T10:15:02.5Z", "2026-11-21T10:14:00Z"),
            ("2026-11-21T10:15:00Z", "2026-11-21T10:14:00Z"),
            ("1969-12-31T23:59:30Z", "1969-12-31T23:58:00Z"),
        ] {
            let time = |text: &str| text.parse::<Timestamp>().unwrap();
            assert_eq!(settled(time(now)), time(then), "{now}");
        }
    }

    #[test]
    fn fractions_are_not_shown() {
        let time: Timestamp = "2033-05-18T03:33:20.123456789Z".parse().unwrap();
        assert_eq!(to_the_second(time).to_string(), "2033-05-18T03:33:20Z");
    }
}
