//! One variable or command as each context sees it, side by side.

use super::go::{SettingOrigin, Settings};
use super::shell::{Contexts, RcFiles};
use super::{Probing, lookup};
use crate::model::{Context, Missing, Trace, TraceRow};

/// What each context makes of `name`: a Go setting with its origin, another
/// variable with the line that set it, or a command with the file that runs.
///
/// Names in capitals are variables; all others are commands.
#[must_use]
pub fn trace(probing: &Probing, name: &str) -> Trace {
    let rows = match probing.get::<Contexts>() {
        Ok(contexts) => {
            Context::UNIX.into_iter().filter_map(|context| row(probing, &contexts, context, name)).collect()
        }
        Err(missing) => vec![TraceRow { context: Context::Session, value: Err(missing), source: None, differs: false }],
    };
    let mut trace = Trace { name: name.to_owned(), rows };
    mark_differences(&mut trace.rows);
    trace
}

/// A context that does not exist here, such as an editor that does not run,
/// has no row.
fn row(probing: &Probing, contexts: &Contexts, context: Context, name: &str) -> Option<TraceRow> {
    let environment = match contexts.get(context) {
        Ok(environment) => environment,
        Err(missing) if missing.is_absent() => return None,
        Err(missing) => {
            return Some(TraceRow { context, value: Err(missing.clone()), source: None, differs: false });
        }
    };
    let (value, source) = if is_variable(name) {
        variable(probing, context, name, environment.get(name))
    } else {
        (Ok(lookup(probing.host(), name, environment).map(|path| path.display().to_string())), None)
    };
    Some(TraceRow { context, value, source, differs: false })
}

fn is_variable(name: &str) -> bool {
    name.eq_ignore_ascii_case("http_proxy")
        || name.ends_with("_proxy")
        || name.bytes().any(|byte| byte.is_ascii_uppercase())
}

type Value = (Result<Option<String>, Missing>, Option<String>);

fn variable(probing: &Probing, context: Context, name: &str, value: Option<&str>) -> Value {
    let setting = name
        .starts_with("GO")
        .then(|| probing.get::<Settings>().ok()?.view(context)?.get(name))
        .flatten()
        .filter(|setting| setting.origin != SettingOrigin::Environment);
    if let Some(setting) = setting {
        let source = match &setting.origin {
            SettingOrigin::File { name, line, .. } | SettingOrigin::Goroot { name, line } => {
                Some(format!("{name}:{line}"))
            }
            SettingOrigin::Environment | SettingOrigin::Default => None,
        };
        return (Ok(Some(setting.value)), source);
    }
    let source = value.and_then(|value| writer(probing, context, name, value));
    (Ok(value.map(str::to_owned)), source)
}

/// The rc line that set the value; a running program's environment may be
/// older than the files, so only a line that sets just this value counts.
fn writer(probing: &Probing, context: Context, name: &str, value: &str) -> Option<String> {
    let rc = probing.get::<RcFiles>().ok()?;
    let writer = rc.writer_of(name, value)?;
    let read_here = context.is_already_running() || writer.contexts.contains(&context);
    (read_here && (!context.is_already_running() || writer.value.as_deref() == Some(value))).then(|| writer.place())
}

/// Marks the rows whose value is not the one that most rows have.
fn mark_differences(rows: &mut [TraceRow]) {
    let values: Vec<Option<String>> = rows.iter().filter_map(|row| row.value.clone().ok()).collect();
    let count = |value: &Option<String>| values.iter().filter(|other| *other == value).count();
    let Some(most) = values.iter().max_by_key(|value| count(value)).cloned() else { return };
    for row in rows {
        row.differs = row.value.as_ref().is_ok_and(|value| *value != most);
    }
}
