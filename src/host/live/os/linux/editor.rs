//! The environment of a running editor, from `/proc`.

use std::fs;
use std::os::unix::fs::MetadataExt;

use crate::host::Environment;
use crate::host::live::environ;
use crate::host::{Witness, witness};
use crate::model::Missing;

/// How much of a command line is looked at.
const ARGUMENTS: usize = 64;

/// The environment of the best witness among the processes of this user; of
/// equals, the newest.
pub(in crate::host::live) fn editor_environment(uid: u32) -> Result<Environment, Missing> {
    let best = witnesses(uid).max_by_key(|(process, witness)| (*witness, started(process).unwrap_or(0)));
    let (process, _) = best.ok_or_else(|| Missing::absent("no editor is running"))?;
    let path = format!("/proc/{process}/environ");
    fs::read(&path)
        .map(|block| environ::of_block(&block))
        .map_err(|error| Missing::from_io(format!("the running editor's {path}"), &error))
}

fn witnesses(uid: u32) -> impl Iterator<Item = (String, Witness)> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries.filter_map(move |entry| {
        let name = entry.file_name().into_string().ok()?;
        let is_process = name.as_bytes().first().is_some_and(u8::is_ascii_digit);
        let is_own = is_process && entry.metadata().is_ok_and(|metadata| metadata.uid() == uid);
        let witness = if is_own { witness_of(&name) } else { None };
        witness.map(|witness| (name, witness))
    })
}

fn witness_of(process: &str) -> Option<Witness> {
    let line = fs::read(format!("/proc/{process}/cmdline")).ok()?;
    let words: Vec<_> = line.split(|byte| *byte == 0).take(ARGUMENTS).map(String::from_utf8_lossy).collect();
    witness(&words)
}

/// When a process started, in ticks since the machine did: the 22nd field of
/// its `stat`. The second, in parentheses, may hold anything.
fn started(process: &str) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    stat.rsplit_once(')')?.1.split_whitespace().nth(19)?.parse().ok()
}
