use std::panic::{PanicHookInfo, set_hook, take_hook};
use std::sync::Arc;
use std::thread;

/// While it lives, a panic of the dashboard gives the terminal back before it
/// is told, and a panic of any other thread goes untold: whoever started that
/// thread deals with it, and the screen stays whole.
pub(in crate::tui) struct PanicGuard {
    before: Arc<dyn Fn(&PanicHookInfo<'_>) + Send + Sync>,
}

impl PanicGuard {
    /// Guards the calling thread as the dashboard's.
    pub(in crate::tui) fn new() -> Self {
        let before: Arc<dyn Fn(&PanicHookInfo<'_>) + Send + Sync> = Arc::from(take_hook());
        let (dashboard, tell) = (thread::current().id(), Arc::clone(&before));
        set_hook(Box::new(move |info| {
            if thread::current().id() == dashboard {
                super::leave();
                tell(info);
            }
        }));
        PanicGuard { before }
    }
}

impl Drop for PanicGuard {
    fn drop(&mut self) {
        if !thread::panicking() {
            let before = Arc::clone(&self.before);
            set_hook(Box::new(move |info| before(info)));
        }
    }
}
