use super::{Lower, Lowered};
use crate::fix::draft::Draft;
use crate::fix::programs::{command_line, resolve};
use crate::fix::{Command, Refusal, Rights, Takeback};
use crate::model::{Inverse, Privilege};

pub(super) struct Run<'a> {
    pub(super) argv: &'a [String],
    pub(super) privilege: Privilege,
    pub(super) inverse: &'a Inverse,
}

impl Lower for Run<'_> {
    fn target(&self, draft: &Draft<'_>) -> String {
        // What cannot be resolved is shown as it was asked for.
        match self.command(draft) {
            Ok(command) => command.line(),
            Err(_) => command_line(self.argv),
        }
    }

    fn lower(&self, draft: &mut Draft<'_>) -> Result<Lowered, Refusal> {
        let command = self.command(draft)?;
        draft.run(command.clone());
        Ok(Lowered::Program(command))
    }
}

impl Run<'_> {
    fn command(&self, draft: &Draft<'_>) -> Result<Command, Refusal> {
        let argv = resolve(draft.host, self.argv, self.privilege)?;
        let takeback = match self.inverse {
            Inverse::Argv(argv) => Takeback::Argv(resolve(draft.host, argv, self.privilege)?),
            Inverse::Restore(paths) => {
                Takeback::Restore(paths.iter().map(|path| draft.keep(path)).collect::<Result<_, Refusal>>()?)
            }
            Inverse::CannotBeUndone(why) => Takeback::Impossible(why.clone()),
        };
        let rights = match self.privilege {
            Privilege::Root if draft.host.machine().user.uid != 0 => Rights::Sudo,
            Privilege::Root | Privilege::User => Rights::Own,
        };
        let folder = draft.host.machine().folder.clone();
        Ok(Command { argv, takeback, rights, folder })
    }
}
