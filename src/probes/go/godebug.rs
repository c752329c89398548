use std::collections::BTreeSet;
use std::path::Path;

use super::per_root::PerRoot;
use super::running::RunningGos;
use super::toolchains::Toolchains;
use crate::collections::Handful;
use crate::host::Host;
use crate::model::Missing;
use crate::probes::shell::Contexts;
use crate::probes::{Fact, Probing};

/// The GODEBUG settings that each Go in use knows, from its own source; read
/// only where some context sets GODEBUG.
#[derive(Debug)]
pub struct DebugSettings(PerRoot<KnownDebug>);

/// The GODEBUG settings that one Go knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownDebug {
    names: BTreeSet<String>,
    /// Settings that were removed, with the values that end every program.
    removed: Handful<String, Vec<String>>,
}

impl Fact for DebugSettings {
    const ID: &'static str = "known-godebug";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let is_set = !probing.get::<Contexts>()?.values("GODEBUG").is_empty();
        let mut roots = Vec::new();
        if is_set {
            roots = probing.get::<RunningGos>()?.roots();
            roots.extend(probing.get::<Toolchains>()?.actives().filter_map(|(_, go)| go.root.clone()));
        }
        Ok(DebugSettings(PerRoot::read(roots, |root| KnownDebug::read(host, root))))
    }
}

impl DebugSettings {
    /// What the Go with this root knows.
    ///
    /// # Errors
    /// The reason why its source does not tell.
    pub fn of(&self, root: &Path) -> Result<&KnownDebug, Missing> {
        self.0.get(root)
    }
}

impl KnownDebug {
    fn read(host: &dyn Host, root: &Path) -> Result<KnownDebug, Missing> {
        let runtime = host.read_text(&root.join("src/runtime/runtime1.go"))?;
        // Go has this table since 1.21.
        let table = match host.read_text(&root.join("src/internal/godebugs/table.go")) {
            Ok(table) => table,
            Err(missing) if missing.is_absent() => String::new(),
            Err(missing) => return Err(missing),
        };
        Ok(KnownDebug::parse(&runtime, &table))
    }

    fn parse(runtime: &str, table: &str) -> KnownDebug {
        let listed = |text: &str, key: &str| -> Vec<String> {
            let lines = text.lines().filter_map(|line| line.trim_start().strip_prefix('{')?.strip_prefix(key));
            lines.filter_map(|line| quoted(line).next().map(str::to_owned)).collect()
        };
        let vars = runtime.split_once("var dbgvars").map_or("", |(_, rest)| rest);
        // Old releases have no field names there: {"allocfreetrace", &debug…}.
        let mut names: BTreeSet<String> = listed(vars, "name:").into_iter().chain(listed(vars, "")).collect();
        names.extend(listed(table, "Name:"));
        names.insert("memprofilerate".to_owned());
        let rows = table.lines().filter(|line| line.contains("Removed:"));
        let removed = rows.filter_map(|row| {
            let mut words = quoted(row).map(str::to_owned);
            Some((words.next()?, words.collect()))
        });
        KnownDebug { names, removed: removed.collect() }
    }

    /// True for a name that this Go reads. `cpu.` names are those of processor
    /// features.
    #[must_use]
    pub fn knows(&self, name: &str) -> bool {
        self.names.contains(name) || name.starts_with("cpu.")
    }

    /// True for a setting that was removed, with a value that it had: no
    /// program starts.
    #[must_use]
    pub fn is_removed(&self, name: &str, value: &str) -> bool {
        self.removed.get(name).is_some_and(|values| values.iter().any(|known| known == value))
    }
}

/// The texts between quotation marks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').skip(1).step_by(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_removed_values_are_read() {
        let runtime = "x {name: \"no\"}\nvar dbgvars = []*dbgVar{\n\t{name: \"cgocheck\", value: &debug.cgocheck},\n\t{\"gctrace\", &debug.gctrace},\n}\n";
        let table = "var All = []Info{\n\t{Name: \"netdns\", Package: \"net\", Opaque: true},\n}\nvar Removed = []RemovedInfo{\n\t{Name: \"x509sha1\", Removed: 24, Old: one}, // Old: \"1\"\n\t{Name: \"asynctimerchan\", Removed: 27, Old: func(s string) bool { return s == \"1\" || s == \"2\" }}, // Old: \"1\" or \"2\"\r\n}\n";
        let known = KnownDebug::parse(runtime, table);
        for name in ["cgocheck", "gctrace", "netdns", "memprofilerate", "cpu.avx2", "x509sha1"] {
            assert!(known.knows(name), "{name}");
        }
        assert!(!known.knows("no") && !known.knows("bogus") && !known.knows("net"));
        assert!(known.is_removed("asynctimerchan", "2") && known.is_removed("x509sha1", "1"));
        assert!(!known.is_removed("x509sha1", "0") && !known.is_removed("netdns", "net"));
    }

    #[test]
    fn nonsense_gives_nothing() {
        for text in ["", "\"", "var dbgvars", "{Name:", "Removed:", "\u{fffd}\u{0}{name:\""] {
            let known = KnownDebug::parse(text, text);
            assert_eq!(known.names.len(), 1, "{text:?}");
        }
    }
}
