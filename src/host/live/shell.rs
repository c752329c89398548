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

/// Starts the user's shell once more, to run a command and nothing else.
pub(super) fn ask_script(machine: &Machine, session: &Environment, runner: &Runner) -> Answer {
    let asked = Asked::new(machine)?;
    let marks = Marks::unguessable();
    let script = asked.script(&marks);
    let program = asked.program(script.argv_of_command(), machine, session);
    let ended = runner.run_raw(&program, &format!("{} (script)", asked.name), OUTPUT_LIMIT)?;
    let verdict =
        Verdict { shell: asked.name, kind: asked.kind, ended: &ended, deadline: runner.deadline_of(&program) };
    verdict.judge(Half::Login, &marks.login).map(Arc::new)
}

/// The shell that is asked.
struct Asked<'a> {
    kind: Kind,
    /// Its absolute path.
    shell: &'a str,
    /// Its name.
    name: &'a str,
    /// The absolute path of `env`.
    printer: &'static str,
}

impl<'a> Asked<'a> {
    fn new(machine: &'a Machine) -> Result<Self, Missing> {
        let path = machine.user.shell.as_deref().ok_or_else(|| Missing::absent("the user has no login shell"))?;
        let kind = Kind::of(path)
            .ok_or_else(|| Missing::failed(format!("{} is not a shell that gomedic can ask", path.display())))?;
        let shell =
            path.to_str().ok_or_else(|| Missing::failed(format!("{}: its name is not UTF-8", path.display())))?;
        let printer = script::printer()
            .ok_or_else(|| Missing::absent("there is no /usr/bin/env to print an environment with"))?;
        Ok(Asked { kind, shell, name: machine.shell_name().unwrap_or(shell), printer })
    }

    fn script<'m>(&'m self, marks: &'m Marks) -> Script<'m> {
        Script { kind: self.kind, shell: self.shell, printer: self.printer, marks }
    }

    fn program(&self, argv: Vec<String>, machine: &Machine, session: &Environment) -> Program {
        let mut program = Program::new(argv);
        let base = context::base(machine, session);
        program.environment = base.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        if let Some(home) = machine.user.home.as_ref().filter(|home| home.is_dir()) {
            program.folder.clone_from(home);
        }
        program
    }
}

fn start(machine: &Machine, session: &Environment, runner: &Runner) -> Result<Shells, Missing> {
    let asked = Asked::new(machine)?;
    let marks = Marks::unguessable();
    let program = asked.program(asked.script(&marks).argv(), machine, session);
    let name = asked.name;
    let ended = runner.run_raw(&program, &format!("{name} (login, interactive)"), OUTPUT_LIMIT)?;

    let verdict = Verdict { shell: name, kind: asked.kind, ended: &ended, deadline: runner.deadline_of(&program) };
    let login = verdict.judge(Half::Login, &marks.login).map(Arc::new);
    let interactive = match &login {
        Ok(_) => verdict.judge(Half::Interactive, &marks.interactive).map(Arc::new),
        // It never came to it.
        Err(missing) => Err(missing.clone()),
    };
    Ok(Shells { login, interactive })
}
