use std::collections::BTreeSet;
use std::path::Path;

use super::per_root::PerRoot;
use super::running::RunningGos;
use super::settings::Settings;
use crate::host::Host;
use crate::model::Missing;
use crate::probes::{Fact, Probing};

/// The experiments that each Go in use knows, from its own source; read only
/// where some context sets GOEXPERIMENT.
#[derive(Debug)]
pub struct Experiments(PerRoot<BTreeSet<String>>);

impl Fact for Experiments {
    const ID: &'static str = "known-experiments";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let settings = probing.get::<Settings>()?;
        let is_set = !settings.values("GOEXPERIMENT").is_empty();
        let roots = if is_set { probing.get::<RunningGos>()?.roots() } else { Vec::new() };
        Ok(Experiments(PerRoot::read(roots, |root| read(host, root))))
    }
}

fn read(host: &dyn Host, root: &Path) -> Result<BTreeSet<String>, Missing> {
    let path = root.join("src/internal/goexperiment/flags.go");
    let names = parse(&host.read_text(&path)?);
    if names.is_empty() { Err(Missing::failed(format!("{} names no experiments", path.display()))) } else { Ok(names) }
}

/// The fields of `type Flags struct`, in small letters as the setting has
/// them, with the two names that Go's parser adds.
fn parse(text: &str) -> BTreeSet<String> {
    let Some((_, fields)) = text.split_once("type Flags struct {") else { return BTreeSet::new() };
    let mut names: BTreeSet<String> = fields
        .lines()
        .take_while(|line| !line.starts_with('}'))
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            let name = words.next()?;
            (words.next() == Some("bool")).then(|| name.to_lowercase())
        })
        .collect();
    if !names.is_empty() {
        names.insert("regabi".to_owned());
    }
    names
}

impl Experiments {
    /// The first name of a GOEXPERIMENT that the Go with this root refuses,
    /// as Go's error gives it.
    ///
    /// # Errors
    /// The reason why its source does not tell.
    pub fn refused<'a>(&self, value: &'a str, root: &Path) -> Result<Option<&'a str>, Missing> {
        let known = self.0.get(root)?;
        Ok(words(value).find(|name| !known.contains(*name)))
    }

    /// The words of a GOEXPERIMENT that the Go with this root takes.
    ///
    /// # Errors
    /// The reason why its source does not tell.
    pub fn taken(&self, value: &str, root: &Path) -> Result<String, Missing> {
        let known = self.0.get(root)?;
        let takes = |word: &&str| words(word).all(|name| known.contains(name)) && !word.is_empty();
        Ok(value.split(',').filter(takes).collect::<Vec<_>>().join(","))
    }
}

/// The names in the list: `no` before one switches it off, `none` all.
fn words(value: &str) -> impl Iterator<Item = &str> {
    value
        .split(',')
        .filter(|word| !word.is_empty() && *word != "none")
        .map(|word| word.strip_prefix("no").unwrap_or(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "package goexperiment\n\n// Flags is\ntype Flags struct {\n\tFieldTrack        bool\n\t// JSONv2 bool is\r\n\tJSONv2 bool // x\r\n\n}\n\nvar Other bool\n";

    #[test]
    fn the_fields_are_the_names() {
        assert_eq!(parse(SOURCE).into_iter().collect::<Vec<_>>(), ["fieldtrack", "jsonv2", "regabi"]);
        for text in ["", "type Flags struct {", "type Flags struct {\n}\n", "\u{0}type Flags struct {}"] {
            assert!(parse(text).is_empty(), "{text:?}");
        }
    }

    #[test]
    fn a_list_is_read_as_go_reads_it() {
        let root = Path::new("/go");
        let experiments = Experiments(PerRoot::read(vec![root.to_owned()], |_| Ok(parse(SOURCE))));
        for (value, refused, taken) in [
            ("jsonv2,nofieldtrack,none,regabi", None, "jsonv2,nofieldtrack,none,regabi"),
            (",", None, ""),
            ("bogus,jsonv2", Some("bogus"), "jsonv2"),
            ("nobogus", Some("bogus"), ""),
            ("jsonv2, ", Some(" "), "jsonv2"),
            ("JSONv2", Some("JSONv2"), ""),
        ] {
            assert_eq!(experiments.refused(value, root), Ok(refused), "{value}");
            assert_eq!(experiments.taken(value, root).as_deref(), Ok(taken), "{value}");
        }
        assert!(experiments.refused("x", Path::new("/other")).is_err());
    }
}
