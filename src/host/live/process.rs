//! One process from its start to its end, with all that it starts.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, Command};
use tokio::time::{Instant, timeout, timeout_at};

use super::os;
use super::os::supervise::Supervised;
use super::patience::{PAUSE, is_worth_a_pause};
use crate::host::Program;

/// How programs are started.
pub(super) enum Launch {
    /// As children, in process groups of their own.
    Direct,
    /// Under this executable, which sees to it that nothing stays behind.
    Supervised(PathBuf),
}

/// How a process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// By itself, with this code.
    Exit(i32),
    /// By a signal that was not ours.
    Signal,
    /// By us, at its deadline.
    TimedOut,
}

/// A process that ended, and what it said.
#[derive(Debug)]
pub(super) struct Ended {
    pub(super) ending: Ending,
    pub(super) stdout: Capture,
    pub(super) stderr: Capture,
}

/// The beginning of an output.
#[derive(Debug, Default)]
pub(super) struct Capture {
    pub(super) bytes: Vec<u8>,
    /// How much came in all.
    pub(super) total: u64,
    /// How much is kept.
    limit: usize,
}

/// How long an output is still read after the process has ended: what it
/// wrote is in the pipe already, and another process may hold it open.
const DRAIN: Duration = Duration::from_millis(50);

/// How long a killed process is waited for. One that hangs in the kernel does
/// not end, and is left.
const REAP: Duration = Duration::from_millis(250);

/// Runs a program until it ends, or kills it at the deadline, and hands on
/// what it says while it says it: an output that nobody reads would block it.
///
/// # Errors
/// When it cannot be started.
pub(super) async fn run_into(
    launch: &Launch,
    program: &Program,
    deadline: Duration,
    stdout: &mut impl Sink,
    stderr: &mut impl Sink,
) -> io::Result<Ending> {
    let deadline = Instant::now() + deadline;
    let began = std::time::Instant::now();
    let mut running = loop {
        match Running::start(launch, program) {
            Err(error) if is_worth_a_pause(&error, began) => tokio::time::sleep(PAUSE).await,
            started => break started?,
        }
    };
    let (mut out_pipe, mut err_pipe) = (running.child.stdout.take(), running.child.stderr.take());

    let ending = {
        let reading = async {
            tokio::join!(fill(stdout, &mut out_pipe), fill(stderr, &mut err_pipe));
            // Closed outputs are not an end.
            std::future::pending::<()>().await;
        };
        tokio::select! {
            ending = timeout_at(deadline, running.ended()) => ending.unwrap_or(Ok(Ending::TimedOut)),
            () = reading => Ok(Ending::TimedOut),
        }
    };
    let drained = async { tokio::join!(fill(stdout, &mut out_pipe), fill(stderr, &mut err_pipe)) };
    if matches!(ending, Ok(Ending::TimedOut)) {
        running.clear_away().await;
        let _ = timeout(DRAIN, drained).await;
    } else {
        let _ = timeout(DRAIN, drained).await;
        running.clear_away().await;
    }
    ending
}

/// A process that runs, directly or under the supervisor.
struct Running {
    child: Child,
    pid: Option<u32>,
    supervised: Option<Supervised>,
}

impl Running {
    fn start(launch: &Launch, program: &Program) -> io::Result<Self> {
        if let Launch::Supervised(supervisor) = launch
            && let Ok(running) = Running::start_supervised(supervisor, program)
        {
            return Ok(running);
        }
        // Without a supervisor, or when it cannot be started any more.
        let mut command = command(Path::new(&program.argv[0]), program);
        command.args(&program.argv[1..]).stdin(Stdio::null());
        os::own_group(&mut command);
        let child = command.spawn()?;
        Ok(Running { pid: child.id(), child, supervised: None })
    }

    fn start_supervised(supervisor: &Path, program: &Program) -> io::Result<Self> {
        let mut command = command(supervisor, program);
        let supervised = Supervised::attach(&mut command, &program.argv)?;
        let child = command.spawn()?;
        Ok(Running { pid: child.id(), child, supervised: Some(supervised) })
    }

    async fn ended(&mut self) -> io::Result<Ending> {
        match &mut self.supervised {
            Some(supervised) => supervised.ended().await,
            None => Ok(self.child.wait().await?.code().map_or(Ending::Signal, Ending::Exit)),
        }
    }

    /// Leaves nothing behind, as far as that can be.
    async fn clear_away(&mut self) {
        match self.supervised.take() {
            // The supervisor sees its channel close and does it.
            Some(supervised) => drop(supervised),
            None => {
                if let Some(pid) = self.pid {
                    os::kill_group(pid);
                }
                let _ = self.child.start_kill();
            }
        }
        let _ = timeout(REAP, self.child.wait()).await;
    }
}

/// The command without arguments and standard input.
fn command(executable: &Path, program: &Program) -> Command {
    let mut command = Command::new(executable);
    command
        .env_clear()
        .envs(program.environment.iter().map(|(name, value)| (name, value)))
        .current_dir(&program.folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Takes an output piece by piece.
pub(super) trait Sink {
    /// The next bytes.
    fn take(&mut self, bytes: &[u8]);
}

impl Capture {
    /// Keeps at most `limit` bytes.
    pub(super) fn new(limit: usize) -> Self {
        Capture { limit, ..Capture::default() }
    }
}

impl Sink for Capture {
    fn take(&mut self, bytes: &[u8]) {
        let kept = bytes.len().min(self.limit.saturating_sub(self.bytes.len()));
        self.bytes.extend_from_slice(&bytes[..kept]);
        self.total += bytes.len() as u64;
    }
}

/// Reads until the end. What was read stays when this is cancelled.
async fn fill<R: AsyncRead + Unpin>(sink: &mut impl Sink, pipe: &mut Option<R>) {
    let Some(pipe) = pipe else { return };
    let mut buffer = vec![0; 16 * 1024];
    // An output that cannot be read has ended.
    while let Ok(count @ 1..) = pipe.read(&mut buffer).await {
        sink.take(&buffer[..count]);
    }
}
