//! Packages of the distribution, and a repository to install them from.

use std::fs;
use std::path::Path;

use crate::machine::Machine;

/// A package with at most one program in it.
pub struct Package {
    /// Its name.
    pub name: &'static str,
    /// The program of this system that it brings, where it brings one.
    pub program: Option<&'static str>,
}

/// Makes the package database of this machine empty and gives it a repository
/// with these packages. Their programs are then taken away. For a machine with
/// a system of its own.
pub fn only_in_repository(machine: &Machine, packages: &[Package]) {
    let mut words = vec!["bash", "/lab/setup"];
    words.extend(packages.iter().flat_map(|package| [package.name, package.program.unwrap_or("")]));
    fs::write(machine.seen(Path::new("/lab/setup")), SETUP).expect("a file can be written");
    machine.system(&words).works();
}

/// The arguments are pairs: a package and its program, or an empty word.
const SETUP: &str = r#"set -e
for part in /var/lib/dpkg /var/lib/apt /var/cache/apt /var/log /etc/apt; do
    mkdir -p $part; mount -t tmpfs tmpfs $part
done
mkdir -p /var/log/apt /var/lib/dpkg/info /var/lib/dpkg/updates /var/lib/apt/lists/partial
mkdir -p /var/cache/apt/archives/partial /lab/repository
: > /var/lib/dpkg/status
cd /lab/repository
while [ $# -gt 0 ]; do
    package=$1 program=$2; shift 2
    mkdir -p /lab/$package/DEBIAN
    cat > /lab/$package/DEBIAN/control <<END
Package: $package
Version: 1:2.0
Architecture: all
Maintainer: kim <kim@corp.example>
Description: a part of this system
END
    if [ -n "$program" ]; then
        mkdir -p /lab/$package/usr/bin
        cp "$(command -v $program)" /lab/$package/usr/bin/$program
        while at="$(command -v $program)"; do rm "$at"; hash -r; done
    fi
    dpkg-deb --root-owner-group -Znone --build /lab/$package $package.deb
    cat /lab/$package/DEBIAN/control - >> Packages <<END
Filename: ./$package.deb
Size: $(stat -c %s $package.deb)
SHA256: $(sha256sum $package.deb | cut -d' ' -f1)

END
done
echo 'deb [trusted=yes] file:/lab/repository ./' > /etc/apt/sources.list
apt-get update
"#;
