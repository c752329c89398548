//! gopls that does not fit the Go, the folder, or the other copy of itself.

use std::fs;

use crate::Case;
use crate::gopls;
use crate::machine::{Machine, Shell};
use crate::proof::{Proof, findings, has_finding};
use crate::tools::{BASH, FISH, MIDDLE, NEW, OLDER, ZSH};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "gopls-too-new", needs: &[BASH, NEW, OLDER], run: too_new },
        Case { name: "vscode-toolspath-split", needs: &[ZSH, MIDDLE, NEW], run: toolspath_split },
        Case { name: "workspace-root-wrong", needs: &[BASH, MIDDLE, NEW], run: || root_wrong(Shell::Bash) },
        Case { name: "workspace-root-wrong in fish", needs: &[FISH, MIDDLE, NEW], run: || root_wrong(Shell::Fish) },
    ]
}

/// The list of VS Code's extensions, with the Go extension.
const EXTENSIONS: &str = "[{\"identifier\":{\"id\":\"golang.go\"},\"version\":\"0.52.2\"}]\n";

/// A machine whose terminals find what `go install` puts into `~/go/bin`.
fn with_go(shell: Shell, version: &str) -> Machine {
    let machine = Machine::with_go(shell, version);
    machine.append(shell.profile(), &shell.path_line("$HOME/go/bin"));
    machine.write(".vscode/extensions/extensions.json", EXTENSIONS);
    gopls::offer(&machine);
    machine
}

/// The newest gopls came with a newer Go than the distribution has.
fn too_new() {
    let machine = with_go(Shell::Bash, "1.19.8");
    gopls::install(&machine, "v0.20.0", &machine.home().join("go/bin"), "1.27.3");
    let says = "Found Go version 1.19, which is not supported by this version of gopls";
    Proof { id: "gopls-too-new", command: "gopls", says }.run(&machine);
    machine.gomedic("fix gopls-too-new --offline --yes").works();
    let built = machine.terminal("go version -m ~/go/bin/gopls");
    assert!(built.works().stdout.contains("v0.16.2"), "the last one for Go 1.19: {built:?}");
}

/// The editor keeps tools of its own, which nobody updates.
fn toolspath_split() {
    let machine = with_go(Shell::Zsh, "1.24.11");
    let tools = machine.home().join("tools");
    machine.write(
        ".config/Code/User/settings.json",
        format!("{{\n  // not beside my programs\n  \"go.toolsGopath\": \"{}\",\n}}\n", tools.display()),
    );
    gopls::install(&machine, "v0.16.2", &tools.join("bin"), "1.24.11");
    gopls::install(&machine, "v0.20.0", &machine.home().join("go/bin"), "1.24.11");
    let version = |path: &str| format!("$(go version -m {path} | awk '$1 == \"mod\" {{ print $3 }}')");
    let command = format!(
        "one={}; other={}; echo \"$one here, $other there\"; test \"$one\" = \"$other\"",
        version("~/tools/bin/gopls"),
        version("$(command -v gopls)")
    );
    let says = "v0.16.2 here, v0.20.0 there";
    Proof { id: "vscode-toolspath-split", command: &command, says }.run(&machine);
}

/// Two modules side by side, opened as one folder.
fn side_by_side(shell: Shell) -> Machine {
    let machine = with_go(shell, "1.24.11");
    for name in ["go.mod", "main.go"] {
        fs::remove_file(machine.home().join("shop").join(name)).expect("it can be removed");
    }
    for name in ["cart", "till"] {
        machine.write(&format!("shop/{name}/go.mod"), format!("module example.com/{name}\n\ngo 1.21\n"));
        machine.write(&format!("shop/{name}/{name}.go"), format!("package {name}\n"));
    }
    machine.write("shop/.vscode/settings.json", "{}\n");
    gopls::install(&machine, "v0.14.2", &machine.home().join("go/bin"), "1.24.11");
    machine
}

fn root_wrong(shell: Shell) {
    let machine = side_by_side(shell);
    let says = "gopls requires a module at the root of your workspace";
    let proof = Proof { id: "workspace-root-wrong", command: "gopls", says };
    let second = findings(&machine, proof.id)[0]["fixes"][1]["steps"][0]["diff"].clone();

    // The second fix, by hand: gopls and Go itself take the file.
    let list = "go list ./cart/... ./till/...";
    machine.terminal(list).fails_with("does not contain main module");
    let lines = second.as_str().expect("it writes a file").lines().skip_while(|line| !line.starts_with("@@"));
    let content: Vec<&str> = lines.filter_map(|line| line.strip_prefix('+')).collect();
    machine.write("shop/go.work", content.join("\n"));
    machine.terminal(list).works();
    machine.terminal("gopls").works();
    assert!(!has_finding(&machine, proof.id));
    fs::remove_file(machine.home().join("shop/go.work")).expect("it can be removed");

    proof.run(&machine);
}
