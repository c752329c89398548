//! Running programs: bounded in time and output, and gone afterwards.

use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use tokio::runtime::Handle;

use super::driver::Driver;

use super::decode;
use super::process::{self, Capture, Ended, Ending, Launch, Sink};
use crate::host::{Output, Program};
use crate::model::{Missing, Reason, Timing};

/// How much of each of a program's two outputs is kept. What comes after it
/// is read and forgotten.
const OUTPUT_LIMIT: usize = 1024 * 1024;

/// Runs programs, and knows which it ran.
pub(super) struct Runner {
    driver: OnceLock<io::Result<Driver>>,
    launch: Launch,
    deadline: Duration,
    began: Instant,
    timings: Mutex<Vec<Timing>>,
}

impl Runner {
    /// Starts nothing yet. `deadline` is for programs that bring none.
    pub(super) fn new(deadline: Duration, supervisor: Option<PathBuf>) -> Self {
        Runner {
            driver: OnceLock::new(),
            launch: supervisor.map_or(Launch::Direct, Launch::Supervised),
            deadline,
            began: Instant::now(),
            timings: Mutex::default(),
        }
    }

    /// Runs a program to its end or to its deadline.
    pub(super) fn run(&self, program: &Program) -> Result<Output, Missing> {
        let ended = self.run_raw(program, &short_line(program), OUTPUT_LIMIT)?;
        let code = match ended.ending {
            Ending::Exit(code) => Some(code),
            Ending::Signal => None,
            Ending::TimedOut => return Err(self.timed_out(&short_line(program), program)),
        };
        Ok(Output { code, stdout: decode::text(&ended.stdout.bytes), stderr: decode::text(&ended.stderr.bytes) })
    }

    /// Runs a program and keeps what it said even when it was killed. `name`
    /// is what its time is noted under.
    pub(super) fn run_raw(&self, program: &Program, name: &str, limit: usize) -> Result<Ended, Missing> {
        let (mut stdout, mut stderr) = (Capture::new(limit), Capture::new(limit));
        let ending = self.run_into(program, name, &mut stdout, &mut stderr)?;
        Ok(Ended { ending, stdout, stderr })
    }

    /// Runs a program and hands on what it says while it says it.
    pub(super) fn run_into(
        &self,
        program: &Program,
        name: &str,
        stdout: &mut impl Sink,
        stderr: &mut impl Sink,
    ) -> Result<Ending, Missing> {
        let executable = program.argv.first().ok_or_else(|| Missing::failed("no program was named"))?;
        if !PathBuf::from(executable).is_absolute() {
            return Err(Missing::failed(format!("{executable} is not an absolute path")));
        }
        if !program.folder.is_dir() {
            return Err(Missing::absent(format!(
                "{} cannot run in {}: no such folder",
                name,
                program.folder.display()
            )));
        }
        let runtime = self.handle()?;
        let began = Instant::now();
        let deadline = self.deadline_of(program);
        let ended = runtime.block_on(process::run_into(&self.launch, program, deadline, stdout, stderr));
        self.note(name, began);
        ended.map_err(|error| Missing::from_io(executable, &error))
    }

    pub(super) fn deadline_of(&self, program: &Program) -> Duration {
        program.deadline.unwrap_or(self.deadline)
    }

    fn timed_out(&self, name: &str, program: &Program) -> Missing {
        Missing::new(Reason::TimedOut, format!("{name} did not end within {}", seconds(self.deadline_of(program))))
    }

    /// The runtime, started with the first use.
    pub(super) fn handle(&self) -> Result<&Handle, Missing> {
        match self.driver.get_or_init(Driver::start) {
            Ok(driver) => Ok(driver.handle()),
            Err(error) => Err(Missing::from_io("cannot start a thread", error)),
        }
    }

    fn note(&self, name: &str, began: Instant) {
        let timing = Timing {
            name: name.to_owned(),
            began_us: micros(began.saturating_duration_since(self.began)),
            took_us: micros(began.elapsed()),
        };
        self.timings.lock().unwrap_or_else(PoisonError::into_inner).push(timing);
    }

    /// The programs that ended so far.
    pub(super) fn timings(&self) -> Vec<Timing> {
        self.timings.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The name of a program and its first arguments, up to the first that may be
/// data: `go env -json`, `git config --get`.
fn short_line(program: &Program) -> String {
    let mut argv = program.argv.iter();
    let first = argv.next().map_or("", String::as_str);
    let name = first.rsplit(['/', '\\']).next().unwrap_or(first);
    let is_plain = |argument: &&String| {
        argument.len() <= 20 && argument.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
    };
    let plain = argv.take_while(is_plain).take(3).map(String::as_str);
    std::iter::once(name).chain(plain).collect::<Vec<_>>().join(" ")
}

/// `5 s`, `1.5 s`, `300 ms`.
pub(super) fn seconds(duration: Duration) -> String {
    match duration.as_millis() {
        millis if millis < 1000 => format!("{millis} ms"),
        _ => format!("{} s", (duration.as_secs_f64() * 10.0).round() / 10.0),
    }
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_programs_hold_no_data() {
        let line = |argv: &[&str]| short_line(&Program::new(argv.iter().copied()));
        assert_eq!(line(&["/usr/local/go/bin/go", "env", "-json"]), "go env -json");
        assert_eq!(line(&["/usr/bin/git", "config", "--get", "remote.origin.url"]), "git config --get");
        assert_eq!(line(&["/bin/x", "https://user:secret@example.org", "-v"]), "x");
        assert_eq!(line(&["C:\\Windows\\powershell.exe", "-EncodedCommand", "QUJD"]), "powershell.exe");
    }

    #[test]
    fn durations_are_said_shortly() {
        assert_eq!(seconds(Duration::from_secs(5)), "5 s");
        assert_eq!(seconds(Duration::from_millis(1500)), "1.5 s");
        assert_eq!(seconds(Duration::from_millis(300)), "300 ms");
    }
}
