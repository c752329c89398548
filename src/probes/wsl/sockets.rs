use crate::model::{Context, Missing};
use crate::probes::{Fact, Probing};

/// The sockets that reach Windows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sockets {
    /// The one that this session was given.
    pub session: Option<String>,
}

impl Fact for Sockets {
    const ID: &'static str = "wsl-sockets";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let session = probing.host().environment(Context::Session)?;
        Ok(Sockets { session: session.get("WSL_INTEROP").map(str::to_owned) })
    }
}
