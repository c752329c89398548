use std::path::Path;

use super::{Lower, Lowered};
use crate::fix::draft::Draft;
use crate::fix::{Node, Refusal};

pub(super) struct SetMode<'a> {
    pub(super) path: &'a Path,
    pub(super) mode: u32,
}

impl Lower for SetMode<'_> {
    fn target(&self, draft: &Draft<'_>) -> String {
        draft.name(self.path)
    }

    fn lower(&self, draft: &mut Draft<'_>) -> Result<Lowered, Refusal> {
        let at = draft.locate(self.path)?;
        let before = draft.node(&at)?;
        let user = &draft.host.machine().user;
        let owner = match &before {
            Node::Absent => return Err(Refusal::new(format!("{} does not exist", at.name))),
            Node::File { owner, .. } | Node::Folder { owner, .. } => *owner,
        };
        if before.mode() == Some(self.mode) {
            return Ok(Lowered::Changes(Vec::new()));
        }
        if owner.is_some_and(|owner| owner.uid != user.uid) && user.uid != 0 && !draft.may_use_sudo() {
            return Err(Refusal::new(format!("{} belongs to another user, who alone can change its mode", at.name)));
        }
        let after = before.clone().with_mode(self.mode);
        Ok(Lowered::Changes(vec![draft.change(&at, before, after)?]))
    }
}
