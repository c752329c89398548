//! A private home folder, looked at through the live host.

use std::cell::RefCell;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use gomedic::fix::disk::Disk;
use gomedic::fix::{
    About, Applied, ApplyError, Entry, EntryId, Programs, StateFolder, UndoError, Undone, apply, plan, preview, undo,
};
use gomedic::host::live::{Live, LiveOptions, Network};
use gomedic::host::{Environment, User};
use gomedic::model::{Class, Edit, Fix, Step};
use jiff::Timestamp;
use tempfile::TempDir;

use crate::tree::Tree;

/// A home folder and, beside it, a state folder.
pub(crate) struct Sandbox {
    folder: Folder,
    pub(crate) home: PathBuf,
    pub(crate) state: StateFolder,
}

/// Where the folders are, and who removes them.
enum Folder {
    Own(TempDir),
    OfAnother(PathBuf),
}

impl Folder {
    fn path(&self) -> &Path {
        match self {
            Folder::Own(folder) => folder.path(),
            Folder::OfAnother(path) => path,
        }
    }
}

impl Sandbox {
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().expect("a temporary folder can be made");
        fs::create_dir(folder.path().join("home")).expect("the home folder can be made");
        Sandbox::of(Folder::Own(folder))
    }

    /// The folders of a sandbox that another process has made.
    pub(crate) fn at(root: PathBuf) -> Self {
        Sandbox::of(Folder::OfAnother(root))
    }

    fn of(folder: Folder) -> Self {
        // Links on the way, as /tmp is on macOS, are not what is tested.
        let root = folder.path().canonicalize().expect("it exists");
        let state = StateFolder::at(root.join("state/gomedic"));
        Sandbox { folder, home: root.join("home"), state }
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    /// The same folders on another disk.
    pub(crate) fn on(&self, disk: impl Disk + Send + Sync + 'static) -> StateFolder {
        StateFolder::on(disk, self.state.path())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("it lies in home")).expect("folders can be made");
        fs::write(&path, content).expect("a file can be written");
        path
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read(self.path(name)).expect("the file can be read").escape_ascii().to_string().replace("\\n", "\n")
    }

    pub(crate) fn link(&self, name: &str, to: impl AsRef<Path>) -> PathBuf {
        let path = self.path(name);
        symlink(to, &path).expect("a link can be made");
        path
    }

    pub(crate) fn chmod(&self, name: &str, mode: u32) {
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(mode)).expect("the mode can be changed");
    }

    pub(crate) fn tree(&self) -> Tree {
        Tree::of(&self.home)
    }

    /// A host that knows nothing yet.
    pub(crate) fn host(&self) -> Live {
        let user = User {
            name: "kim".into(),
            uid: rustix::process::geteuid().as_raw(),
            gid: rustix::process::getegid().as_raw(),
            home: Some(self.home.clone()),
            shell: None,
        };
        let options = LiveOptions {
            network: Network::Offline,
            session: Some(Environment::from_iter([("PATH", "relative:/usr/bin:/bin")])),
            user: Some(user),
            ..LiveOptions::new(self.folder.path())
        };
        Live::new(options).expect("the folder is there")
    }

    pub(crate) fn apply(&self, fix: &Fix) -> Result<Applied, ApplyError> {
        self.apply_with(&self.state, fix, &NoPrograms)
    }

    pub(crate) fn apply_with(
        &self,
        state: &StateFolder,
        fix: &Fix,
        programs: &dyn Programs,
    ) -> Result<Applied, ApplyError> {
        apply(state, &plan(&self.host(), fix), &about(fix), programs)
    }

    /// Applies what must do something.
    pub(crate) fn applied(&self, fix: &Fix) -> EntryId {
        match self.apply(fix) {
            Ok(Applied::Done(id)) => id,
            other => panic!("{} was not applied: {other:?}", fix.title),
        }
    }

    pub(crate) fn undo(&self, id: EntryId) -> Result<Undone, UndoError> {
        undo(&self.state, id, &NoPrograms, now())
    }

    /// What the fix would do, as one text.
    pub(crate) fn diff(&self, fix: &Fix) -> String {
        preview(&self.host(), fix)
            .into_iter()
            .map(|step| match (step.diff, step.refused) {
                (_, Some(why)) => format!("refused: {}\n", why.replace(&*self.home.to_string_lossy(), "~")),
                (Some(diff), None) => diff,
                (None, None) => format!("$ {}\n", step.target),
            })
            .collect()
    }

    /// Applies a fix, applies it again, undoes it, and holds what must hold of
    /// every fix. Returns the home folder as it was with the fix applied.
    pub(crate) fn prove(&self, fix: &Fix) -> Tree {
        let before = self.tree();
        let id = self.applied(fix);
        let after = self.tree();
        assert_ne!(after, before, "{} does nothing", fix.title);
        assert_eq!(self.diff(fix), "", "a preview of what is done is empty");
        assert_eq!(self.apply(fix).expect("it can be applied again"), Applied::NothingToDo);
        assert_eq!(self.tree(), after, "applied twice equals once");
        self.undo(id).expect("it can be undone");
        assert_eq!(self.tree(), before, "undone, all is as it was");
        after
    }

    /// The journal, newest entry first.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        let history = self.state.history().expect("the journal can be read");
        assert_eq!(history.damaged, [], "no entry is damaged");
        history.entries
    }

    /// Why the fix is not applied; nothing may have changed.
    pub(crate) fn refusal(&self, fix: &Fix) -> String {
        let (before, journal) = (self.tree(), self.entries());
        let error = self.apply(fix).expect_err("it is refused").to_string();
        assert_eq!(self.tree(), before, "what is refused changes nothing");
        assert_eq!(self.entries(), journal, "what is refused is not noted");
        error.replace(&*self.home.to_string_lossy(), "~")
    }
}

pub(crate) fn now() -> Timestamp {
    "2026-11-21T10:15:02Z".parse().expect("a time")
}

pub(crate) fn about(fix: &Fix) -> About {
    About {
        check: "goroot-dangling".into(),
        key: "session:/opt/go".into(),
        title: fix.title.clone(),
        awaits: fix.awaits.clone(),
        when: now(),
    }
}

pub(crate) fn fix(steps: impl IntoIterator<Item = Step>) -> Fix {
    Fix::new("Mend it", Class::Safe, steps.into_iter().collect())
}

pub(crate) fn edit(path: PathBuf, edit: Edit) -> Step {
    Step::EditFile { path, edits: vec![edit] }
}

pub(crate) fn comment_out(line: usize, was: &str) -> Edit {
    Edit::CommentOut { line, was: was.into(), reason: "names no Go".into() }
}

/// For fixes without programs.
#[derive(Debug)]
pub(crate) struct NoPrograms;

impl Programs for NoPrograms {
    fn run(&self, argv: &[String], _folder: &Path) -> Result<(), String> {
        panic!("{argv:?} was run")
    }
}

/// Notes what is run; fails where a word says so.
#[derive(Debug, Default)]
pub(crate) struct Notebook {
    pub(crate) lines: RefCell<Vec<String>>,
}

impl Programs for Notebook {
    fn run(&self, argv: &[String], _folder: &Path) -> Result<(), String> {
        self.lines.borrow_mut().push(argv.join(" "));
        if argv.iter().any(|word| word == "fail") { Err("it was told to fail".into()) } else { Ok(()) }
    }
}
