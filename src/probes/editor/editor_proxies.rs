use std::sync::Arc;

use super::vscode_settings::{EditorSetting, VscodeSettings};
use super::windows_side::EditorsOnWindows;
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
            if let Some(setting) = chain.get_own(&["http.proxy"]) {
                proxies.add(probing, chain.editor, setting);
            }
        }
        // Off Windows there is none.
        for editor in probing.get::<EditorsOnWindows>().iter().flat_map(|editors| &editors.found) {
            if let Some(setting) = editor.proxy() {
                proxies.add(probing, editor.editor, setting);
            }
        }
        Ok(proxies)
    }
}

impl EditorProxies {
    fn add(&mut self, probing: &Probing, editor: &'static str, setting: EditorSetting) {
        let is_same = |known: &&mut EditorProxy| Arc::ptr_eq(&known.setting.file, &setting.file);
        if let Some(known) = self.found.iter_mut().find(is_same) {
            known.editors.push(editor);
            return;
        }
        let reading = Reading::of(&setting.text);
        let Some(endpoint) = reading.proxy().map(|proxy| proxy.endpoint.clone()) else { return };
        let answering = answering(probing, &endpoint);
        self.found.push(EditorProxy { editors: vec![editor], setting, endpoint, answering });
    }
}
