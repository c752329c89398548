use std::path::Path;

use super::{Lower, Lowered};
use crate::fix::Refusal;
use crate::fix::draft::Draft;

pub(super) struct CreateFolder<'a> {
    pub(super) path: &'a Path,
    pub(super) mode: u32,
}

impl Lower for CreateFolder<'_> {
    fn target(&self, draft: &Draft<'_>) -> String {
        draft.name(self.path)
    }

    fn lower(&self, draft: &mut Draft<'_>) -> Result<Lowered, Refusal> {
        draft.create_folders(self.path, self.mode).map(Lowered::Changes)
    }
}
