use std::process::ExitCode;
use std::time::Duration;

use clap::ValueEnum;

use super::machine::HostChoice;
use super::progress::Count;
use super::{Failure, Globals, Out};
use crate::collections::parallel;
use crate::host::Host;
use crate::host::live::Network;
use crate::model::Format as BinaryFormat;
use crate::model::inspect::{Expectation, Inspection};
use crate::probes::inspect::{Inspector, walk};
use crate::render::{self, Checked, TextOptions};

/// Beyond some threads the disk is what is waited for.
const THREADS: usize = 16;

/// Show what a binary is, whether it runs here, and if not, why.
///
/// ELF, Mach-O, PE, ar archives and scripts. Headers are read and the dynamic
/// loader's own search is done after it; nothing is run.
#[derive(Debug, Clone, clap::Args)]
#[command(
    after_help = "Exit codes: 0 the files were looked at; 1 an expectation does not hold; 2 bad usage, or gomedic itself failed."
)]
pub(super) struct Args {
    /// The files; with --recursive, folders too.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
    /// Look into folders, too. What is neither program nor library in them is
    /// left out.
    #[arg(long, short)]
    recursive: bool,
    /// The form of the answer.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Exit with 1 when one of these does not hold for a file (repeatable,
    /// comma lists): os=GOOS, arch=GOARCH, static, go>=VERSION, cgo=on,
    /// cgo=off, glibc<=VERSION, nonempty, runs.
    #[arg(long, value_name = "EXPECTATION,…", value_delimiter = ',')]
    expect: Vec<Expectation>,
}

/// The form of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Runs the command. The exit code is 1 when an expectation does not hold.
///
/// # Errors
/// When a file is not there, the machine cannot be read or the answer not be
/// written.
pub(super) fn run(args: &Args, globals: &Globals, out: Out) -> Result<ExitCode, Failure> {
    let host = HostChoice::new(globals, None, Network::Offline, Duration::from_secs(5)).open()?;
    let (named, walked) = files(args, &*host)?;
    let inspector = Inspector::new(&*host);
    let paths: Vec<&str> = named.iter().chain(&walked).map(String::as_str).collect();
    let count = Count::new("inspecting", paths.len());
    let checked = parallel::each(&paths, THREADS, |number, path| {
        let inspection = inspector.inspect(path);
        count.advance();
        // What was named is shown whatever it is.
        if number >= named.len() && !is_of_interest(&inspection) {
            return None;
        }
        let unmet = args.expect.iter().filter_map(|it| Some((it.clone(), it.holds(&inspection).err()?))).collect();
        // Most files of a system are of no interest: they take little room.
        Some(Box::new(Checked { inspection, unmet }))
    });
    drop(count);
    let checked: Vec<Checked> = checked.into_iter().flatten().map(|file| *file).collect();
    match args.format {
        Format::Text => {
            out.write(&render::inspections(&checked, TextOptions { paint: out.paint, width: out.width() }))?;
        }
        Format::Json => out.write(&format!("{:#}\n", render::inspections_json(&checked)))?,
    }
    let fails = checked.iter().any(|file| !file.unmet.is_empty());
    Ok(ExitCode::from(u8::from(fails)))
}

/// Whether a file that was found in a folder is shown.
fn is_of_interest(inspection: &Inspection) -> bool {
    match &inspection.binary {
        // Of the other formats, programs name their system.
        Ok(binary) => (binary.format != BinaryFormat::Other || binary.goos.is_some()) && !inspection.is_idle_text(),
        Err(_) => true,
    }
}

/// The files that were named, and those below folders that were named.
fn files(args: &Args, host: &dyn Host) -> Result<(Vec<String>, Vec<String>), Failure> {
    let (mut named, mut walked) = (Vec::new(), Vec::new());
    for file in &args.files {
        let place = host.machine().folder.join(file);
        match host.stat(&place) {
            Err(missing) if missing.is_absent() => return Err(Failure::Other(missing.detail)),
            _ if !host.is_dir(&place) => named.push(file.clone()),
            _ if args.recursive => walked.extend(walk(host, file)),
            _ => return Err(Failure::Other(format!("{file} is a folder: --recursive looks into it"))),
        }
    }
    Ok((named, walked))
}
