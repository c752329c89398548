//! The flags of C compilers, word by word: what they name, and what is left
//! without some of them.

use crate::probes::go::GoFlags;

/// A flag that matters here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CFlag {
    /// The flag with its value, as it stands there.
    pub(super) text: String,
    /// What it means.
    pub(super) means: Means,
    /// Its words: the first, and how many.
    at: (usize, usize),
}

/// What a flag means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Means {
    /// A folder to look into, passed over where it is not there.
    Folder(String),
    /// A file or folder without which nothing is compiled or linked.
    Needed(String),
    /// The processor of this machine.
    ThisProcessor,
}

/// Flags with a folder to look into; it stands in the same word or the next.
const FOLDERS: [&str; 5] = ["-isystem", "-iquote", "-idirafter", "-I", "-L"];

/// Flags with what must be there, behind an equals sign or in the next word.
const NEEDED: [&str; 4] = ["--sysroot", "-isysroot", "-include", "-imacros"];

/// Flags that choose the processor of the machine that compiles.
const NATIVE: [&str; 2] = ["-march=native", "-mcpu=native"];

/// The words of a setting such as CGO_CFLAGS, as Go splits them, which is as
/// it splits GOFLAGS. None when a quotation mark has no partner.
pub(super) fn words(setting: &str) -> Option<Vec<String>> {
    Some(GoFlags::parse(setting).ok()?.words)
}

/// The flags among these words that name something, with a full path or one
/// below `~`. Others depend on the folder of the package.
pub(super) fn flags(words: &[String]) -> Vec<CFlag> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let next = words.get(at + 1).map(String::as_str);
        let (means, length) = read(word, next);
        if let Some(means) = means {
            found.push(CFlag { text: words[at..(at + length).min(words.len())].join(" "), means, at: (at, length) });
        }
        at += length;
    }
    found
}

fn read(word: &str, next: Option<&str>) -> (Option<Means>, usize) {
    if NATIVE.contains(&word) {
        return (Some(Means::ThisProcessor), 1);
    }
    for (flag, means) in FOLDERS
        .iter()
        .map(|flag| (flag, Means::Folder as fn(String) -> Means))
        .chain(NEEDED.iter().map(|flag| (flag, Means::Needed as fn(String) -> Means)))
    {
        let Some(rest) = word.strip_prefix(flag) else { continue };
        let (path, length) = if rest.is_empty() { (next.unwrap_or_default(), 2) } else { (rest, 1) };
        let path = path.strip_prefix('=').filter(|_| length == 1).unwrap_or(path);
        return (is_certain(path).then(|| means(path.to_owned())), length);
    }
    // A library or an object by its path.
    let is_file = [".a", ".o", ".so"].iter().any(|end| word.ends_with(end));
    ((is_file && is_certain(word)).then(|| Means::Needed(word.to_owned())), 1)
}

/// A path that means the same in every folder. Nobody replaces `~` in a flag.
fn is_certain(path: &str) -> bool {
    (path.starts_with('/') || path.starts_with("~/")) && !path.contains('$')
}

/// The setting without these flags; empty when none is left.
pub(super) fn without(words: &[String], flags: &[&CFlag]) -> String {
    let is_gone = |index: usize| flags.iter().any(|flag| (flag.at.0..flag.at.0 + flag.at.1).contains(&index));
    let kept = words
        .iter()
        .enumerate()
        .filter(|(index, _)| !is_gone(*index))
        .map(|(_, word)| if word.contains([' ', '\t']) { format!("'{word}'") } else { word.clone() });
    kept.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(setting: &str) -> Vec<(String, Means)> {
        let words = words(setting).unwrap_or_default();
        flags(&words).into_iter().map(|flag| (flag.text, flag.means)).collect()
    }

    #[test]
    fn flags_name_folders_and_files() {
        let folder = |text: &str, path: &str| (text.to_owned(), Means::Folder(path.to_owned()));
        let needed = |text: &str, path: &str| (text.to_owned(), Means::Needed(path.to_owned()));
        assert_eq!(
            read_all("-g -O2 -I/opt/x/include -L /opt/x/lib -lx '-I/a b' -isystem /c"),
            [
                folder("-I/opt/x/include", "/opt/x/include"),
                folder("-L /opt/x/lib", "/opt/x/lib"),
                folder("-I/a b", "/a b"),
                folder("-isystem /c", "/c"),
            ]
        );
        assert_eq!(
            read_all("--sysroot=/s -isysroot /t -include /u.h /v/libv.a -L~/lib"),
            [
                needed("--sysroot=/s", "/s"),
                needed("-isysroot /t", "/t"),
                needed("-include /u.h", "/u.h"),
                needed("/v/libv.a", "/v/libv.a"),
                folder("-L~/lib", "~/lib"),
            ]
        );
        assert_eq!(read_all("-march=native -mtune=native"), [("-march=native".to_owned(), Means::ThisProcessor)]);
    }

    #[test]
    fn what_depends_on_a_folder_does_not_count() {
        for setting in [
            "-I.",
            "-I../x",
            "-I${SRCDIR}/x",
            "-L$HOME/x",
            "-lfoo",
            "-I",
            "-L -I",
            "'-I/x",
            "libx.a",
            "\u{fffd}\u{202e}=",
            "",
        ] {
            assert_eq!(read_all(setting), [], "{setting}");
        }
    }

    #[test]
    fn what_is_left_keeps_its_quotes() {
        let words = words("-O2 -I /x '-DA=b c' -march=native").expect("it can be split");
        let flags = flags(&words);
        assert_eq!(without(&words, &flags.iter().collect::<Vec<_>>()), "-O2 '-DA=b c'");
        assert_eq!(without(&words[1..3], &[]), "-I /x");
    }
}
