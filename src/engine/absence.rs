use crate::host::WslClass;
use crate::model::Layer;

/// Why a machine has no such layer; None when it has one.
pub(super) fn absence(layer: Layer, class: WslClass) -> Option<&'static str> {
    let around = matches!(layer, Layer::Windows | Layer::Wsl);
    match class {
        _ if !around || class.is_distribution() => None,
        WslClass::Container => Some("this is a container: WSL and Windows lie outside of it"),
        _ => Some("not on this machine"),
    }
}
