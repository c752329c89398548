use std::path::Path;
use std::time::Duration;

use crate::host::{Host, Program};
use crate::model::{Context, Missing, Reason};
use crate::probes::{Fact, Probing, lookup};

/// Whether this session may follow programs that it starts, as a debugger
/// does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tracing {
    /// The program that follows this session already, with its process; a
    /// program can be followed by one only.
    pub tracer: Option<String>,
    /// What a filter of system calls, as containers have it, does to it.
    pub filter: Filter,
}

/// What a filter of system calls does to following programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// There is none.
    None,
    /// It lets it through: that was tried, or the session has the right that
    /// filters go by.
    Allows,
    /// It refuses it; what shows that, with the words.
    Refuses {
        /// The command or the file.
        source: String,
        /// What it says.
        said: String,
    },
    /// A filter cannot be read, and nothing is here to try it with.
    Unknown,
}

const STATUS: &str = "/proc/self/status";

/// The bit of CAP_SYS_PTRACE in the sets of capabilities.
const CAP_SYS_PTRACE: u32 = 19;

/// Since this kernel the filters of container engines let ptrace through:
/// before it, ptrace could get around a filter.
const SAFE_KERNEL: (u32, u32) = (4, 8);

impl Fact for Tracing {
    const ID: &'static str = "tracing";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let text = match host.read_text(Path::new(STATUS)) {
            Ok(text) => text,
            Err(missing) if missing.is_absent() => {
                return Err(Missing::new(Reason::NotAsked, format!("{STATUS} is not there to tell")));
            }
            Err(missing) => return Err(missing),
        };
        let field = |name: &str| text.lines().find_map(|line| Some(line.strip_prefix(name)?.trim().to_owned()));
        let tracer = field("TracerPid:").filter(|process| process != "0").map(|process| {
            let name = host.read_text(&Path::new("/proc").join(&process).join("comm")).unwrap_or_default();
            format!("{process} {}", name.trim()).trim().to_owned()
        });
        let capable = field("CapEff:")
            .and_then(|hex| u64::from_str_radix(&hex, 16).ok())
            .is_some_and(|set| set & (1 << CAP_SYS_PTRACE) != 0);
        let filter = match field("Seccomp:").as_deref() {
            None | Some("0") => Filter::None,
            Some(_) => filter(host, capable),
        };
        Ok(Tracing { tracer, filter })
    }
}

/// strace, where it is there, tells by doing.
fn filter(host: &dyn Host, capable: bool) -> Filter {
    let session = host.environment(Context::Session).ok();
    let find = |name: &str| session.as_ref().and_then(|session| lookup(host, name, session));
    if let (Some(strace), Some(nothing)) = (find("strace"), find("true")) {
        let words = ["-qq", "-e", "trace=none", "-o", "/dev/null"].map(str::to_owned);
        let argv = [strace.display().to_string()].into_iter().chain(words).chain([nothing.display().to_string()]);
        let program = Program { deadline: Some(Duration::from_secs(2)), ..Program::new(argv) };
        match host.run(&program) {
            Ok(output) if output.success() => return Filter::Allows,
            Ok(output) => {
                let refused = |line: &&str| line.to_lowercase().contains("ptrace") && line.contains("not permitted");
                if let Some(line) = output.stderr.lines().find(refused) {
                    return Filter::Refuses { source: program.line(), said: line.trim().to_owned() };
                }
            }
            Err(_) => {}
        }
    }
    if capable {
        return Filter::Allows;
    }
    match host.machine().kernel.as_deref().map(|kernel| (kernel, release(kernel))) {
        Some((kernel, Some(release))) if release < SAFE_KERNEL => Filter::Refuses {
            source: STATUS.to_owned(),
            said: format!("Seccomp: 2, no CAP_SYS_PTRACE, kernel {kernel}"),
        },
        _ => Filter::Unknown,
    }
}

/// The two numbers of a kernel's release.
fn release(kernel: &str) -> Option<(u32, u32)> {
    let mut numbers = kernel.split(|c: char| !c.is_ascii_digit()).map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

impl Tracing {
    /// The file that tells of tracers and filters.
    #[must_use]
    pub fn source(&self) -> &'static str {
        STATUS
    }
}
