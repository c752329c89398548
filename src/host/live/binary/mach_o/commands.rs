use goblin::container::{Container, Ctx};
use goblin::mach::load_command::{CommandVariant, LoadCommand};

use super::super::build_info::Segment;
use super::super::reader::{Problem, word32, word64};

/// What the load commands say.
#[derive(Debug, Default)]
pub(super) struct Commands {
    pub(super) segments: Vec<Segment>,
    /// Offset and size of the section `__go_buildinfo`.
    pub(super) build_info: Option<(u64, u64)>,
    /// Offset and size of the data segment.
    pub(super) data: Option<(u64, u64)>,
    pub(super) needed: Vec<String>,
    pub(super) run_path: Vec<String>,
    pub(super) interpreter: Option<String>,
}

impl Commands {
    /// Reads `count` commands out of their bytes.
    pub(super) fn parse(content: &[u8], count: u32, context: Ctx) -> Result<Self, Problem> {
        let wrong = || Problem::damaged("its load commands are wrong");
        let mut commands = Commands::default();
        let mut offset = 0;
        for _ in 0..count {
            let start = offset;
            let command = LoadCommand::parse(content, &mut offset, context.le).map_err(|_| wrong())?.command;
            // A command without a size would be read for ever.
            let body = content.get(start..offset).filter(|body| body.len() >= 8).ok_or_else(wrong)?;
            commands.add(&command, body, context);
        }
        Ok(commands)
    }

    fn add(&mut self, command: &CommandVariant, body: &[u8], context: Ctx) {
        match command {
            CommandVariant::Segment64(it) => self.segment(it.segname, it.vmaddr, it.fileoff, it.filesize),
            CommandVariant::Segment32(it) => {
                self.segment(it.segname, it.vmaddr.into(), it.fileoff.into(), it.filesize.into());
            }
            CommandVariant::LoadDylib(it) | CommandVariant::LoadWeakDylib(it) | CommandVariant::ReexportDylib(it) => {
                self.needed.extend(text(body, it.dylib.name));
            }
            CommandVariant::Rpath(it) => self.run_path.extend(text(body, it.path)),
            CommandVariant::LoadDylinker(it) => self.interpreter = text(body, it.name),
            _ => {}
        }
        if matches!(command, CommandVariant::Segment64(_) | CommandVariant::Segment32(_)) {
            self.build_info = self.build_info.or_else(|| build_info_section(body, context));
        }
    }

    fn segment(&mut self, name: [u8; 16], address: u64, offset: u64, size: u64) {
        if is_name(&name, "__DATA") {
            self.data = Some((offset, size));
        }
        self.segments.push(Segment { address, offset, size });
    }
}

/// The section of that name behind a segment's own fields.
fn build_info_section(body: &[u8], context: Ctx) -> Option<(u64, u64)> {
    let wide = context.container == Container::Big;
    let (header, record, size_at, offset_at) = if wide { (72, 80, 40, 48) } else { (56, 68, 36, 40) };
    body.get(header..)?.chunks_exact(record).find(|section| is_name(&section[..16], "__go_buildinfo")).and_then(
        |section| {
            let size =
                if wide { word64(section, size_at, context.le)? } else { word32(section, size_at, context.le)?.into() };
            Some((word32(section, offset_at, context.le)?.into(), size))
        },
    )
}

fn is_name(field: &[u8], name: &str) -> bool {
    field.split(|byte| *byte == 0).next() == Some(name.as_bytes())
}

/// The text that a command keeps at an offset inside itself.
fn text(body: &[u8], offset: u32) -> Option<String> {
    let bytes = body.get(usize::try_from(offset).ok()?..)?;
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    Some(String::from_utf8_lossy(&bytes[..end]).into_owned()).filter(|text| !text.is_empty())
}
