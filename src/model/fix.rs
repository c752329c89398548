use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Class;

/// A titled plan of steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// What it does, in the imperative: "Comment out the GOROOT line".
    pub title: String,
    /// What applying it takes.
    pub class: Class,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// What must happen before running programs see the effect, such as
    /// "a new shell". None when it is seen at once.
    pub awaits: Option<String>,
    /// What each step would do on this machine, filled in by the engine from
    /// the same plan that applying uses.
    pub preview: Vec<Preview>,
}

/// What one step would do, for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Preview {
    /// The step's kind.
    pub kind: &'static str,
    /// The file with `~` for home, or the command line.
    pub target: String,
    /// A unified diff of what would change; empty when nothing would.
    pub diff: Option<String>,
    /// The command lines by which sudo makes that change; none where gomedic's
    /// own rights are enough.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sudo: Vec<String>,
    /// Why the step cannot be applied as things are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

impl Fix {
    /// A fix with its steps.
    pub fn new(title: impl Into<String>, class: Class, steps: Vec<Step>) -> Self {
        Fix { title: title.into(), class, steps, awaits: None, preview: Vec::new() }
    }

    /// A fix that the user carries out: `command` is shown to be copied.
    pub fn manual(title: impl Into<String>, text: impl Into<String>, command: Option<String>) -> Self {
        Fix::new(title, Class::Manual, vec![Step::Manual { text: text.into(), command }])
    }

    /// Says what running programs wait for.
    #[must_use]
    pub fn awaits(mut self, what: impl Into<String>) -> Self {
        self.awaits = Some(what.into());
        self
    }

    /// True when every step can be taken back.
    #[must_use]
    pub fn undoable(&self) -> bool {
        !self.steps.is_empty() && self.steps.iter().all(Step::undoable)
    }
}

impl Serialize for Fix {
    /// The form of the report: steps as what they would do here.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("Fix", 5)?;
        out.serialize_field("title", &self.title)?;
        out.serialize_field("class", &self.class)?;
        out.serialize_field("undoable", &self.undoable())?;
        out.serialize_field("awaits", &self.awaits)?;
        out.serialize_field("steps", &self.preview)?;
        out.end()
    }
}

/// One typed action of a fix. Each has an inverse, or says that it has none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Step {
    /// Edits a text file. A link is followed: its target is edited and the
    /// link stays. A file that is not there is created only by `Append`.
    EditFile {
        /// The file.
        path: PathBuf,
        /// The edits; line numbers are those of the file before any edit.
        edits: Vec<Edit>,
    },
    /// Writes a whole file, creating it and its folders where needed.
    WriteFile {
        /// The file.
        path: PathBuf,
        /// Its whole new content.
        content: String,
        /// Permission bits of a file that is created.
        mode: u32,
    },
    /// Creates a folder, and its parents.
    CreateFolder {
        /// The folder.
        path: PathBuf,
        /// Permission bits of what is created.
        mode: u32,
    },
    /// Changes permission bits.
    SetMode {
        /// The file or folder.
        path: PathBuf,
        /// The new permission bits.
        mode: u32,
    },
    /// Changes the time at which a file says that it was last changed.
    SetModified {
        /// The file.
        path: PathBuf,
        /// The new time. Whole minutes are kept by every file system.
        modified: Timestamp,
    },
    /// Writes a setting into the GOENV file, as `go env -w` would.
    SetGo {
        /// The GOENV file.
        file: PathBuf,
        /// The setting, such as `GOPROXY`.
        name: String,
        /// Its new value.
        value: String,
    },
    /// Removes a setting from the GOENV file, as `go env -u` would.
    UnsetGo {
        /// The GOENV file.
        file: PathBuf,
        /// The setting.
        name: String,
    },
    /// Runs a program.
    Run {
        /// The program and its arguments; never passed through a shell.
        argv: Vec<String>,
        /// Whose rights it needs.
        privilege: Privilege,
        /// What takes it back.
        inverse: Inverse,
    },
    /// Something the user does.
    Manual {
        /// What to do and how to see that it worked.
        text: String,
        /// The command to copy, where there is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        command: Option<String>,
    },
}

impl Step {
    /// The `kind` that JSON and the journal use.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Step::EditFile { .. } => "edit-file",
            Step::WriteFile { .. } => "write-file",
            Step::CreateFolder { .. } => "create-folder",
            Step::SetMode { .. } => "set-mode",
            Step::SetModified { .. } => "set-modified",
            Step::SetGo { .. } => "set-go",
            Step::UnsetGo { .. } => "unset-go",
            Step::Run { .. } => "run",
            Step::Manual { .. } => "manual",
        }
    }

    /// True when the step can be taken back.
    #[must_use]
    pub fn undoable(&self) -> bool {
        match self {
            Step::Run { inverse, .. } => !matches!(inverse, Inverse::CannotBeUndone(_)),
            Step::Manual { .. } => false,
            _ => true,
        }
    }
}

/// A narrow change of a text file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "edit", rename_all = "kebab-case")]
pub enum Edit {
    /// Puts a comment sign before a line and the reason behind it.
    CommentOut {
        /// Line number, from 1.
        line: usize,
        /// The text that must stand there, without the line end.
        was: String,
        /// Why, in a few words.
        reason: String,
    },
    /// Replaces a line.
    ReplaceLine {
        /// Line number, from 1.
        line: usize,
        /// The text that must stand there, without the line end.
        was: String,
        /// The new text, without the line end.
        with: String,
    },
    /// Takes the carriage returns off the line ends.
    UnixLineEnds,
    /// Adds lines at the end, unless exactly these stand there already.
    Append {
        /// The lines, without line ends.
        lines: Vec<String>,
    },
    /// Sets a value in a JSON-with-comments file; comments and layout stay.
    SetJson {
        /// The keys from the root; `["go.goroot"]` is one key.
        keys: Vec<String>,
        /// The new value.
        value: serde_json::Value,
    },
    /// Removes a key from a JSON-with-comments file.
    RemoveJson {
        /// The keys from the root.
        keys: Vec<String>,
    },
}

/// Whose rights a program needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Privilege {
    /// Those of the user.
    User,
    /// Those of root: through sudo, after a yes.
    Root,
}

/// What takes back a program that was run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Inverse {
    /// This program, with the same privilege.
    Argv(Vec<String>),
    /// The files at these paths, which are all that the program replaces or
    /// makes: gomedic keeps what stands there before, and puts it back.
    Restore(Vec<PathBuf>),
    /// Nothing does; the reason is said before the step is run.
    CannotBeUndone(String),
}
