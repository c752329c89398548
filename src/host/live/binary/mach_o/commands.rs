use goblin::container::{Container, Ctx};
use goblin::mach::load_command::{CommandVariant, LoadCommand, PLATFORM_IOS, PLATFORM_IOSSIMULATOR};

use super::super::build_info::Segment;
use super::super::reader::{Problem, word32, word64};

/// What the load commands say.
#[derive(Debug)]
pub(super) struct Commands {
    /// The operating system, as Go names it.
    pub(super) system: &'static str,
    pub(super) segments: Vec<Segment>,
    /// Offset and size of the section `__go_buildinfo`.
    pub(super) build_info: Option<(u64, u64)>,
    /// Offset and size of the data segment.
    pub(super) data: Option<(u64, u64)>,
    pub(super) needed: Vec<String>,
    pub(super) run_path: Vec<String>,
    pub(super) interpreter: Option<String>,
    /// Hexadecimal digits.
    pub(super) uuid: Option<String>,
    pub(super) has_symbols: bool,
    /// It has a segment `__DWARF`.
    pub(super) has_debug: bool,
    /// Bytes of the section `__text`.
    pub(super) text_size: Option<u64>,
}

impl Commands {
    /// Reads `count` commands out of their bytes.
    pub(super) fn parse(content: &[u8], count: u32, context: Ctx) -> Result<Self, Problem> {
        let wrong = || Problem::damaged("its load commands are wrong");
        let mut commands = Commands {
            system: "darwin",
            segments: Vec::new(),
            build_info: None,
            data: None,
            needed: Vec::new(),
            run_path: Vec::new(),
            interpreter: None,
            uuid: None,
            has_symbols: false,
            has_debug: false,
            text_size: None,
        };
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
            CommandVariant::Uuid(it) => {
                self.uuid = Some(it.uuid.iter().map(|byte| format!("{byte:02x}")).collect());
            }
            CommandVariant::Symtab(it) => self.has_symbols = it.nsyms > 0,
            CommandVariant::BuildVersion(it) if matches!(it.platform, PLATFORM_IOS | PLATFORM_IOSSIMULATOR) => {
                self.system = "ios";
            }
            CommandVariant::LoadDylinker(it) => self.interpreter = text(body, it.name),
            _ => {}
        }
        if matches!(command, CommandVariant::Segment64(_) | CommandVariant::Segment32(_)) {
            self.build_info = self.build_info.or_else(|| section(body, context, "__go_buildinfo"));
            self.text_size = self.text_size.or_else(|| section(body, context, "__text").map(|(_, size)| size));
        }
    }

    fn segment(&mut self, name: [u8; 16], address: u64, offset: u64, size: u64) {
        self.has_debug |= is_name(&name, "__DWARF");
        if is_name(&name, "__DATA") {
            self.data = Some((offset, size));
        }
        self.segments.push(Segment { address, offset, size });
    }
}

/// Offset and size of the section of that name behind a segment's own fields.
fn section(body: &[u8], context: Ctx, name: &str) -> Option<(u64, u64)> {
    let wide = context.container == Container::Big;
    let (header, record, size_at, offset_at) = if wide { (72, 80, 40, 48) } else { (56, 68, 36, 40) };
    body.get(header..)?.chunks_exact(record).find(|section| is_name(&section[..16], name)).and_then(|section| {
        let size =
            if wide { word64(section, size_at, context.le)? } else { word32(section, size_at, context.le)?.into() };
        Some((word32(section, offset_at, context.le)?.into(), size))
    })
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
