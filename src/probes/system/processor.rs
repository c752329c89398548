use std::collections::BTreeSet;
use std::path::Path;

use crate::host::Host;
use crate::model::Missing;
use crate::probes::{Fact, Probing};

/// What this machine's processor can do, as the kernel names it.
#[derive(Debug)]
pub struct Processor {
    features: Result<BTreeSet<String>, Missing>,
}

/// What each microarchitecture level of AMD64 adds, by the kernel's names; the
/// same that Go's start code asks the processor for.
const LEVELS: [(u8, &[&str]); 3] = [
    (2, &["cx16", "lahf_lm", "pni", "popcnt", "sse4_1", "sse4_2", "ssse3"]),
    (3, &["abm", "avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "movbe"]),
    (4, &["avx512bw", "avx512cd", "avx512dq", "avx512f", "avx512vl"]),
];

impl Fact for Processor {
    const ID: &'static str = "processor";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        Ok(Processor::of(probing.host()))
    }
}

/// The features that all processors of the list have: a program may run on
/// any of them.
fn parse(text: &str) -> Result<BTreeSet<String>, Missing> {
    let lists = text.lines().filter_map(|line| {
        let (key, list) = line.split_once(':')?;
        let words = || list.split_whitespace().map(str::to_owned).collect::<BTreeSet<_>>();
        matches!(key.trim_end(), "flags" | "Features").then(words)
    });
    lists
        .reduce(|all, one| all.intersection(&one).cloned().collect())
        .ok_or_else(|| Missing::failed("/proc/cpuinfo lists no processor features"))
}

impl Processor {
    /// Reads what the kernel says of it.
    pub(crate) fn of(host: &dyn Host) -> Processor {
        Processor { features: host.read_text(Path::new("/proc/cpuinfo")).and_then(|text| parse(&text)) }
    }

    /// The microarchitecture level of an AMD64 processor, from 1 to 4.
    ///
    /// # Errors
    /// The reason why the features are not known.
    pub fn amd64_level(&self) -> Result<u8, Missing> {
        let features = self.known()?;
        let has = |names: &[&str]| names.iter().all(|name| features.contains(*name));
        Ok(LEVELS.into_iter().take_while(|(_, names)| has(names)).last().map_or(1, |(level, _)| level))
    }

    /// The features of an AMD64 level that this processor lacks, lower levels
    /// included.
    ///
    /// # Errors
    /// The reason why the features are not known.
    pub fn lacks(&self, level: u8) -> Result<Vec<&'static str>, Missing> {
        let features = self.known()?;
        let asked =
            LEVELS.into_iter().filter(|(other, _)| *other <= level).flat_map(|(_, names)| names.iter().copied());
        Ok(asked.filter(|name| !features.contains(*name)).collect())
    }

    /// True when the kernel names this feature.
    ///
    /// # Errors
    /// The reason why the features are not known.
    pub fn has(&self, feature: &str) -> Result<bool, Missing> {
        self.known().map(|features| features.contains(feature))
    }

    fn known(&self) -> Result<&BTreeSet<String>, Missing> {
        self.features.as_ref().map_err(Clone::clone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(text: &str) -> Result<u8, Missing> {
        Processor { features: parse(text) }.amd64_level()
    }

    #[test]
    fn the_level_is_that_of_the_weakest_processor() {
        let flags = |upto: u8| {
            let names = LEVELS.into_iter().filter(|(level, _)| *level <= upto).flat_map(|(_, names)| names.iter());
            names.copied().collect::<Vec<_>>().join(" ")
        };
        let list = |upto| format!("processor\t: 0\r\nflags\t\t: fpu {} end\nbugs : avx512f\n", flags(upto));
        for upto in 1..=4 {
            assert_eq!(level(&list(upto)), Ok(upto));
        }
        assert_eq!(level(&format!("{}\n{}", list(4), list(2))), Ok(2));
        assert_eq!(level(&format!("flags : {}", flags(4).replace("popcnt", ""))), Ok(1));
    }

    #[test]
    fn a_text_without_features_tells_nothing() {
        for text in ["", "processor : 0\n", "flags", "\u{fffd}:\u{0}\n"] {
            assert!(level(text).is_err(), "{text:?}");
        }
    }
}
