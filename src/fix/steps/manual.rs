use super::{Lower, Lowered};
use crate::fix::Refusal;
use crate::fix::draft::Draft;
use crate::model::mask;
use crate::model::text::plain;

pub(super) struct Manual<'a> {
    pub(super) text: &'a str,
    pub(super) command: Option<&'a str>,
}

impl Lower for Manual<'_> {
    fn target(&self, _draft: &Draft<'_>) -> String {
        mask(&plain(self.command.unwrap_or(self.text))).into_owned()
    }

    fn lower(&self, _draft: &mut Draft<'_>) -> Result<Lowered, Refusal> {
        Ok(Lowered::Manual)
    }
}
