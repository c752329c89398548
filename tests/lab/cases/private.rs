//! Private modules: patterns, credentials, torn downloads.

use crate::Case;
use crate::git::{GitServer, MODULE, USER, VERSION, download, need, repository};
use crate::machine::{Machine, Shell};
use crate::proof::{Proof, findings, has_finding};
use crate::ssh::{SshServer, user_of_lab};
use crate::tools::{BASH, BWRAP, GIT, MIDDLE, NEW, OLD, SSHD, ZSH};
use crate::tree::{differences, tree};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "goprivate-malformed: a scheme", needs: &[BASH, GIT, NEW], run: scheme },
        Case { name: "goprivate-malformed: a blank, in zsh", needs: &[ZSH, GIT, OLD], run: blank },
        Case { name: "goprivate-missing, then git-no-credentials", needs: &[BASH, GIT, NEW], run: private_then_asked },
        Case { name: "git-rewrite-no-key", needs: &[BASH, GIT, NEW, BWRAP, SSHD], run: no_key },
        Case { name: "netrc-permissions", needs: &[BASH], run: netrc },
        Case { name: "git-token-in-config", needs: &[BASH, GIT, MIDDLE], run: token },
        Case { name: "credential-store-plaintext", needs: &[BASH, GIT], run: store },
        Case { name: "modcache-in-project", needs: &[BASH, GIT, NEW], run: cache_in_project },
        Case { name: "goproxy-off", needs: &[BASH, NEW], run: off },
        Case { name: "goinsecure-broad", needs: &[BASH, MIDDLE], run: insecure },
        Case { name: "modcache-corrupt: an archive", needs: &[BASH, GIT, NEW], run: torn_archive },
        Case { name: "modcache-corrupt: an unpacked module", needs: &[BASH, GIT, OLD], run: torn_folder },
    ]
}

/// git finds the owner's repositories in a folder, without a network.
fn at_home(machine: &Machine) {
    let root = repository(machine);
    machine.append(
        ".gitconfig",
        &format!("[url \"file://{}/\"]\n\tinsteadOf = https://github.com/corp/\n", root.display()),
    );
    need(machine);
}

fn scheme() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    at_home(&machine);
    machine.write(".config/go/env", "GOPRIVATE=https://github.com/corp\nGOPROXY=off\n");
    let says = "module lookup disabled by GOPROXY=off";
    Proof { id: "goprivate-malformed", command: &download(), says }.run(&machine);
}

fn blank() {
    let machine = Machine::with_go(Shell::Zsh, "1.21.13");
    at_home(&machine);
    machine.write(".config/go/env", "GOPROXY=off\n");
    machine.append(".zshrc", "export GOPRIVATE=\"a.example, github.com/corp\"\n");
    let says = "module lookup disabled by GOPROXY=off";
    Proof { id: "goprivate-malformed", command: &download(), says }.run(&machine);
}

/// One fault behind another: Go asks in public; then git asks who is there.
fn private_then_asked() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    let server = GitServer::start(&repository(&machine));
    let address = server.address();
    let rewrite = format!("[url \"http://{address}/\"]\n\tinsteadOf = https://github.com/corp/\n");
    machine.write(".gitconfig", rewrite + "[credential \"https://github.com/corp\"]\n\tusername = kim\n");
    // As git itself writes it.
    machine.write(".git-credentials", format!("http://{USER}@{}\n", address.replace(':', "%3a")));
    machine.terminal("chmod 600 ~/.git-credentials").works();
    // Nothing leaves this machine: the way to the public proxy ends here.
    machine.append(".profile", "export HTTPS_PROXY=http://127.0.0.1:1\n");
    need(&machine);
    let command = download();
    let public = format!("https://proxy.golang.org/{MODULE}/");
    let asked = format!("could not read Username for 'http://{address}': terminal prompts disabled");

    machine.terminal(&command).fails_with(&public);
    let before = tree(&machine.home());
    assert!(has_finding(&machine, "goprivate-missing"), "{}", machine.gomedic("check --offline").stdout);
    assert!(!has_finding(&machine, "git-no-credentials"), "git is not asked yet");
    machine.gomedic("fix goprivate-missing --offline --yes");

    machine.terminal(&command).fails_with(&asked);
    assert!(!has_finding(&machine, "goprivate-missing"));
    let found = findings(&machine, "git-no-credentials");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(!format!("{found:#?}").contains("s3cr3t"), "the password is shown: {found:#?}");
    machine.gomedic("fix git-no-credentials --offline --yes");

    machine.terminal(&command).works();
    assert!(!has_finding(&machine, "git-no-credentials"));
    machine.gomedic("undo --yes").works();
    machine.terminal(&command).fails_with(&asked);
    machine.gomedic("undo --yes").works();
    machine.terminal(&command).fails_with(&public);
    assert_eq!(differences(&before, &tree(&machine.home())), Vec::<String>::new(), "undo did not restore everything");
}

/// ssh lacks one thing after the other; each is for the user to mend.
fn no_key() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    let root = repository(&machine);
    let server = SshServer::start(&machine);
    let rewrite = format!("[url \"{}{}/\"]\n\tinsteadOf = https://github.com/corp/\n", server.url(), root.display());
    machine.write(".gitconfig", rewrite);
    machine.write(".config/go/env", "GOPRIVATE=github.com/corp\n");
    need(&machine);
    // ssh looks into the home that the system knows.
    let ssh = machine.home().join(".ssh");
    let machine = machine.with_mount(&ssh, &format!("{}/.ssh", user_of_lab().1));
    let finds = |key: &str| {
        let found = findings(&machine, "git-rewrite-no-key");
        let keys: Vec<&str> = found.iter().filter_map(|finding| finding["key"].as_str()).collect();
        assert_eq!(keys, [format!("127.0.0.1:{}:{key}", server.port())], "{found:#?}");
    };
    let command = download();

    machine.terminal(&command).fails_with("Host key verification failed");
    finds("unknown-host");
    machine.terminal(&format!("ssh-keyscan -p {} 127.0.0.1 > ~/.ssh/known_hosts", server.port())).works();
    assert!(!has_finding(&machine, "git-rewrite-no-key"));
    machine.terminal(&command).works();

    machine.terminal("ssh-keygen -q -p -N secret -f ~/.ssh/id_ed25519 && go clean -modcache").works();
    machine.terminal(&command).fails_with("Permission denied (publickey)");
    finds("locked");

    machine.terminal("rm ~/.ssh/id_ed25519").works();
    machine.terminal(&command).fails_with("Permission denied (publickey)");
    finds("no-key");
}

fn netrc() {
    let machine = Machine::new(Shell::Bash);
    machine.write(".netrc", "machine git.corp.example login kim password s3cr3t\n");
    machine.terminal("chmod 644 ~/.netrc").works();
    let command = "ls -l ~/.netrc; test -z \"$(find ~/.netrc -perm /044)\"";
    Proof { id: "netrc-permissions", command, says: "-rw-r--r--" }.run(&machine);
}

/// The token opens the server; what gomedic says of it is masked.
fn token() {
    let machine = Machine::with_go(Shell::Bash, "1.24.11");
    let server = GitServer::start(&repository(&machine));
    let rewrite = format!("[url \"http://{USER}@{}/\"]\n\tinsteadOf = https://github.com/corp/\n", server.address());
    machine.write(".gitconfig", rewrite);
    machine.write(".config/go/env", "GOPRIVATE=github.com/corp\n");
    need(&machine);
    machine.terminal(&download()).works();
    for format in ["text", "json", "markdown"] {
        let said = machine.gomedic(&format!("check --offline --format {format}"));
        assert!(!said.stdout.contains("s3cr3t"), "the token is shown: {said:#?}");
    }
    let dry = machine.gomedic("fix git-token-in-config --offline --dry-run");
    assert!(!dry.stdout.contains("s3cr3t"), "the token is shown: {dry:#?}");
    Proof { id: "git-token-in-config", command: "! git config --list | grep s3cr3t", says: "s3cr3t" }.run(&machine);
    machine.terminal(&download()).works();
    machine.gomedic("fix git-token-in-config --offline --yes");
    machine.terminal(&download()).fails_with("terminal prompts disabled");
}

/// git is given a password to keep, and what it wrote is looked at.
fn store() {
    let machine = Machine::new(Shell::Bash);
    machine.write(".gitconfig", "[credential]\n\thelper = store\n");
    let credential = "protocol=https\\nhost=git.corp.example\\nusername=kim\\npassword=s3cr3t\\n\\n";
    let command = format!(
        "printf '{credential}' | git credential approve; ! grep s3cr3t ~/.git-credentials; kept=$?; rm -f ~/.git-credentials; git credential-cache exit; exit $kept"
    );
    Proof { id: "credential-store-plaintext", command: &command, says: "s3cr3t@git.corp.example" }.run(&machine);
}

/// gofmt looks through the downloaded modules, too.
fn cache_in_project() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    let root = repository(&machine);
    machine.append(
        ".gitconfig",
        &format!("[url \"file://{}/\"]\n\tinsteadOf = https://github.com/corp/\n", root.display()),
    );
    machine.write(".config/go/env", "GOPRIVATE=github.com/corp\nGOPROXY=off\n");
    machine.append(".bashrc", "export GOMODCACHE=$HOME/shop/mod\n");
    let command = format!(
        "(cd / && go mod download {MODULE}@{VERSION}); list=$(find . -name lib.go); go clean -modcache; echo \"in the project: $list\"; test -z \"$list\""
    );
    Proof { id: "modcache-in-project", command: &command, says: "in the project: ./mod/github.com/corp/lib@v1.0.0" }
        .run(&machine);
}

fn off() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    let proxy = machine.module_proxy("example.com/dep", "v1.0.0");
    machine.write(".config/go/env", format!("GONOSUMDB=example.com\nGOPROXY=file://{}\n", proxy.display()));
    machine.append(".bashrc", "export GOPROXY=off\n");
    machine.write("shop/go.mod", "module example.com/shop\n\ngo 1.21\n\nrequire example.com/dep v1.0.0\n");
    let command = "go clean -modcache; cd / && go list -m example.com/dep@v1.0.0";
    Proof { id: "goproxy-off", command, says: "module lookup disabled by GOPROXY=off" }.run(&machine);
}

fn insecure() {
    let machine = Machine::with_go(Shell::Bash, "1.24.11");
    machine.write(".config/go/env", "GOINSECURE=*\n");
    let command = "go env GOINSECURE; test -z \"$(go env GOINSECURE)\"";
    Proof { id: "goinsecure-broad", command, says: "*" }.run(&machine);
}

fn torn_archive() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    let zip = format!("~/go/pkg/mod/cache/download/{MODULE}/@v/{VERSION}.zip");
    let tear =
        format!("chmod -R u+w ~/go/pkg/mod/github.com && rm -rf ~/go/pkg/mod/github.com && truncate -s -9 {zip}");
    torn(&machine, &tear, "zip: not a valid zip file");
}

fn torn_folder() {
    let machine = Machine::with_go(Shell::Bash, "1.21.13");
    let folder = format!("~/go/pkg/mod/{MODULE}@{VERSION}");
    let tear = format!("chmod -R u+w {folder} && : > {folder}/go.mod && : > {folder}/lib.go && chmod -R a-w {folder}");
    torn(&machine, &tear, "dir has been modified");
}

/// What is deleted is downloaded anew: there is nothing to take back.
fn torn(machine: &Machine, tear: &str, says: &str) {
    at_home(machine);
    machine.write(".config/go/env", "GOPRIVATE=github.com/corp\nGOPROXY=off\n");
    machine.write(
        "shop/main.go",
        format!("package main\n\nimport lib \"{MODULE}\"\n\nfunc main() {{ println(lib.One) }}\n"),
    );
    machine.terminal("go mod tidy && go build -o /dev/null .").works();
    machine.terminal(tear).works();
    let command = "go mod verify && go build -o /dev/null .";
    machine.terminal(command).fails_with(says);
    let before = tree(&machine.home());
    assert!(has_finding(machine, "modcache-corrupt"), "{}", machine.gomedic("check --offline").stdout);
    let fixed = machine.gomedic_json("fix modcache-corrupt --offline --yes");
    assert_eq!(fixed["fixes"][0]["outcome"], "resolved", "{fixed:#}");
    assert_eq!(differences(&before, &tree(&machine.home())), Vec::<String>::new(), "the fix changed more");
    assert!(!has_finding(machine, "modcache-corrupt"));
    machine.terminal("go mod download").works();
    machine.terminal(command).works();
}
