use std::io;
use std::path::Path;

use rustix::io::Errno;

/// The file capabilities that a binary is permitted. None, where the file
/// system keeps no extended attributes.
pub(in crate::host::live) fn capabilities(path: &Path) -> io::Result<Vec<String>> {
    // The largest form there is, version 3, has 24 bytes.
    let mut value = [0_u8; 64];
    match rustix::fs::getxattr(path, c"security.capability", &mut value) {
        Ok(length) => decode(&value[..length.min(value.len())])
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "its file capabilities are of an unknown form")),
        Err(Errno::NODATA | Errno::OPNOTSUPP) => Ok(Vec::new()),
        Err(error) => Err(error.into()),
    }
}

/// Decodes `struct vfs_cap_data` of linux/capability.h: a little-endian word
/// with the revision in its highest byte, then pairs of words, permitted and
/// inheritable: one pair in revision 1, two in 2 and 3.
fn decode(value: &[u8]) -> Option<Vec<String>> {
    let (words, _) = value.as_chunks::<4>();
    let word = |at: usize| words.get(at).map(|bytes| u32::from_le_bytes(*bytes));
    let permitted = match word(0)? >> 24 {
        1 => u64::from(word(1)?),
        2 | 3 => u64::from(word(1)?) | u64::from(word(3)?) << 32,
        _ => return None,
    };
    let name = |bit: usize| NAMES.get(bit).map_or_else(|| format!("cap_{bit}"), |name| format!("cap_{name}"));
    Some((0..64).filter(|bit| permitted >> bit & 1 == 1).map(name).collect())
}

/// In the order of their bits.
const NAMES: [&str; 41] = [
    "chown",
    "dac_override",
    "dac_read_search",
    "fowner",
    "fsetid",
    "kill",
    "setgid",
    "setuid",
    "setpcap",
    "linux_immutable",
    "net_bind_service",
    "net_broadcast",
    "net_admin",
    "net_raw",
    "ipc_lock",
    "ipc_owner",
    "sys_module",
    "sys_rawio",
    "sys_chroot",
    "sys_ptrace",
    "sys_pacct",
    "sys_admin",
    "sys_boot",
    "sys_nice",
    "sys_resource",
    "sys_time",
    "sys_tty_config",
    "mknod",
    "lease",
    "audit_write",
    "audit_control",
    "setfcap",
    "mac_override",
    "mac_admin",
    "syslog",
    "wake_alarm",
    "block_suspend",
    "audit_read",
    "perfmon",
    "bpf",
    "checkpoint_restore",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[u32]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    #[test]
    fn every_revision_is_decoded() {
        assert_eq!(decode(&words(&[0x0100_0001, 1 << 19, 0])).unwrap(), ["cap_sys_ptrace"]);
        assert_eq!(
            decode(&words(&[0x0200_0001, 1 << 19 | 1 << 13, 0, 1 << 7, 0])).unwrap(),
            ["cap_net_raw", "cap_sys_ptrace", "cap_bpf"]
        );
        assert_eq!(decode(&words(&[0x0300_0000, 0, 0, 1 << 31, 0, 1000])).unwrap(), ["cap_63"]);
    }

    #[test]
    fn what_is_cut_or_unknown_is_refused() {
        assert_eq!(decode(&words(&[0x0900_0000, 1, 1])), None);
        assert_eq!(decode(&words(&[0x0200_0000, 1])), None);
        assert_eq!(decode(b"ab"), None);
    }
}
