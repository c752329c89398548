use std::sync::Arc;

use super::vscode_settings::{EditorSetting, VscodeSettings};
use crate::host::Endpoint;
use crate::model::Missing;
use crate::probes::network::{Answering, Reading, answering};
use crate::probes::{Fact, Probing};

/// The proxies that VS Code and its kin hand to Go tools: the setting
/// `http.proxy`, which wins over all variables.
#[derive(Debug)]
pub struct EditorProxies {
    /// Each setting once, also when several editors read it.
    pub found: Vec<EditorProxy>,
    /// Why a settings file could not be read.
    pub problem: Option<Missing>,
}

/// A proxy that an editor's settings name.
#[derive(Debug, Clone)]
pub struct EditorProxy {
    /// The editors that read it.
    pub editors: Vec<&'static str>,
    /// The setting.
    pub setting: EditorSetting,
    /// Where it leads to.
    pub endpoint: Endpoint,
    /// Whether anything answers there.
    pub answering: Answering,
}

impl Fact for EditorProxies {
    const ID: &'static str = "editor-proxies";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let settings = probing.get::<VscodeSettings>()?;
        let mut proxies = EditorProxies { found: Vec::new(), problem: None };
        for chain in &settings.chains {
            let problem = chain.files.iter().find_map(|file| file.problem());
            proxies.problem = proxies.problem.or_else(|| problem.cloned());
            let Some(setting) = chain.get_own(&["http.proxy"]) else { continue };
            let is_same = |known: &&mut EditorProxy| Arc::ptr_eq(&known.setting.file, &setting.file);
            if let Some(known) = proxies.found.iter_mut().find(is_same) {
                known.editors.push(chain.editor);
                continue;
            }
            let reading = Reading::of(&setting.text);
            let Some(endpoint) = reading.proxy().map(|proxy| proxy.endpoint.clone()) else { continue };
            let answering = answering(probing, &endpoint);
            proxies.found.push(EditorProxy { editors: vec![chain.editor], setting, endpoint, answering });
        }
        Ok(proxies)
    }
}
