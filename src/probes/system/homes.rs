use std::path::PathBuf;

use crate::model::{Context, Missing};
use crate::probes::modules::Place;
use crate::probes::shell::Contexts;
use crate::probes::{Fact, Probing};

/// What HOME names, context by context.
#[derive(Debug)]
pub struct Homes {
    /// The values, each with the contexts that have it.
    pub found: Vec<Home>,
}

/// A value of HOME.
#[derive(Debug)]
pub struct Home {
    /// The value; None where it is not set, or empty.
    pub value: Option<String>,
    /// What stands there; None where nothing is named.
    pub place: Option<Place>,
    /// The contexts that have it.
    pub contexts: Vec<Context>,
}

impl Fact for Homes {
    const ID: &'static str = "homes";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let shells = probing.get::<Contexts>()?;
        let mut found: Vec<Home> = Vec::new();
        for (context, environment) in shells.known() {
            let value = environment.get("HOME").map(str::to_owned);
            match found.iter_mut().find(|home| home.value == value) {
                Some(known) => known.contexts.push(context),
                None => {
                    let path = value.as_ref().map(PathBuf::from).filter(|path| path.is_absolute());
                    let place = path.map(|path| Place::read(probing.host(), &path));
                    found.push(Home { value, place, contexts: vec![context] });
                }
            }
        }
        Ok(Homes { found })
    }
}
