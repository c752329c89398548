use super::{Checked, Style, Writer, mark, platform, unmet};
use crate::model::inspect::Verdict;
use crate::model::text::{count, plain};

/// A line for each file, with the reason where it does not run; then how many
/// are of which verdict.
pub(super) fn write(out: &mut Writer, files: &[Checked]) {
    let column = files.iter().map(|file| plain(&file.inspection.path).chars().count()).max().unwrap_or(0).min(50);
    for checked in files {
        let inspection = &checked.inspection;
        let judgement = &inspection.judgement;
        let (sign, style) = mark(judgement.verdict);
        let sign = out.paint(style, sign);
        let path = out.paint(Style::Strong, &format!("{:<column$}", plain(&inspection.path)));
        let about = inspection.binary.as_ref().ok().map(|binary| {
            let format = Some(binary.format.title().to_owned());
            let go = binary.go.as_ref().map(|go| go.go_version.clone());
            let parts = [format, Some(platform(binary)), go];
            parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
        });
        out.line(&format!("{sign} {path}  {}", plain(&about.unwrap_or_default())));
        if !matches!(judgement.verdict, Verdict::Runs | Verdict::NotAProgram) || judgement.advice.is_some() {
            let text = out.paint(style, &judgement.sentence());
            out.line(&format!("    {text}"));
        }
        if let Some(advice) = &judgement.advice {
            let advice = out.paint(Style::Command, advice);
            out.line(&format!("    → {advice}"));
        }
        unmet(out, checked);
    }
    out.line("");
    out.line(&summary(files));
}

/// `12 files: 10 run here, 2 do not`.
fn summary(files: &[Checked]) -> String {
    let number = |verdict| files.iter().filter(|file| file.inspection.judgement.verdict == verdict).count();
    let parts = [
        (Verdict::Runs, "run here"),
        (Verdict::DoesNotRun, "do not run here"),
        (Verdict::Damaged, "damaged"),
        (Verdict::NotAProgram, "not programs"),
        (Verdict::Unknown, "unknown"),
    ];
    let counted = parts.into_iter().map(|(verdict, title)| (number(verdict), title)).filter(|(number, _)| *number > 0);
    let words: Vec<String> = counted.map(|(number, title)| format!("{number} {title}")).collect();
    format!("{}: {}", count(files.len(), "file"), words.join(", "))
}
