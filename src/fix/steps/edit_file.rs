use std::path::Path;

use super::{Lower, Lowered};
use crate::fix::Refusal;
use crate::fix::draft::Draft;
use crate::fix::edits::{self, TextFile};
use crate::model::Edit;

/// Permission bits of an rc file that `Append` creates.
const NEW_FILE: u32 = 0o644;

pub(super) struct EditFile<'a> {
    pub(super) path: &'a Path,
    pub(super) edits: &'a [Edit],
}

impl Lower for EditFile<'_> {
    fn target(&self, draft: &Draft<'_>) -> String {
        draft.name(self.path)
    }

    fn lower(&self, draft: &mut Draft<'_>) -> Result<Lowered, Refusal> {
        let at = draft.locate(self.path)?;
        let old = draft.file(&at)?;
        if old.is_none() && !self.edits.iter().all(creates) {
            let is_link = draft.host.link_stat(self.path).is_ok();
            return Err(Refusal::new(match is_link {
                true => format!("{} is a link to {}, which does not exist", at.name, draft.name(&at.target)),
                false => format!("{} does not exist", at.name),
            }));
        }
        // The name of the link tells the dialect: `~/.bashrc` may lead to
        // `dotfiles/bash`.
        let file = TextFile::new(self.path, &at.name);
        let mut bytes = old.unwrap_or_default();
        edits::require_text(&at.name, &bytes)?;
        for edit in self.edits {
            bytes = edits::of(edit).rewrite(&file, bytes)?;
        }
        draft.write(&at, bytes, NEW_FILE).map(Lowered::Changes)
    }
}

/// True for edits that need no file to begin with.
fn creates(edit: &Edit) -> bool {
    matches!(edit, Edit::Append { .. })
}
