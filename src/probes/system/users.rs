use std::collections::BTreeMap;
use std::path::Path;

use crate::model::Missing;
use crate::probes::{Fact, Probing};

/// The names of this machine's users.
#[derive(Debug, Default)]
pub struct Users {
    names: BTreeMap<u32, String>,
}

impl Fact for Users {
    const ID: &'static str = "users";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let text = host.read_text(Path::new("/etc/passwd")).unwrap_or_default();
        let mut names: BTreeMap<u32, String> = text
            .lines()
            .filter_map(|line| {
                let mut fields = line.split(':');
                let name = fields.next()?;
                Some((fields.nth(1)?.parse().ok()?, name.to_owned()))
            })
            .collect();
        names.entry(0).or_insert_with(|| "root".to_owned());
        let user = &host.machine().user;
        names.insert(user.uid, user.name.clone());
        Ok(Users { names })
    }
}

impl Users {
    /// The name of a user, or `user 1234` for one without.
    #[must_use]
    pub fn name(&self, uid: u32) -> String {
        self.names.get(&uid).cloned().unwrap_or_else(|| format!("user {uid}"))
    }
}
