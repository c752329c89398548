//! The table of mounts, with the drives as WSL mounts them.
//!
//! The kernel that the lab runs on need not know 9p. So the folders that stand
//! in for drives are mounted as they are, and their lines of the table are
//! written anew. The numbers of the mounts stay, so that what the kernel says
//! of an open file still agrees.

use std::fs;
use std::path::Path;

/// A drive of Windows.
pub struct Drive {
    /// The folder that stands in for it, among the drives of the lab.
    pub folder: String,
    /// Where it is mounted.
    pub point: String,
    /// Type, source and options, as the end of a line of mountinfo.
    pub kind: String,
}

impl Drive {
    /// A drive as WSL 2 mounts it by itself, by its letter in lower case.
    pub fn new(letter: char) -> Drive {
        let upper = letter.to_ascii_uppercase();
        Drive {
            folder: letter.to_string(),
            point: format!("/mnt/{letter}"),
            kind: format!(
                "9p {upper}:\\134 rw,aname=drvfs;path={upper}:\\;uid=1000;gid=1000;symlinkroot=/mnt/,cache=0x5,\
                 access=client,msize=65536,trans=fd,rfd=6,wfd=6"
            ),
        }
    }

    /// Mounts it elsewhere.
    pub fn at(mut self, point: &str) -> Drive {
        point.clone_into(&mut self.point);
        self
    }

    /// Mounts it in another way: type, source, options.
    pub fn of_kind(mut self, kind: &str) -> Drive {
        kind.clone_into(&mut self.kind);
        self
    }
}

/// A path as the kernel writes it into its tables.
fn escaped(path: &str) -> String {
    path.replace('\\', "\\134").replace(' ', "\\040").replace('\t', "\\011").replace('\n', "\\012")
}

/// Writes `mountinfo` and `mounts` for a process's view of its mounts.
pub fn write(view: &Path, drives: &[Drive], folder: &Path) {
    let table = fs::read_to_string(view).expect("the kernel lists the mounts");
    let (mut mountinfo, mut mounts) = (String::new(), String::new());
    for line in table.lines() {
        let fields: Vec<&str> = line.splitn(7, ' ').collect();
        let [id, parent, device, root, point, options, rest] = fields[..] else { panic!("a mount: {line}") };
        let drive = drives.iter().find(|drive| escaped(&drive.point) == point);
        let (root, options, kind) = match drive {
            Some(drive) => ("/", "rw,noatime", drive.kind.as_str()),
            None if point == "/" => ("/", "rw,relatime", "ext4 /dev/sdc rw,discard,errors=remount-ro,data=ordered"),
            None => (root, options, rest.split_once("- ").expect("a line has two parts").1),
        };
        mountinfo.push_str(&format!("{id} {parent} {device} {root} {point} {options} - {kind}\n"));
        let [kind, source, more] = kind.splitn(3, ' ').collect::<Vec<_>>()[..] else { panic!("{kind}") };
        let more = more.strip_prefix("rw,").unwrap_or(more);
        mounts.push_str(&format!("{source} {point} {kind} {options},{more} 0 0\n"));
    }
    fs::write(folder.join("mountinfo"), mountinfo).expect("a file can be written");
    fs::write(folder.join("mounts"), mounts).expect("a file can be written");
}
