use crate::host::Machine;
use crate::model::Fix;

/// The official archive, with its checksum compared.
#[must_use]
pub fn official_archive(machine: &Machine) -> Fix {
    let (os, arch) = (machine.goos(), machine.goarch());
    // go.dev names the 32-bit ARM archive after the version of its instructions.
    let arch = if arch == "arm" { "armv6l" } else { arch };
    let command = format!(
        "V=$(curl -fsSL 'https://go.dev/VERSION?m=text' | head -n1); F=$V.{os}-{arch}.tar.gz; \
curl -fLO https://dl.google.com/go/$F && curl -fLO https://dl.google.com/go/$F.sha256 && \
echo \"$(cat $F.sha256)  $F\" | sha256sum -c && \
sudo rm -rf /usr/local/go && sudo tar -C /usr/local -xzf $F"
    );
    Fix::manual(
        format!("Install the official archive for {os}-{arch}"),
        "Downloads the newest release, compares its checksum, and unpacks it to /usr/local/go after removing what is there: never unpack over an old Go. Then run gomedic again: it puts /usr/local/go/bin on PATH.",
        Some(command),
    )
}
