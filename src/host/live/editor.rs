//! Which processes know the environment that an editor gives its tools.

use std::borrow::Cow;

/// True for the command line of an editor's server, of its extension host, or
/// of a gopls that serves one: what they have, the Go tools of the editor
/// get. An editor that merely runs in a terminal has the terminal's
/// environment, and is not one.
pub(super) fn is_witness(words: &[Cow<'_, str>]) -> bool {
    let Some(program) = words.first().map(|word| file_name(word)) else { return false };
    match program {
        "gopls" => is_serving(&words[1..]),
        "node" => words.iter().skip(1).any(|word| is_server_script(word)),
        "java" => words.iter().any(|word| is_jetbrains(word)),
        "nvim" | "emacs" => words.iter().skip(1).any(|word| {
            matches!(word.as_ref(), "--embed" | "--headless")
                || word.starts_with("--daemon")
                || word.contains("-daemon")
        }),
        _ => DESKTOP.contains(&program),
    }
}

/// Editors whose every process counts.
const DESKTOP: [&str; 14] = [
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
    "zed-remote-server",
    "emacs-daemon",
    "fleet",
];

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
    homes.iter().any(|home| word.split('/').any(|part| part.starts_with(home)))
        || file_name(word) == "server-main.js"
        || word == "--type=extensionHost"
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

    fn witness(line: &str) -> bool {
        is_witness(&line.split(' ').map(Cow::Borrowed).collect::<Vec<_>>())
    }

    #[test]
    fn servers_of_editors_are_known() {
        assert!(witness(
            "/home/a/.vscode-server/bin/0123/node /home/a/.vscode-server/bin/0123/out/server-main.js --host=127.0.0.1"
        ));
        assert!(witness(
            "/home/a/.vscode-server/cli/servers/Stable-1/server/node --dns-result-order=ipv4first /home/a/x/out/bootstrap-fork --type=extensionHost"
        ));
        assert!(witness("/usr/share/code/code --type=zygote"));
        assert!(witness("/opt/goland/jbr/bin/java -classpath x com.intellij.idea.Main"));
        assert!(witness("/home/a/go/bin/gopls -mode=stdio"));
        assert!(witness("gopls"));
        assert!(witness("gopls serve -listen=:0"));
        assert!(witness("/usr/bin/nvim --embed"));
        assert!(witness("emacs --daemon"));
    }

    #[test]
    fn other_programs_are_not() {
        assert!(!witness("node server.js"));
        assert!(!witness("java -jar app.jar"));
        assert!(!witness("gopls check main.go"));
        assert!(!witness("nvim main.go"));
        assert!(!witness("vim code"));
        assert!(!witness(""));
    }
}
