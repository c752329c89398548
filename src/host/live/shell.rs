//! The environments of a login shell and of a new terminal, from the user's
//! own shell, really started.
//!
//! One process does both: a login shell prints its environment and then
//! becomes the interactive shell, which inherits it, as a terminal of a
//! session does, and prints its own.

mod answer;
mod kind;
mod script;
pub(super) mod trace;

use std::sync::Arc;

use self::answer::{Half, Verdict};
use self::kind::Kind;
use self::script::{Marks, Script};
use super::command::Runner;
use super::context;
use crate::host::{Environment, Machine, Program};
use crate::model::Missing;

/// How much a shell may print before it answers.
const OUTPUT_LIMIT: usize = 4 * 1024 * 1024;

type Answer = Result<Arc<Environment>, Missing>;

/// What the user's shell made of its files.
pub(super) struct Shells {
    pub(super) login: Answer,
    pub(super) interactive: Answer,
}

impl Shells {
    fn neither(missing: Missing) -> Self {
        Shells { login: Err(missing.clone()), interactive: Err(missing) }
    }
}

/// Starts the user's shell once.
pub(super) fn ask(machine: &Machine, session: &Environment, runner: &Runner) -> Shells {
    match start(machine, session, runner) {
        Ok(shells) => shells,
        Err(missing) => Shells::neither(missing),
    }
}

fn start(machine: &Machine, session: &Environment, runner: &Runner) -> Result<Shells, Missing> {
    let path = machine.user.shell.as_deref().ok_or_else(|| Missing::absent("the user has no login shell"))?;
    let kind = Kind::of(path)
        .ok_or_else(|| Missing::failed(format!("{} is not a shell that gomedic can ask", path.display())))?;
    let shell = path.to_str().ok_or_else(|| Missing::failed(format!("{}: its name is not UTF-8", path.display())))?;
    let printer =
        script::printer().ok_or_else(|| Missing::absent("there is no /usr/bin/env to print an environment with"))?;
    let marks = Marks::unguessable();
    let script = Script { kind, shell, printer, marks: &marks };

    let mut program = Program::new(script.argv());
    program.environment =
        context::base(machine, session).iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    if let Some(home) = machine.user.home.as_ref().filter(|home| home.is_dir()) {
        program.folder.clone_from(home);
    }
    let name = machine.shell_name().unwrap_or(shell);
    let ended = runner.run_raw(&program, &format!("{name} (login, interactive)"), OUTPUT_LIMIT)?;

    let verdict = Verdict { shell: name, kind, ended: &ended, deadline: runner.deadline_of(&program) };
    let login = verdict.judge(Half::Login, &marks.login).map(Arc::new);
    let interactive = match &login {
        Ok(_) => verdict.judge(Half::Interactive, &marks.interactive).map(Arc::new),
        // It never came to it.
        Err(missing) => Err(missing.clone()),
    };
    Ok(Shells { login, interactive })
}
