//! The settings that WSL knows (microsoft/WSL, WslDistributionConfig.cpp and
//! WslCoreConfig.cpp).

/// What a setting's value may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 1, 0, true, false in any case.
    Boolean,
    /// As C reads one: 010 is 8, 08 is none.
    Integer,
    /// `8GB`.
    Memory,
    /// One of these, in any case.
    Choice(&'static [&'static str]),
    /// A path of Windows.
    Path,
    /// Anything.
    Text,
}

/// A setting that WSL knows.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// `section.key`.
    pub name: &'static str,
    /// Where else it may stand.
    pub alias: Option<&'static str>,
    /// What its value may be.
    pub kind: Kind,
}

const fn key(name: &'static str, kind: Kind) -> Key {
    Key { name, alias: None, kind }
}

const fn moved(name: &'static str, alias: &'static str, kind: Kind) -> Key {
    Key { name, alias: Some(alias), kind }
}

/// The network modes of .wslconfig. Newer versions say consomme for
/// virtioproxy, and take both.
const MODES: Kind = Kind::Choice(&["none", "nat", "bridged", "mirrored", "virtioproxy", "consomme"]);

/// The settings of /etc/wsl.conf.
pub(super) const WSL_CONF: &[Key] = &[
    key("automount.enabled", Kind::Boolean),
    key("automount.root", Kind::Text),
    key("automount.options", Kind::Text),
    key("automount.mountFsTab", Kind::Boolean),
    key("automount.ldconfig", Kind::Boolean),
    key("automount.cgroups", Kind::Choice(&["v1", "v2"])),
    key("filesystem.umask", Kind::Integer),
    key("interop.enabled", Kind::Boolean),
    key("interop.appendWindowsPath", Kind::Boolean),
    key("network.generateHosts", Kind::Boolean),
    key("network.generateResolvConf", Kind::Boolean),
    key("network.hostname", Kind::Text),
    key("time.useWindowsTimezone", Kind::Boolean),
    key("fileServer.enabled", Kind::Boolean),
    key("fileServer.logFile", Kind::Text),
    key("fileServer.logLevel", Kind::Integer),
    key("fileServer.logTruncate", Kind::Boolean),
    key("gpu.enabled", Kind::Boolean),
    key("gpu.appendLibPath", Kind::Boolean),
    key("user.default", Kind::Text),
    key("boot.command", Kind::Text),
    key("boot.systemd", Kind::Boolean),
    key("boot.initTimeout", Kind::Integer),
    key("boot.protectBinfmt", Kind::Boolean),
    key("general.guiApplications", Kind::Boolean),
];

/// The settings of .wslconfig.
pub(super) const WSLCONFIG: &[Key] = &[
    key("wsl2.kernel", Kind::Path),
    key("wsl2.kernelCommandLine", Kind::Text),
    key("wsl2.kernelModules", Kind::Path),
    key("wsl2.memory", Kind::Memory),
    key("wsl2.processors", Kind::Integer),
    key("wsl2.debugConsole", Kind::Boolean),
    key("wsl2.earlyBootLogging", Kind::Boolean),
    key("wsl2.swap", Kind::Memory),
    key("wsl2.swapFile", Kind::Path),
    key("wsl2.localhostForwarding", Kind::Boolean),
    key("wsl2.nestedVirtualization", Kind::Boolean),
    key("wsl2.virtio9p", Kind::Boolean),
    key("wsl2.virtiofs", Kind::Boolean),
    key("wsl2.kernelDebugPort", Kind::Integer),
    key("wsl2.gpuSupport", Kind::Boolean),
    key("wsl2.guiApplications", Kind::Boolean),
    key("wsl2.systemDistro", Kind::Path),
    key("wsl2.telemetry", Kind::Boolean),
    key("wsl2.vmIdleTimeout", Kind::Integer),
    key("wsl2.debugConsoleLogFile", Kind::Path),
    key("wsl2.kernelBootTimeout", Kind::Integer),
    key("wsl2.distributionStartTimeout", Kind::Integer),
    key("wsl2.virtio", Kind::Boolean),
    key("wsl2.hostFileSystemAccess", Kind::Boolean),
    key("wsl2.mountDeviceTimeout", Kind::Integer),
    key("wsl2.hardwarePerformanceCounters", Kind::Boolean),
    key("wsl2.vmSwitch", Kind::Text),
    key("wsl2.macAddress", Kind::Text),
    key("wsl2.dhcp", Kind::Boolean),
    key("wsl2.dhcpTimeout", Kind::Integer),
    key("wsl2.ipv6", Kind::Boolean),
    key("wsl2.dnsProxy", Kind::Boolean),
    key("wsl2.safeMode", Kind::Boolean),
    key("wsl2.defaultVhdSize", Kind::Memory),
    key("wsl2.crashDumpFolder", Kind::Path),
    key("wsl2.maxCrashDumpCount", Kind::Integer),
    key("wsl2.loadKernelModules", Kind::Text),
    key("wsl2.loadDefaultKernelModules", Kind::Boolean),
    key("wsl2.isolateDistroCgroup", Kind::Boolean),
    moved("wsl2.networkingMode", "experimental.networkingMode", MODES),
    moved("wsl2.dnsTunneling", "experimental.dnsTunneling", Kind::Boolean),
    moved("wsl2.firewall", "experimental.firewall", Kind::Boolean),
    moved("wsl2.autoProxy", "experimental.autoProxy", Kind::Boolean),
    key("general.distributionInstallPath", Kind::Path),
    key("general.instanceIdleTimeout", Kind::Integer),
    key("experimental.autoMemoryReclaim", Kind::Choice(&["disabled", "gradual", "dropCache"])),
    key("experimental.sparseVhd", Kind::Boolean),
    key("experimental.bestEffortDnsParsing", Kind::Boolean),
    key("experimental.dnsTunnelingIpAddress", Kind::Text),
    key("experimental.initialAutoProxyTimeout", Kind::Integer),
    key("experimental.ignoredPorts", Kind::Text),
    key("experimental.hostAddressLoopback", Kind::Boolean),
    key("experimental.setVersionDebug", Kind::Boolean),
    key("experimental.swiotlb", Kind::Memory),
    key("experimental.virtioFsAggregateShares", Kind::Boolean),
];

impl Key {
    /// True for the name, or the one it had, in any case.
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name) || self.alias.is_some_and(|alias| alias.eq_ignore_ascii_case(name))
    }
}

impl Kind {
    /// True for a value that WSL takes.
    #[must_use]
    pub fn takes(self, value: &str) -> bool {
        match self {
            Kind::Boolean => boolean(value).is_some(),
            Kind::Integer => integer(value).is_some(),
            Kind::Memory => is_memory(value),
            Kind::Choice(choices) => choices.iter().any(|choice| choice.eq_ignore_ascii_case(value)),
            Kind::Path | Kind::Text => true,
        }
    }
}

/// A boolean as WSL reads one.
pub(super) fn boolean(value: &str) -> Option<bool> {
    match value {
        "1" => Some(true),
        "0" => Some(false),
        _ if value.eq_ignore_ascii_case("true") => Some(true),
        _ if value.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// As strtol with base 0 reads it, of the size of an int.
fn integer(value: &str) -> Option<i32> {
    let trimmed = value.trim_start();
    let (negative, digits) = match trimmed.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, trimmed.strip_prefix('+').unwrap_or(trimmed)),
    };
    let hex = digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X"));
    let (radix, digits) = match hex {
        Some(hex) => (16, hex),
        None if digits.len() > 1 && digits.starts_with('0') => (8, &digits[1..]),
        None => (10, digits),
    };
    // from_str_radix takes a sign of its own.
    let number = digits.starts_with(|first: char| first.is_ascii_hexdigit()).then_some(digits)?;
    let number = i64::from_str_radix(number, radix).ok()?;
    i32::try_from(if negative { -number } else { number }).ok()
}

/// Digits, then a unit in capitals or none.
fn is_memory(value: &str) -> bool {
    let unit = value.trim_start_matches(|c: char| c.is_ascii_digit());
    let units = ["", "B", "K", "KB", "M", "MB", "G", "GB", "T", "TB"];
    unit.len() < value.len() && units.contains(&unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_taken_as_wsl_takes_them() {
        for (kind, good, bad) in [
            (Kind::Boolean, &["1", "0", "TRUE", "false"][..], &["yes", "on", "", "2", " true"][..]),
            (Kind::Integer, &["0", "-1", "010", "0x1F", "+4"], &["08", "", "1.5", "4 ", "0x", "9999999999", "x"]),
            (Kind::Memory, &["8GB", "512M", "1024", "4T", "7B"], &["8gb", "8 GB", "1.5GB", "", "GB", "8GiB"]),
            (MODES, &["NAT", "mirrored", "VirtioProxy"], &["mirror", ""]),
            (Kind::Path, &["", "C:\\x"], &[]),
        ] {
            for value in good {
                assert!(kind.takes(value), "{kind:?} {value}");
            }
            for value in bad {
                assert!(!kind.takes(value), "{kind:?} {value}");
            }
        }
        assert_eq!(integer("010"), Some(8));
    }
}
