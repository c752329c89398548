/// The container format of a binary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Executable and Linkable Format.
    Elf,
    /// Mach object, thin or fat.
    MachO,
    /// Portable Executable.
    Pe,
    /// An ar archive: a static library.
    Archive,
    /// A text with an interpreter line.
    Script,
    /// Something else.
    Other,
}

impl Format {
    /// Its name in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Format::Elf => "elf",
            Format::MachO => "mach-o",
            Format::Pe => "pe",
            Format::Archive => "archive",
            Format::Script => "script",
            Format::Other => "other",
        }
    }

    /// Its name for people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Format::Elf => "ELF",
            Format::MachO => "Mach-O",
            Format::Pe => "PE",
            Format::Archive => "ar archive",
            Format::Script => "script",
            Format::Other => "no program",
        }
    }
}

/// What a binary is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// To be started.
    Program,
    /// To be loaded by a program.
    Library,
    /// To be linked.
    Object,
    /// The memory of a program that died.
    Core,
    /// Something else.
    Other,
}

impl Kind {
    /// Its name.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Kind::Program => "program",
            Kind::Library => "shared library",
            Kind::Object => "object file",
            Kind::Core => "core dump",
            Kind::Other => "other",
        }
    }
}

/// How wide the addresses of a binary are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Width {
    /// 32 bits.
    Bits32,
    /// 64 bits.
    Bits64,
}

impl Width {
    /// The number of bits.
    #[must_use]
    pub fn bits(self) -> u8 {
        match self {
            Width::Bits32 => 32,
            Width::Bits64 => 64,
        }
    }
}

/// In which order the bytes of a number stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Endianness {
    /// The lowest first.
    Little,
    /// The highest first.
    Big,
}

impl Endianness {
    /// One word for it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Endianness::Little => "little",
            Endianness::Big => "big",
        }
    }
}

/// How a binary comes by its libraries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Linking {
    /// It has everything in itself, and its place in memory is fixed.
    Static,
    /// It has everything in itself, and can be loaded anywhere.
    StaticPie,
    /// A loader brings the libraries when it starts.
    Dynamic,
}

impl Linking {
    /// Its name.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Linking::Static => "static",
            Linking::StaticPie => "static-pie",
            Linking::Dynamic => "dynamic",
        }
    }
}

/// Which entry names the folders that a binary wants searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RunPath {
    /// None does.
    None,
    /// DT_RPATH: searched before LD_LIBRARY_PATH, and for the libraries of
    /// its libraries as well.
    Rpath,
    /// DT_RUNPATH: searched after LD_LIBRARY_PATH, for its own libraries.
    Runpath,
}

/// Whether the symbols of a binary are still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Symbols {
    /// They are.
    Present,
    /// They were taken out; those for dynamic linking stay.
    Stripped,
}

/// Whether a binary has information for debuggers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Debug {
    /// It has.
    Present,
    /// It has not.
    Absent,
}
