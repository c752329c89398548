//! A company's network: modules and checksums over TLS, vouched for by its own
//! authority.

use crate::authority::Authority;
use crate::machine::{Machine, Shell};
use crate::modproxy::ModProxy;
use crate::namespaces::Namespaces;
use crate::sumdb::SumDb;
use crate::tls::TlsFront;

use super::dep::served;

/// Where Debian's update-ca-certificates looks for authorities.
const READY: &str = "/usr/local/share/ca-certificates/lab-root.crt";

/// A machine whose module proxy shows a certificate from the company's own
/// authority, and serves a checksum database.
pub struct Company {
    /// The machine.
    pub machine: Machine,
    /// The company's authority, which the system does not know yet.
    pub authority: Authority,
    _front: TlsFront,
    _modules: ModProxy,
    _sums: SumDb,
}

impl Company {
    /// The module proxy goes by this name.
    pub fn new(shell: Shell, version: &str, name: &str) -> Company {
        let hosts = format!("printf '127.0.0.1 localhost\\n198.51.100.10 {name}\\n' > /etc/hosts\n");
        let namespace = Namespaces::system(&hosts);
        let (modules, authority) = (served(), Authority::new("Lab Root"));
        let sums = SumDb::start(modules.folder());
        let front = TlsFront::start_at(namespace.listener(443), &authority.issue_whole(name), sums.port());
        let machine = Machine::with_go(shell, version).within(namespace);
        machine.write(".config/go/env", format!("GOSUMDB={}\nGOPROXY=https://{name}\n", sums.key()));
        Company { machine, authority, _front: front, _modules: modules, _sums: sums }
    }

    /// Has the system know the authority.
    pub fn install(&self) {
        let target = self.machine.seen(READY.as_ref());
        std::fs::create_dir_all(target.parent().expect("it has a parent")).expect("a folder can be made");
        std::fs::copy(self.authority.certificate(), target).expect("it can be copied");
        self.machine.terminal("update-ca-certificates").works();
    }
}
