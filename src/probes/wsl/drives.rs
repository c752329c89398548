use std::path::{Path, PathBuf};

use crate::host::{Host, MountLine, TEXT_LIMIT};
use crate::model::Missing;
use crate::probes::{Fact, Probing};

/// The folders of this machine that lie on Windows.
#[derive(Debug, Clone, Default)]
pub struct Drives {
    /// Every mount point in the order of mounting; those of Windows with what
    /// is mounted there.
    mounts: Vec<(PathBuf, Option<Drive>)>,
}

/// A folder of Windows that is mounted here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drive {
    /// Where it is mounted.
    pub point: PathBuf,
    /// What is mounted, as Windows names it: `C:\`, `C:\Users\me`,
    /// `\\nas\share`. None where the mount does not tell.
    pub windows: Option<String>,
    /// `9p`, `virtiofs`, `drvfs`.
    pub kind: String,
}

/// Where the kernel tells of mounts; the second one on WSL 1.
const MOUNTINFO: &str = "/proc/self/mountinfo";
const MOUNTS: &str = "/proc/mounts";

impl Fact for Drives {
    const ID: &'static str = "windows-drives";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        if host.machine().is_wsl() { Drives::read(host) } else { Ok(Drives::default()) }
    }
}

impl Drives {
    fn read(host: &dyn Host) -> Result<Drives, Missing> {
        match host.read(Path::new(MOUNTINFO), TEXT_LIMIT) {
            Ok(text) => Ok(Drives::of(MountLine::all(&text))),
            Err(missing) if missing.is_absent() => {
                let text = host.read(Path::new(MOUNTS), TEXT_LIMIT)?;
                Ok(Drives::of(MountLine::all_of_mounts(&text)))
            }
            Err(missing) => Err(missing),
        }
    }

    fn of(lines: impl Iterator<Item = MountLine>) -> Drives {
        let mount = |line: MountLine| {
            let point = PathBuf::from(String::from_utf8_lossy(&line.point).into_owned());
            let windows = source(&line, &point);
            let drive = windows.map(|windows| Drive { point: point.clone(), windows, kind: line.kind });
            (point, drive)
        };
        Drives { mounts: lines.map(mount).collect() }
    }

    /// The folder of Windows that this path lies in. The path has no links.
    #[must_use]
    pub fn holding(&self, path: &Path) -> Option<&Drive> {
        let holding = self.mounts.iter().filter(|(point, _)| path.starts_with(point));
        // Of mounts at one point, the last is the one that is seen.
        holding.max_by_key(|(point, _)| point.components().count())?.1.as_ref()
    }

    /// The same, for a path that may be a link or not exist.
    #[must_use]
    pub fn holding_real(&self, host: &dyn Host, path: &Path) -> Option<&Drive> {
        if self.mounts.iter().all(|(_, drive)| drive.is_none()) {
            return None;
        }
        let real = path.ancestors().find_map(|folder| {
            let real = host.canonical(folder).ok()?;
            Some(path.strip_prefix(folder).map_or(real.clone(), |rest| real.join(rest)))
        });
        self.holding(&real.unwrap_or_else(|| path.to_owned()))
    }

    /// How Windows names this path.
    #[must_use]
    pub fn windows_path(&self, path: &Path) -> Option<String> {
        let drive = self.holding(path)?;
        let rest = path.strip_prefix(&drive.point).ok()?.to_string_lossy().replace('/', "\\");
        let top = drive.windows.as_deref()?.trim_end_matches('\\');
        Some(match (rest.is_empty(), top.ends_with(':')) {
            (true, false) => top.to_owned(),
            _ => format!("{top}\\{rest}"),
        })
    }

    /// Where this path of Windows lies here.
    #[must_use]
    pub fn linux_path(&self, windows: &str) -> Option<PathBuf> {
        let wanted = windows.replace('/', "\\");
        let within = |drive: &Drive| {
            let top = drive.windows.as_deref()?.trim_end_matches('\\').to_owned();
            let (head, rest) = wanted.split_at_checked(top.len())?;
            let is_below = head.eq_ignore_ascii_case(&top) && (rest.is_empty() || rest.starts_with('\\'));
            let parts = rest.split('\\').filter(|part| !part.is_empty());
            is_below.then(|| (top.len(), parts.fold(drive.point.clone(), |path, part| path.join(part))))
        };
        let found = self.all().filter_map(within);
        found.max_by_key(|(length, _)| *length).map(|(_, path)| path)
    }

    /// The drive that Windows was started from.
    #[must_use]
    pub fn system(&self) -> Option<&Drive> {
        self.all().find(|drive| drive.windows.as_deref() == Some("C:\\"))
    }

    /// All that is mounted of Windows.
    pub fn all(&self) -> impl Iterator<Item = &Drive> {
        self.mounts.iter().filter_map(|(_, drive)| drive.as_ref())
    }
}

/// What is mounted of Windows; the outer None for other mounts, the inner one
/// where the mount does not tell.
fn source(line: &MountLine, point: &Path) -> Option<Option<String>> {
    let source = String::from_utf8_lossy(&line.source).into_owned();
    let options = String::from_utf8_lossy(&line.options).into_owned();
    let top = match line.kind.as_str() {
        "drvfs" => Some(with_slash(&source)),
        "9p" => {
            let named = options.split_once("aname=")?.1;
            if named.split([';', ',']).next() != Some("drvfs") {
                return None;
            }
            // Of a share on the network, and of a drive, the path tells.
            let path = named.split_once("path=").map(|(_, path)| path.split([';', ',']).next().unwrap_or_default());
            path.filter(|path| !path.is_empty()).map(with_slash)
        }
        "virtiofs" => {
            let letter = source.strip_prefix("drvfs").map(|rest| rest.strip_prefix('a').unwrap_or(rest));
            let letter = letter.and_then(|rest| rest.chars().next()).filter(char::is_ascii_uppercase);
            if letter.is_none() && source != "drvfs" && !is_guid(&source) {
                return None;
            }
            letter.map(|letter| format!("{letter}:\\")).or_else(|| drive_named(point))
        }
        _ => return None,
    };
    // A bind mount shows a folder of the drive; of virtiofs the first name is
    // the share's.
    let root = String::from_utf8_lossy(&line.root).into_owned();
    let below = match root.trim_start_matches('/').split_once('/') {
        Some((share, rest)) if line.kind == "virtiofs" && is_guid(share) => rest,
        _ if line.kind == "virtiofs" && is_guid(root.trim_start_matches('/')) => "",
        _ => root.trim_start_matches('/'),
    };
    Some(top.map(|top| if below.is_empty() { top } else { format!("{top}{}", below.replace('/', "\\")) }))
}

/// `C:` and `C:\` are `C:\`.
fn with_slash(path: &str) -> String {
    if path.ends_with('\\') || !path.ends_with(':') { path.to_owned() } else { format!("{path}\\") }
}

/// `/mnt/c` is drive C.
fn drive_named(point: &Path) -> Option<String> {
    let name = point.file_name()?.to_str()?;
    let letter = name.chars().next().filter(|letter| name.len() == 1 && letter.is_ascii_alphabetic())?;
    Some(format!("{}:\\", letter.to_ascii_uppercase()))
}

/// `5f3c0a52-8a0e-4a7f-9a61-0d5b6f2a9c11`, with braces or without.
fn is_guid(text: &str) -> bool {
    let bare = text.trim_start_matches('{').trim_end_matches('}');
    let lengths: Vec<usize> = bare.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && bare.chars().all(|c| c == '-' || c.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    macro_rules! sample {
        ($name:literal) => {
            include_bytes!(concat!("../../../tests/wsl-samples/", $name))
        };
    }

    fn listed(drives: &Drives) -> Vec<(String, Option<String>)> {
        drives.all().map(|drive| (drive.point.display().to_string(), drive.windows.clone())).collect()
    }

    fn told(pairs: &[(&str, &str)]) -> Vec<(String, Option<String>)> {
        pairs.iter().map(|(point, windows)| ((*point).to_owned(), Some((*windows).to_owned()))).collect()
    }

    #[test]
    fn mounts_of_wsl_2_are_told_from_others() {
        let drives = Drives::of(MountLine::all(sample!("mountinfo-wsl2.txt")));
        let expected = told(&[
            ("/mnt/c", r"C:\"),
            ("/mnt/My Drive", r"E:\"),
            ("/Docker/host", r"C:\Program Files\Docker\Docker\resources"),
            ("/home/me/src", r"C:\Users\me\src"),
            ("/mnt/nas", r"\\nas\share"),
        ]);
        assert_eq!(listed(&drives), expected);
        assert_eq!(drives.system().unwrap().point, Path::new("/mnt/c"));
    }

    #[test]
    fn paths_are_translated_both_ways() {
        let drives = Drives::of(MountLine::all(sample!("mountinfo-wsl2.txt")));
        for (linux, windows) in [
            ("/mnt/c/Users/me/x.go", r"C:\Users\me\x.go"),
            ("/mnt/My Drive/a", r"E:\a"),
            ("/mnt/nas/team", r"\\nas\share\team"),
        ] {
            assert_eq!(drives.windows_path(Path::new(linux)).as_deref(), Some(windows));
            assert_eq!(drives.linux_path(windows).as_deref(), Some(Path::new(linux)));
        }
        assert_eq!(drives.windows_path(Path::new("/home/me/src/shop")).as_deref(), Some(r"C:\Users\me\src\shop"));
        assert_eq!(drives.linux_path(r"c:/Users/ME/src/shop").as_deref(), Some(Path::new("/home/me/src/shop")));
        for none in ["/home/me/other", "/usr/lib/wsl/drivers/x", "/mnt/wsl", "/mnt/cache"] {
            assert_eq!(drives.windows_path(Path::new(none)), None, "{none}");
        }
        assert_eq!(drives.linux_path(r"F:\x"), None);
        assert_eq!(drives.linux_path(r"C:Users"), None);
    }

    #[test]
    fn every_generation_of_mounts_is_known() {
        let of = |text: &[u8]| listed(&Drives::of(MountLine::all_of_mounts(text)));
        let both = told(&[("/mnt/c", r"C:\"), ("/mnt/d", r"D:\")]);
        assert_eq!(of(sample!("proc-mounts-wsl2-9p.txt")), both);
        assert_eq!(of(sample!("proc-mounts-wsl2-virtiofs.txt")), both);
        assert_eq!(listed(&Drives::of(MountLine::all(sample!("mountinfo-wsl2-virtiofs-aggregate.txt")))), both);
        assert_eq!(of(sample!("proc-mounts-wsl2-9p-oldkernel.txt")), both[..1]);
        assert_eq!(of(sample!("proc-mounts-wsl1-drvfs.txt")), both[..1]);
        assert_eq!(of(sample!("proc-mounts-wsl2-9p-metadata-customroot.txt")), told(&[("/c", r"C:\")]));
        let docker = r"C:\Program Files\Docker\Docker\resources";
        assert_eq!(
            of(sample!("proc-mounts-docker-desktop.txt")),
            told(&[("/mnt/c", r"C:\"), ("/Docker/host", docker)])
        );
        // An old one that names no path is of Windows all the same.
        let old = of(sample!("proc-mounts-wsl2-virtio9p.txt"));
        assert_eq!(old, told(&[("/mnt/c", r"C:\")]));
    }

    #[test]
    fn hostile_names_stay_names() {
        let text = b"1 0 0:1 / /mnt/c\\040-\\0409p rw - ext4 /dev/sda rw\n2 0 0:1 / / rw - 9p x rw,aname=drvfs\n\
            3 0 0:1 / /z rw - virtiofs tag rw\n4 0 0:1 / /y rw - 9p y rw,aname=drvfsx;path=\n";
        let drives = Drives::of(MountLine::all(text));
        assert_eq!(listed(&drives), [("/".to_owned(), None)]);
    }
}
