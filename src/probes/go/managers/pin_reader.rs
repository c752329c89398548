//! The variables and files that ask version managers for a version.

use std::path::{Path, PathBuf};

use super::super::installations::Origin;
use super::version_file::{WORD_LIMIT, line_with, words_in};
use super::{Manager, Pin, PinnedBy};
use crate::host::{Environment, Host};
use crate::model::Missing;
use crate::probes::project::{ModFile, Place};

/// mise's files of one folder, the strongest first.
const MISE_FILES: [&str; 9] = [
    "mise.local.toml",
    "mise.toml",
    ".mise.local.toml",
    ".mise.toml",
    "mise/config.toml",
    ".mise/config.toml",
    ".config/mise.toml",
    ".config/mise/config.toml",
    ".tool-versions",
];

/// What asks first, or why that cannot be read: it may ask for any version.
type Found = Option<Result<Pin, Missing>>;

/// Looks for what asks a manager, in its own order.
pub(super) struct PinReader<'a> {
    host: &'a dyn Host,
    manager: &'a Manager,
    environment: &'a Environment,
}

impl<'a> PinReader<'a> {
    pub(super) fn new(host: &'a dyn Host, manager: &'a Manager, environment: &'a Environment) -> PinReader<'a> {
        PinReader { host, manager, environment }
    }

    pub(super) fn pin(&self) -> Found {
        match self.manager.origin {
            Origin::Goenv => self.goenv(),
            Origin::Asdf => self.asdf(),
            Origin::Mise => self.mise(),
            Origin::Gvm => self.gvm(),
            _ => None,
        }
    }

    fn goenv(&self) -> Found {
        let follows_module = self.environment.get("GOENV_GOMOD_VERSION_ENABLE") == Some("1");
        self.variable("GOENV_VERSION", ':')
            .or_else(|| {
                self.upwards(|folder| {
                    let pin = self.project(folder.join(".go-version"));
                    pin.or_else(|| follows_module.then(|| self.module(folder.join("go.mod"))).flatten())
                })
            })
            .or_else(|| self.default(self.manager.home.join("version")))
    }

    fn asdf(&self) -> Found {
        let name = self.environment.get("ASDF_DEFAULT_TOOL_VERSIONS_FILENAME").unwrap_or(".tool-versions");
        let home = self.host.machine().untilde("~");
        self.variable("ASDF_GOLANG_VERSION", ' ')
            .or_else(|| {
                self.upwards(|folder| {
                    let other = self.asdf_reads_others().then(|| self.other_files(folder)).flatten();
                    other.or_else(|| self.project_or_default(folder.join(name), &home))
                })
            })
            .or_else(|| self.default(home.join(name)))
    }

    fn mise(&self) -> Found {
        let home = self.host.machine().untilde("~");
        let config = self.mise_config();
        let reads_others = self.mise_reads_others(&config);
        self.variable("MISE_GO_VERSION", ' ')
            .or_else(|| {
                self.upwards(|folder| {
                    let own = MISE_FILES.iter().find_map(|name| self.project_or_default(folder.join(name), &home));
                    own.or_else(|| reads_others.then(|| self.other_files(folder)).flatten())
                })
            })
            .or_else(|| self.default(config))
            .or_else(|| self.default(PathBuf::from("/etc/mise/config.toml")))
    }

    /// gvm puts its choice into the shell's variables, from the copy of an
    /// environment that is the default or by `gvm use`.
    fn gvm(&self) -> Found {
        let Some(Ok(pin)) = self.variable("gvm_go_name", ' ') else { return None };
        let path = self.manager.home.join("environments/default");
        let line = format!("gvm_go_name=\"{}\"", pin.first());
        let text = self.host.read_text(&path).unwrap_or_default();
        if !text.contains(&line) {
            return Some(Ok(pin));
        }
        let place = self.place(path, &text, &line);
        Some(Ok(Pin { by: PinnedBy::Default(place), ..pin }))
    }

    fn upwards(&self, pin: impl Fn(&Path) -> Found) -> Found {
        self.host.machine().folder.ancestors().find_map(pin)
    }

    fn variable(&self, name: &'static str, separator: char) -> Found {
        let words = self.environment.get(name)?.split(separator).map(str::trim).filter(|word| !word.is_empty());
        let words: Vec<String> = words.take(WORD_LIMIT).map(str::to_owned).collect();
        (!words.is_empty()).then_some(Ok(Pin { words, by: PinnedBy::Variable(name) }))
    }

    /// What asdf and mise read when they are told to read others' files too:
    /// asdf first the one, mise first the other.
    fn other_files(&self, folder: &Path) -> Found {
        let version = || self.project(folder.join(".go-version"));
        match self.manager.origin {
            Origin::Asdf => version().or_else(|| self.module_in_its_way(folder)),
            _ => self.module_in_its_way(folder).or_else(version),
        }
    }

    /// What they make of a go.mod differs from release to release.
    fn module_in_its_way(&self, folder: &Path) -> Found {
        let module = folder.join("go.mod");
        if !self.host.is_file(&module) || self.environment.get("ASDF_GOLANG_MOD_VERSION") == Some("false") {
            return None;
        }
        let name = self.host.machine().tilde(&module);
        Some(Err(Missing::failed(format!("what {} makes of {name} is not known", self.manager.title()))))
    }

    fn project(&self, path: PathBuf) -> Found {
        self.file(path, PinnedBy::Project)
    }

    fn default(&self, path: PathBuf) -> Found {
        self.file(path, PinnedBy::Default)
    }

    /// What lies in the home folder itself is the user's default.
    fn project_or_default(&self, path: PathBuf, home: &Path) -> Found {
        let is_default = path.parent() == Some(home) || path.starts_with(home.join(".config"));
        if is_default { self.default(path) } else { self.project(path) }
    }

    fn file(&self, path: PathBuf, by: fn(Place) -> PinnedBy) -> Found {
        if !path.is_absolute() {
            return None;
        }
        let text = match self.host.read_text(&path) {
            Ok(text) => text,
            Err(missing) if missing.is_absent() => return None,
            Err(missing) => return Some(Err(missing)),
        };
        let words = words_in(&path, &text);
        let place = self.place(path, &text, words.first()?);
        Some(Ok(Pin { words, by: by(place) }))
    }

    /// The `toolchain` line, or else the `go` line.
    fn module(&self, path: PathBuf) -> Found {
        let text = self.host.read_text(&path).ok()?;
        let file = ModFile::parse(&text);
        let line = file.toolchain.or(file.go)?;
        let words = vec![line.value.trim_start_matches("go").to_owned()];
        let place = self.place(path, &text, &line.value);
        Some(Ok(Pin { words, by: PinnedBy::Project(place) }))
    }

    fn place(&self, path: PathBuf, text: &str, word: &str) -> Place {
        let line = line_with(text, word);
        let name = self.host.machine().tilde(&path);
        let text = text.lines().nth(line - 1).unwrap_or_default().to_owned();
        Place { path, name, line, text }
    }

    fn asdf_reads_others(&self) -> bool {
        let machine = self.host.machine();
        let file = self.environment.get("ASDF_CONFIG_FILE").map_or_else(|| machine.untilde("~/.asdfrc"), PathBuf::from);
        let text = self.host.read_text(&file).unwrap_or_default();
        text.lines()
            .filter_map(|line| line.split_once('='))
            .any(|(name, value)| name.trim() == "legacy_version_file" && value.trim().eq_ignore_ascii_case("yes"))
    }

    fn mise_config(&self) -> PathBuf {
        let folder = || {
            let config = self.environment.get("XDG_CONFIG_HOME").map(PathBuf::from);
            let config = config.unwrap_or_else(|| self.host.machine().untilde("~/.config"));
            self.environment.get("MISE_CONFIG_DIR").map_or_else(|| config.join("mise"), PathBuf::from)
        };
        let named = self.environment.get("MISE_GLOBAL_CONFIG_FILE").map(PathBuf::from);
        named.unwrap_or_else(|| folder().join("config.toml"))
    }

    /// mise reads other managers' files only for the tools that it is told to.
    fn mise_reads_others(&self, config: &Path) -> bool {
        let names_go = |list: &str| list.split([',', ' ', ':']).any(|tool| matches!(tool, "go" | "golang"));
        if let Some(list) = self.environment.get("MISE_IDIOMATIC_VERSION_FILE_ENABLE_TOOLS") {
            return names_go(list);
        }
        let text = self.host.read_text(config).unwrap_or_default();
        let table: toml::Table = text.parse().unwrap_or_default();
        let setting = table.get("settings").and_then(|settings| settings.get("idiomatic_version_file_enable_tools"));
        let tools = setting.and_then(toml::Value::as_array).map(Vec::as_slice).unwrap_or_default();
        tools.iter().filter_map(toml::Value::as_str).any(names_go)
    }
}
