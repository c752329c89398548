//! A program on a real terminal.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, ChildKiller, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long anything may take before the test gives up. Nothing waits for it
/// when all is well.
const PATIENCE: Duration = Duration::from_secs(30);

/// Starts a program on a terminal, closes that as soon as the program has
/// drawn `text`, as closing its window does, and waits for the end.
pub fn close_at(text: &str, mut command: CommandBuilder) {
    let home = tempfile::tempdir().expect("a folder");
    settle_in(&mut command, home.path());
    let pair = native_pty_system().openpty(pty_size((80, 24))).expect("a terminal");
    let child = pair.slave.spawn_command(command).expect("it can be started");
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().expect("a reader");
    let mut killer = child.clone_killer();
    let exit = await_exit(child);
    let (mut drawn, mut bytes) = (String::new(), [0; 4096]);
    while !drawn.contains(text) {
        let count = reader.read(&mut bytes).expect("it draws");
        drawn.push_str(&String::from_utf8_lossy(&bytes[..count]));
    }
    drop((reader, pair.master));
    if exit.recv_timeout(PATIENCE).is_err() {
        killer.kill().expect("it can be killed");
        panic!("it lives on without its terminal");
    }
}

/// A program on a terminal of its own.
pub struct Pty {
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    process: Option<u32>,
    killer: Box<dyn ChildKiller + Send + Sync>,
    exit: Receiver<u32>,
    shown: Arc<Shown>,
    reader: Option<JoinHandle<()>>,
    _home: tempfile::TempDir,
}

/// What the terminal shows.
struct Shown {
    parser: Mutex<vt100::Parser>,
    changed: Condvar,
}

impl Shown {
    fn lock(&self) -> MutexGuard<'_, vt100::Parser> {
        self.parser.lock().expect("nobody panics with it")
    }
}

impl Pty {
    pub fn start(mut command: CommandBuilder, size: (u16, u16)) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        settle_in(&mut command, home.path());
        let pair = native_pty_system().openpty(pty_size(size)).expect("a terminal");
        let child = pair.slave.spawn_command(command).expect("it can be started");
        let reader = pair.master.try_clone_reader().expect("a reader");
        let writer = pair.master.take_writer().expect("a writer");
        let (rows, cols) = rows_and_columns(size);
        let parser = Mutex::new(vt100::Parser::new(rows, cols, 0));
        let shown = Arc::new(Shown { parser, changed: Condvar::new() });
        let reader = Some(follow(reader, Arc::clone(&shown)));
        let (process, killer) = (child.process_id(), child.clone_killer());
        Pty { master: pair.master, writer, process, killer, exit: await_exit(child), shown, reader, _home: home }
    }

    /// Waits until `text` is on the screen.
    pub fn wait_for(&self, text: &str) {
        let until = Instant::now() + PATIENCE;
        let mut parser = self.shown.lock();
        while !parser.screen().contents().contains(text) {
            let left = until.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "'{text}' did not come; there is\n{}", parser.screen().contents());
            parser = self.shown.changed.wait_timeout(parser, left).expect("nobody panics with it").0;
        }
    }

    pub fn screen<T>(&self, look: impl FnOnce(&vt100::Screen) -> T) -> T {
        look(self.shown.lock().screen())
    }

    pub fn text(&self) -> String {
        self.screen(vt100::Screen::contents)
    }

    pub fn type_in(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).expect("the terminal takes it");
        self.writer.flush().expect("the terminal takes it");
    }

    pub fn resize(&self, size: (u16, u16)) {
        // The screen first: what is drawn for the new size must find it.
        let (rows, cols) = rows_and_columns(size);
        self.shown.lock().screen_mut().set_size(rows, cols);
        self.master.resize(pty_size(size)).expect("a terminal");
    }

    pub fn process(&self) -> Option<u32> {
        self.process
    }

    /// Waits for the end.
    pub fn exit_code(&mut self) -> u32 {
        let Ok(code) = self.exit.recv_timeout(PATIENCE) else {
            self.killer.kill().expect("it can be killed");
            panic!("it did not end; there is\n{}", self.text());
        };
        // What it wrote last may still be on its way.
        if let Some(reader) = self.reader.take() {
            reader.join().expect("the reader comes to its end");
        }
        code
    }

    /// The terminal is as it was before: its own screen, a cursor, no mouse,
    /// no raw mode.
    pub fn assert_sane(&self) {
        self.screen(|screen| {
            assert!(!screen.alternate_screen(), "the alternate screen is still there");
            assert!(!screen.hide_cursor(), "the cursor is hidden");
            assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        });
        let modes = self.master.get_termios().expect("a terminal");
        let modes = format!("{:?}", modes.local_flags);
        assert!(modes.contains("ICANON") && modes.contains("ECHO"), "raw mode is still on: {modes}");
    }
}

/// Waits for the end on a thread of its own, so that a test need not wait for
/// ever.
pub fn await_exit(mut child: Box<dyn Child + Send + Sync>) -> Receiver<u32> {
    let (sender, exit) = channel();
    thread::spawn(move || {
        let status = child.wait().expect("it can be waited for");
        // A test that gave up does not listen any more.
        let _ = sender.send(status.exit_code());
    });
    exit
}

/// Reads what is written until nobody can write any more.
fn follow(mut reader: Box<dyn Read + Send>, shown: Arc<Shown>) -> JoinHandle<()> {
    thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = reader.read(&mut bytes) {
            shown.lock().process(&bytes[..count]);
            shown.changed.notify_all();
        }
    })
}

/// A home of its own: nothing of the tester's is read or written.
fn settle_in(command: &mut CommandBuilder, home: &Path) {
    command.env_clear();
    command.env("HOME", home);
    command.env("PATH", "/usr/bin:/bin");
    command.env("TERM", "xterm-256color");
    command.cwd(env!("CARGO_MANIFEST_DIR"));
}

fn rows_and_columns((columns, rows): (u16, u16)) -> (NonZeroU16, NonZeroU16) {
    (NonZeroU16::new(rows).expect("a size"), NonZeroU16::new(columns).expect("a size"))
}

fn pty_size((cols, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}
