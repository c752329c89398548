//! The environment of a running editor, from `/proc`.

use std::fs;
use std::os::unix::fs::MetadataExt;

use crate::host::Environment;
use crate::host::live::editor::is_witness;
use crate::host::live::environ;
use crate::model::Missing;

/// How much of a command line is looked at.
const ARGUMENTS: usize = 8;

/// The environment of the newest process of this user that is an editor's
/// server, or was started by one.
pub(in crate::host::live) fn editor_environment(uid: u32) -> Result<Environment, Missing> {
    let newest = witnesses(uid).max_by_key(|process| started(process).unwrap_or(0));
    let process = newest.ok_or_else(|| Missing::absent("no editor is running"))?;
    let path = format!("/proc/{process}/environ");
    fs::read(&path)
        .map(|block| environ::of_block(&block))
        .map_err(|error| Missing::from_io(format!("the running editor's {path}"), &error))
}

fn witnesses(uid: u32) -> impl Iterator<Item = String> {
    let own = std::process::id().to_string();
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries.filter_map(move |entry| {
        let name = entry.file_name().into_string().ok()?;
        let is_process = name.as_bytes().first().is_some_and(u8::is_ascii_digit) && name != own;
        let is_own = is_process && entry.metadata().is_ok_and(|metadata| metadata.uid() == uid);
        (is_own && is_editor(&name)).then_some(name)
    })
}

fn is_editor(process: &str) -> bool {
    let Ok(line) = fs::read(format!("/proc/{process}/cmdline")) else { return false };
    let words: Vec<_> = line.split(|byte| *byte == 0).take(ARGUMENTS).map(String::from_utf8_lossy).collect();
    is_witness(&words)
}

/// When a process started, in ticks since the machine did: the 22nd field of
/// its `stat`. The second, in parentheses, may hold anything.
fn started(process: &str) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    stat.rsplit_once(')')?.1.split_whitespace().nth(19)?.parse().ok()
}
