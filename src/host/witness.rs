//! Which processes know the environment that an editor gives its tools.

use std::borrow::Cow;

/// How well a process knows what an editor gives its Go tools. The best comes
/// last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Witness {
    /// A window, or a process behind one.
    Desktop,
    /// The server of an editor whose window is elsewhere.
    Server,
    /// What starts the Go tools.
    ExtensionHost,
    /// The language server itself.
    Gopls,
}

/// What the process of this command line is. None for an editor that merely
/// runs in a terminal: it has the terminal's environment.
pub(crate) fn witness(words: &[Cow<'_, str>]) -> Option<Witness> {
    let (program, arguments) = words.split_first()?;
    let has = |wanted: fn(&str) -> bool| arguments.iter().any(|word| wanted(word));
    match file_name(program) {
        "gopls" => is_serving(arguments).then_some(Witness::Gopls),
        "node" if has(is_server_script) || has(|word| word == "--type=extensionHost") => {
            Some(if has(|word| word == "--type=extensionHost") { Witness::ExtensionHost } else { Witness::Server })
        }
        "java" => has(is_jetbrains).then_some(Witness::Desktop),
        "nvim" | "emacs" => has(is_daemon).then_some(Witness::Server),
        "zed-remote-server" => Some(Witness::Server),
        name if DESKTOP.contains(&name) => {
            Some(if has(is_node_service) { Witness::ExtensionHost } else { Witness::Desktop })
        }
        _ => None,
    }
}

/// Editors with windows of their own.
const DESKTOP: [&str; 11] = [
    "code",
    "code-insiders",
    "code-oss",
    "codium",
    "cursor",
    "windsurf",
    "goland",
    "goland64",
    "idea",
    "idea64",
    "zed-editor",
];

/// What VS Code runs its extensions in.
fn is_node_service(word: &str) -> bool {
    word == "--utility-sub-type=node.mojom.NodeService" || word == "--type=extensionHost"
}

fn is_daemon(word: &str) -> bool {
    matches!(word, "--embed" | "--headless") || word.contains("-daemon")
}

/// gopls with a sub-command answers once, at a terminal.
fn is_serving(arguments: &[Cow<'_, str>]) -> bool {
    arguments.iter().find(|word| !word.is_empty() && !word.starts_with('-')).is_none_or(|word| word == "serve")
}

/// The servers that VS Code and its kin run on remote machines and in WSL.
fn is_server_script(word: &str) -> bool {
    let homes = [
        ".vscode-server",
        ".vscode-server-insiders",
        ".vscode-remote",
        ".cursor-server",
        ".windsurf-server",
        "code-server",
        "openvscode-server",
    ];
    homes.iter().any(|home| word.split('/').any(|part| part.starts_with(home))) || file_name(word) == "server-main.js"
}

fn is_jetbrains(word: &str) -> bool {
    word.starts_with("com.intellij.idea.") || word.starts_with("-Didea.platform.prefix=")
}

fn file_name(word: &str) -> &str {
    word.rsplit('/').next().unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Option<Witness> {
        witness(&line.split(' ').map(Cow::Borrowed).collect::<Vec<_>>())
    }

    #[test]
    fn editors_and_their_helpers_are_known() {
        let server = "/home/a/.vscode-server/bin/0123";
        assert_eq!(of(&format!("{server}/node {server}/out/server-main.js --host=127.0.0.1")), Some(Witness::Server));
        assert_eq!(
            of(&format!("{server}/node {server}/out/bootstrap-fork --type=extensionHost")),
            Some(Witness::ExtensionHost)
        );
        assert_eq!(of("/usr/share/code/code --type=zygote"), Some(Witness::Desktop));
        assert_eq!(
            of("/usr/share/code/code --type=utility --utility-sub-type=node.mojom.NodeService"),
            Some(Witness::ExtensionHost)
        );
        assert_eq!(of("/opt/goland/jbr/bin/java -classpath x com.intellij.idea.Main"), Some(Witness::Desktop));
        assert_eq!(of("/usr/bin/nvim --embed"), Some(Witness::Server));
        assert_eq!(of("emacs --daemon"), Some(Witness::Server));
        for gopls in ["/home/a/go/bin/gopls -mode=stdio", "gopls", "gopls serve -listen=:0"] {
            assert_eq!(of(gopls), Some(Witness::Gopls));
        }
    }

    #[test]
    fn other_programs_are_not() {
        for line in
            ["node server.js", "java -jar app.jar", "gopls check main.go", "nvim main.go", "vim code", "emacs", ""]
        {
            assert_eq!(of(line), None, "{line}");
        }
    }
}
