use std::path::{Path, PathBuf};

use super::family::FAMILIES;
use super::go_extension::extensions;
use crate::host::{FileKind, Host};
use crate::model::{Evidence, Missing};
use crate::probes::{Fact, Probing};

/// The editors that are used here, and whether they are set up for Go.
#[derive(Debug)]
pub struct EditorUse {
    /// The editors.
    pub editors: Vec<Editor>,
}

/// An editor that is used here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    /// Its name.
    pub name: &'static str,
    /// How it looks for tools.
    pub kind: EditorKind,
    /// How it shows that it is set up for Go; None when it is not.
    pub go: Option<Evidence>,
}

/// How an editor looks for tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EditorKind {
    /// The Go extension of VS Code: in its settings, GOBIN, GOPATH/bin, PATH.
    VsCode,
    /// On the PATH of the terminal it was started in.
    Terminal,
}

/// How many files of an editor's own configuration are read.
const FILES: usize = 100;
/// How many folders deep.
const DEPTH: usize = 4;

/// An editor whose configuration is a program or a text of the user's.
struct Configured {
    name: &'static str,
    /// Files, or folders with files of that extension.
    places: &'static [&'static str],
    extension: &'static str,
    /// The signs of comments.
    comments: &'static [&'static str],
    /// What is mentioned only for Go.
    words: &'static [&'static str],
}

const CONFIGURED: [Configured; 5] = [
    Configured {
        name: "Neovim",
        places: &["~/.config/nvim/init.lua", "~/.config/nvim/init.vim", "~/.config/nvim/lua", "~/.config/nvim/lsp"],
        extension: "lua",
        comments: &["--", "\""],
        words: &["gopls", "vim-go", "go.nvim"],
    },
    Configured {
        name: "Vim",
        places: &["~/.vimrc", "~/.vim/vimrc"],
        extension: "vim",
        comments: &["\""],
        words: &["gopls", "vim-go", "coc-go"],
    },
    Configured {
        name: "Emacs",
        places: &[
            "~/.emacs",
            "~/.emacs.el",
            "~/.emacs.d/init.el",
            "~/.config/emacs/init.el",
            "~/.config/doom/init.el",
            "~/.doom.d/init.el",
        ],
        extension: "el",
        comments: &[";"],
        words: &["gopls", "lsp-go", "(go +lsp"],
    },
    Configured {
        name: "Helix",
        places: &["~/.config/helix/languages.toml"],
        extension: "toml",
        comments: &["#"],
        words: &["gopls"],
    },
    Configured {
        name: "Kakoune",
        places: &["~/.config/kak-lsp/kak-lsp.toml", "~/.config/kak/kakrc"],
        extension: "kak",
        comments: &["#"],
        words: &["gopls"],
    },
];

impl Fact for EditorUse {
    const ID: &'static str = "editors";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let family = FAMILIES.iter().filter(|family| family.is_here(host)).map(|family| Editor {
            name: family.name,
            kind: EditorKind::VsCode,
            go: extensions(host, family).into_iter().next().map(|extension| extension.evidence),
        });
        let configured = CONFIGURED.iter().filter_map(|editor| editor.look(host));
        Ok(EditorUse { editors: family.chain(configured).collect() })
    }
}

impl Configured {
    /// None when the editor is not used here.
    fn look(&self, host: &dyn Host) -> Option<Editor> {
        let mut files = Vec::new();
        for place in self.places {
            collect(host, &host.machine().untilde(place), self.extension, 0, &mut files);
        }
        if files.is_empty() {
            return None;
        }
        let go = files.iter().find_map(|path| self.mention(host, path));
        Some(Editor { name: self.name, kind: EditorKind::Terminal, go })
    }

    fn mention(&self, host: &dyn Host, path: &Path) -> Option<Evidence> {
        let text = host.read_text(path).ok()?;
        let is_comment = |line: &str| self.comments.iter().any(|sign| line.trim_start().starts_with(sign));
        let (index, line) = text
            .lines()
            .enumerate()
            .find(|(_, line)| self.words.iter().any(|word| line.contains(word)) && !is_comment(line))?;
        Some(Evidence::new(format!("{}:{}", host.machine().tilde(path), index + 1), line.trim()))
    }
}

/// A file, or the files of that extension in a folder.
fn collect(host: &dyn Host, path: &Path, extension: &str, depth: usize, files: &mut Vec<PathBuf>) {
    if files.len() >= FILES || depth > DEPTH {
        return;
    }
    let Ok(stat) = host.stat(path) else { return };
    match stat.kind {
        FileKind::File if depth == 0 || path.extension().is_some_and(|found| found == extension) => {
            files.push(path.to_owned());
        }
        FileKind::Folder => {
            let entries = host.read_dir(path).unwrap_or_default();
            for entry in entries.iter().filter(|entry| !entry.name.starts_with('.')) {
                collect(host, &entry.path, extension, depth + 1, files);
            }
        }
        _ => {}
    }
}

impl EditorUse {
    /// The editors that are set up for Go.
    pub fn for_go(&self) -> impl Iterator<Item = (&Editor, &Evidence)> {
        self.editors.iter().filter_map(|editor| Some((editor, editor.go.as_ref()?)))
    }
}
