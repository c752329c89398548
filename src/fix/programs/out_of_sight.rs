use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use super::Programs;
use super::runner::{command, judge};
use crate::fix::io_text;

/// Runs programs out of sight: nothing to read from, and only the end of what
/// they say on standard error is told, when they fail. One that does not end
/// in ten minutes is killed with all its kind.
#[derive(Debug, Clone, Copy, Default)]
pub struct OutOfSight;

/// Long enough to download and build a large tool.
const DEADLINE: Duration = Duration::from_secs(600);

/// How long a program that has ended may keep us waiting for its last words:
/// what it left behind may hold the pipe for ever.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// How often it is looked whether a program has ended.
const PERIOD: Duration = Duration::from_millis(10);

/// How many bytes of standard error are kept.
const KEPT: usize = 64 * 1024;

/// How many lines of it are told.
const TOLD_LINES: usize = 5;

impl Programs for OutOfSight {
    fn run(&self, argv: &[String], folder: &Path) -> Result<(), String> {
        run_within(DEADLINE, argv, folder)
    }
}

fn run_within(deadline: Duration, argv: &[String], folder: &Path) -> Result<(), String> {
    let mut command = command(argv, folder)?;
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn().map_err(|error| io_text(&error))?;
    let said = Arc::new(Mutex::new(Vec::new()));
    let (silent, heard_all) = mpsc::channel();
    if let Some(stderr) = child.stderr.take() {
        let said = Arc::clone(&said);
        thread::spawn(move || {
            listen(stderr, &said);
            // Nobody may want to know any more.
            let _ = silent.send(());
        });
    }
    let status = wait(&mut child, deadline).map_err(|error| io_text(&error))?;
    let why = match status {
        Some(status) => match judge(status) {
            Ok(()) => return Ok(()),
            Err(why) => why,
        },
        None => format!("it did not end in {} s and was killed", deadline.as_secs_f64()),
    };
    // What is still held open after that is told as far as it was heard.
    let _ = heard_all.recv_timeout(LAST_WORDS);
    let said = said.lock().unwrap_or_else(PoisonError::into_inner);
    let said = String::from_utf8_lossy(&said);
    let lines: Vec<&str> = said.lines().filter(|line| !line.trim().is_empty()).collect();
    let told = &lines[lines.len().saturating_sub(TOLD_LINES)..];
    Err(std::iter::once(why.as_str()).chain(told.iter().copied()).collect::<Vec<_>>().join("\n"))
}

/// Keeps the end of what is said, until there is no more. All of it is read,
/// so that what writes into the pipe does not hang.
fn listen(mut stderr: impl Read, said: &Mutex<Vec<u8>>) {
    let mut buffer = [0; 4096];
    loop {
        let read = match stderr.read(&mut buffer) {
            Ok(0) => return,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => return,
        };
        let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
        said.extend_from_slice(&buffer[..read]);
        let surplus = said.len().saturating_sub(KEPT);
        said.drain(..surplus);
    }
}

/// None when it did not end in time and was killed.
fn wait(child: &mut Child, deadline: Duration) -> io::Result<Option<ExitStatus>> {
    let until = Instant::now() + deadline;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() >= until {
            kill(child);
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(PERIOD);
    }
}

/// Kills it with all that it has started and that is still in its group.
fn kill(child: &mut Child) {
    #[cfg(unix)]
    {
        let group = rustix::process::Pid::from_child(child);
        // A group that is gone has nothing left to kill.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn words(argv: &[&str]) -> Vec<String> {
        argv.iter().map(|word| (*word).to_owned()).collect()
    }

    fn run(argv: &[&str]) -> Result<(), String> {
        OutOfSight.run(&words(argv), Path::new("/"))
    }

    /// Under WSL the clock of the virtual mainboard may be out of reach.
    #[test]
    fn the_words_of_hwclock_reach_the_user() {
        let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/wsl-samples/hwclock-no-rtc.txt");
        let error = run(&["/bin/sh", "-c", "cat \"$0\" >&2; exit 1", sample]).expect_err("it fails");
        assert!(error.contains("hwclock: Cannot access the Hardware Clock via any known method."), "{error}");
    }

    #[test]
    fn a_failure_is_told_with_what_was_said() {
        assert_eq!(run(&["/bin/sh", "-c", "exit 0"]), Ok(()));
        assert_eq!(
            run(&["/bin/sh", "-c", "echo a; echo b >&2; echo >&2; exit 3"]),
            Err("it ended with exit code 3\nb".to_owned())
        );
        assert_eq!(run(&["/bin/sh", "-c", "kill -9 $$"]), Err("it was killed by a signal".to_owned()));
    }

    #[test]
    fn only_absolute_paths_are_run() {
        assert_eq!(run(&["sh"]), Err("sh is not an absolute path".to_owned()));
        assert_eq!(run(&[]), Err("no program is named".to_owned()));
        assert!(run(&["/nonexistent/x"]).is_err());
    }

    #[test]
    fn what_does_not_end_is_killed_with_its_kind() {
        let argv = words(&["/bin/sh", "-c", "echo on >&2; (exec sleep 1000) & sleep 1000"]);
        let began = Instant::now();
        let error = run_within(Duration::from_millis(200), &argv, Path::new("/")).expect_err("it never ends");
        assert_eq!(error, "it did not end in 0.2 s and was killed\non");
        assert!(began.elapsed() < Duration::from_secs(100));
    }

    #[test]
    fn much_that_is_said_is_not_kept() {
        let script = "i=0; while [ $i -lt 20000 ]; do echo \"line $i\"; i=$((i+1)); done >&2; exit 1";
        let error = run(&["/bin/sh", "-c", script]).expect_err("it fails");
        assert!(
            error.starts_with("it ended with exit code 1\nline 19995\n") && error.ends_with("line 19999"),
            "{error}"
        );
    }
}
