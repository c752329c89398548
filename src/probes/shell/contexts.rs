use std::sync::Arc;

use crate::collections::Handful;
use crate::host::Environment;
use crate::model::{Context, Evidence, Finding, Missing, Outcome};
use crate::probes::{Fact, Probing};

/// The environment of every context, each with the reason where there is
/// none.
#[derive(Debug)]
pub struct Contexts {
    environments: Handful<Context, Result<Arc<Environment>, Missing>>,
}

impl Fact for Contexts {
    const ID: &'static str = "shell-start";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        // One start of the shell answers for login and interactive; the
        // editor is looked for meanwhile.
        let (login, interactive, editor) = std::thread::scope(|scope| {
            let editor = scope.spawn(|| host.environment(Context::Editor));
            let login = host.environment(Context::Login);
            let interactive = host.environment(Context::Interactive);
            let editor = editor.join().unwrap_or_else(|_| Err(Missing::failed("looking for an editor failed inside")));
            (login, interactive, editor)
        });
        let environments = Handful::from_iter([
            (Context::Session, host.environment(Context::Session)),
            (Context::Login, login),
            (Context::Interactive, interactive),
            (Context::Editor, editor),
        ]);
        Ok(Contexts { environments })
    }
}

impl Contexts {
    /// The environment of a context.
    ///
    /// # Errors
    /// The reason why it is not known.
    pub fn get(&self, context: Context) -> Result<&Environment, &Missing> {
        match self.environments.get(&context) {
            Some(Ok(environment)) => Ok(environment),
            Some(Err(missing)) => Err(missing),
            None => Err(&NOT_HERE),
        }
    }

    /// The contexts that are known, in the order in which they are shown.
    pub fn known(&self) -> impl Iterator<Item = (Context, &Environment)> {
        Context::UNIX.into_iter().filter_map(|context| self.get(context).ok().map(|environment| (context, environment)))
    }

    /// The shell contexts that ought to be known and are not.
    pub fn unknown(&self) -> impl Iterator<Item = (Context, &Missing)> {
        [Context::Login, Context::Interactive]
            .into_iter()
            .filter_map(|context| self.get(context).err().map(|missing| (context, missing)))
    }

    /// The outcome of a check over all contexts: its findings, or else that
    /// a context could not be asked, or else that it passed.
    #[must_use]
    pub fn outcome(&self, findings: Vec<Finding>) -> Outcome {
        Outcome::of(findings).or_unknown(self.unasked())
    }

    /// Why a shell could not be asked that ought to have been, the first such.
    #[must_use]
    pub fn unasked(&self) -> Option<Missing> {
        self.unknown().next().map(|(context, missing)| unasked(context, missing))
    }

    /// The environment of a context that a check cannot do without.
    ///
    /// # Errors
    /// Why it could not be asked.
    pub fn asked(&self, context: Context) -> Result<&Environment, Missing> {
        self.get(context).map_err(|missing| unasked(context, missing))
    }

    /// What a variable is in a context, as evidence.
    #[must_use]
    pub fn evidence(&self, context: Context, name: &str) -> Evidence {
        let value = self.get(context).ok().and_then(|environment| environment.get(name));
        Evidence::new(format!("{name} of {}", context.title()), value.unwrap_or("not set"))
    }

    /// The values that a variable has, each with the contexts that see it,
    /// in the order in which contexts are shown. Unset and empty are no value.
    #[must_use]
    pub fn values(&self, name: &str) -> Vec<(String, Vec<Context>)> {
        let mut values: Vec<(String, Vec<Context>)> = Vec::new();
        for (context, environment) in self.known() {
            let Some(value) = environment.get(name) else { continue };
            match values.iter_mut().find(|(known, _)| known == value) {
                Some((_, contexts)) => contexts.push(context),
                None => values.push((value.to_owned(), vec![context])),
            }
        }
        values
    }
}

static NOT_HERE: std::sync::LazyLock<Missing> =
    std::sync::LazyLock::new(|| Missing::absent("there is no such context on this machine"));

fn unasked(context: Context, missing: &Missing) -> Missing {
    missing.about(format!("{} could not be asked", context.title()))
}
