use std::path::Path;

use jiff::Timestamp;

use super::{Lower, Lowered};
use crate::fix::draft::Draft;
use crate::fix::{Node, Refusal};

pub(super) struct SetModified<'a> {
    pub(super) path: &'a Path,
    pub(super) modified: Timestamp,
}

impl Lower for SetModified<'_> {
    fn target(&self, draft: &Draft<'_>) -> String {
        draft.name(self.path)
    }

    fn lower(&self, draft: &mut Draft<'_>) -> Result<Lowered, Refusal> {
        let at = draft.locate(self.path)?;
        let refuse = |why: &str| Err(Refusal::new(format!("{} {why}", at.name)));
        // A content that is written later would give it another time again.
        if draft.is_planned(&at) {
            return refuse("is changed by another step as well");
        }
        let before = draft.node(&at)?;
        let Node::File { owner, .. } = &before else {
            return refuse(if before == Node::Absent { "does not exist" } else { "is a folder" });
        };
        let user = &draft.host.machine().user;
        if owner.is_some_and(|owner| owner.uid != user.uid) && user.uid != 0 && !draft.may_use_sudo() {
            return refuse("belongs to another user, who alone can change its time");
        }
        let Some(modified) = draft.host.link_stat(&at.target)?.modified else {
            return refuse("has a time that cannot be told, and could not be given back");
        };
        if modified == self.modified {
            return Ok(Lowered::Changes(Vec::new()));
        }
        let after = before.clone().with_modified(self.modified);
        let before = before.with_modified(modified);
        Ok(Lowered::Changes(vec![draft.change(&at, before, after)?]))
    }
}
