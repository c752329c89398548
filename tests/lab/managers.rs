//! Version managers, laid out as they lay things out themselves: the same
//! folders, shims, shell hooks and error texts. mise is the real one; the
//! others are short scripts that do what the real ones do when a shell starts
//! and when a shim runs.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::machine::{Machine, Shell};
use crate::tools::program;

/// goenv: `init -` and `exec`, as of goenv 2.
const GOENV: &str = r#"#!/usr/bin/env bash
set -e
root="${GOENV_ROOT:-$HOME/.goenv}"

pinned() {
    origin='GOENV_VERSION environment variable' version="$GOENV_VERSION"
    [ -z "$version" ] || return 0
    origin="$root/version" folder="$PWD"
    while [ -n "$folder" ]; do
        if [ -e "$folder/.go-version" ]; then origin="$folder/.go-version"; break; fi
        folder="${folder%/*}"
    done
    version=system
    if [ -f "$origin" ]; then version="$(awk '/^[^#]/ { print $1; exit }' "$origin")"; fi
}

require() {
    [ "$version" = system ] || [ -d "$root/versions/$version" ] || {
        echo "goenv: version '$version' is not installed (set by $origin)" >&2
        exit 1
    }
}

case "$1" in
init)
    shell="$(basename "$SHELL")"
    if [ "$shell" = fish ]; then
        echo "set -gx PATH '$root/shims' \$PATH"
        echo "set -gx GOENV_SHELL fish"
        echo "function goenv; if test \"\$argv[1]\" = rehash; command goenv sh-rehash | source; else; command goenv \$argv; end; end"
    else
        echo "export PATH=\"$root/shims:\${PATH}\""
        echo "export GOENV_SHELL=$shell"
        echo 'goenv() { if [ "$1" = rehash ]; then eval "$(command goenv sh-rehash)"; else command goenv "$@"; fi; }'
    fi
    echo 'goenv rehash --only-manage-paths'
    ;;
rehash)
    for name in go gofmt; do
        sed -i "s|^exec \".*\" exec|exec \"$root/libexec/goenv\" exec|" "$root/shims/$name"
    done
    ;;
sh-rehash)
    pinned
    require
    if [ "$version" != system ]; then
        set="export %s=\"%s\"\n"
        if [ "$GOENV_SHELL" = fish ]; then set="set -gx %s \"%s\"\n"; fi
        [ "$GOENV_DISABLE_GOROOT" = 1 ] || printf "$set" GOROOT "$root/versions/$version"
        [ "$GOENV_DISABLE_GOPATH" = 1 ] || printf "$set" GOPATH "$HOME/go/$version"
    fi
    ;;
exec)
    program="$2"
    shift 2
    pinned
    require
    if [ "$version" = system ]; then
        path=":$PATH:" && path="${path//:$root\/shims:/:}" && path="${path%:}"
        command="$(PATH="${path#:}" command -v "$program" || true)"
    else
        command="$root/versions/$version/bin/$program"
        [ "$GOENV_DISABLE_GOROOT" = 1 ] || export GOROOT="$root/versions/$version"
        [ "$GOENV_DISABLE_GOPATH" = 1 ] || export GOPATH="$HOME/go/$version"
    fi
    [ -x "$command" ] || { echo "goenv: '$program' command not found" >&2; exit 127; }
    export GOENV_VERSION="$version" PATH="${command%/*}:$PATH"
    exec "$command" "$@"
    ;;
esac
"#;

/// goenv writes its own place into its shims.
const GOENV_SHIM: &str = r#"#!/usr/bin/env bash
set -e
program="${0##*/}"
export GOENV_ROOT="$HOME/.goenv"
exec "GOENV" exec "$program" "$@"
"#;

/// asdf: `exec`, with the variables that its Go plugin sets, as of asdf 0.19.
const ASDF: &str = r#"#!/usr/bin/env bash
data="${ASDF_DATA_DIR:-$HOME/.asdf}"
[ "$1" = exec ] || exit 1
program="$2"
shift 2
versions="$ASDF_GOLANG_VERSION" folder="$PWD"
while [ -z "$versions" ] && [ -n "$folder" ]; do
    versions="$(sed -n 's/#.*//; s/^golang  *//p' "$folder/.tool-versions" 2>/dev/null | head -n 1)"
    folder="${folder%/*}"
done
if [ -z "$versions" ]; then
    echo "No version is set for command $program" >&2
    exit 126
fi
for version in $versions; do
    install="$data/installs/golang/$version"
    if [ "$version" = system ]; then
        path=":$PATH:" && path="${path//:$data\/shims:/:}" && path="${path%:}"
        command="$(PATH="${path#:}" command -v "$program")" && exec "$command" "$@"
    elif [ -x "$install/go/bin/$program" ]; then
        export GOROOT="$install/go" GOBIN="$install/bin" GOPATH="${GOPATH:-$install/packages}"
        exec "$install/go/bin/$program" "$@"
    fi
done
echo "version $versions of golang is set for the current directory, but it is not installed" >&2
exit 126
"#;

/// gvm's hook: it forgets what was set, takes its own folders off PATH, and
/// reads the default's environment.
const GVM: &str = r#"export GVM_ROOT="$HOME/.gvm"
unset GOROOT GOPATH GOBIN GOOS GOARCH
export PATH="$GVM_ROOT/bin:$(echo "$PATH" | tr ':' '\n' | grep -v -E "^$|$GVM_ROOT/(pkgsets|gos|bin)" | tr '\n' ':' | sed 's/:*$//')"
if [ -f "$GVM_ROOT/environments/default" ]; then
    . "$GVM_ROOT/environments/default"
fi
gvm() {
    [ "$1" = use ] || return 1
    . "$GVM_ROOT/environments/$2" || return 1
    if [ "$3" = --default ]; then cp "$GVM_ROOT/environments/$2" "$GVM_ROOT/environments/default"; fi
}
"#;

/// goenv with these versions; the last is the default.
pub fn goenv(machine: &Machine, versions: &[&str]) {
    program_file(machine, ".goenv/bin/goenv", GOENV);
    for version in versions {
        machine.add_go_at(version, &format!(".goenv/versions/{version}"));
        machine.write(".goenv/version", format!("{version}\n"));
    }
    for name in ["go", "gofmt"] {
        let own = machine.home().join(".goenv/libexec/goenv");
        let shim = GOENV_SHIM.replace("GOENV\" exec", &format!("{}\" exec", own.display()));
        program_file(machine, &format!(".goenv/shims/{name}"), &shim);
    }
    program_file(machine, ".goenv/libexec/goenv", GOENV);
}

/// The lines that goenv's manual asks for.
pub fn goenv_hook(machine: &Machine, shell: Shell) {
    let lines = match shell {
        Shell::Fish => "set -gx GOENV_ROOT $HOME/.goenv\nset -gx PATH $GOENV_ROOT/bin $PATH\ngoenv init - | source\n",
        _ => "export GOENV_ROOT=\"$HOME/.goenv\"\nexport PATH=\"$GOENV_ROOT/bin:$PATH\"\neval \"$(goenv init -)\"\n",
    };
    machine.append(shell.profile(), lines);
}

/// asdf with these versions of Go; the last is the default.
pub fn asdf(machine: &Machine, versions: &[&str]) {
    program_file(machine, ".local/bin/asdf", ASDF);
    let pins: String = versions.iter().rev().map(|version| format!("# asdf-plugin: golang {version}\n")).collect();
    for version in versions {
        machine.add_go_at(version, &format!(".asdf/installs/golang/{version}/go"));
        machine.write(".tool-versions", format!("nodejs 22.1.0\ngolang {version}\n"));
    }
    for name in ["go", "gofmt"] {
        let shim = format!("#!/usr/bin/env bash\n{pins}exec asdf exec \"{name}\" \"$@\"");
        program_file(machine, &format!(".asdf/shims/{name}"), &shim);
    }
}

/// The line that asdf's manual asks for, and the one for the program itself.
pub fn asdf_hook(machine: &Machine, shell: Shell) {
    machine.append(shell.profile(), &shell.path_line("$HOME/.local/bin"));
    let line = match shell {
        Shell::Fish => "set -gx PATH $HOME/.asdf/shims $PATH\n",
        _ => "export PATH=\"${ASDF_DATA_DIR:-$HOME/.asdf}/shims:$PATH\"\n",
    };
    machine.append(shell.profile(), line);
}

/// gvm with these versions; the last is the default.
pub fn gvm(machine: &Machine, versions: &[&str]) {
    machine.write(".gvm/scripts/gvm", GVM);
    machine.write(".gvm/bin/gvm", "");
    for version in versions {
        let name = format!("go{version}");
        machine.add_go_at(version, &format!(".gvm/gos/{name}"));
        machine.write(&format!(".gvm/pkgsets/{name}/global/bin/.keep"), "");
        machine.write(&format!(".gvm/pkgsets/{name}/global/overlay/bin/.keep"), "");
        let environment = format!(
            "export GVM_ROOT; GVM_ROOT=\"{home}/.gvm\"\n\
             export gvm_go_name; gvm_go_name=\"{name}\"\n\
             export gvm_pkgset_name; gvm_pkgset_name=\"global\"\n\
             export GOROOT; GOROOT=\"$GVM_ROOT/gos/{name}\"\n\
             export GOPATH; GOPATH=\"$GVM_ROOT/pkgsets/{name}/global\"\n\
             export GVM_OVERLAY_PREFIX; GVM_OVERLAY_PREFIX=\"${{GVM_ROOT}}/pkgsets/{name}/global/overlay\"\n\
             export PATH; PATH=\"${{GVM_ROOT}}/pkgsets/{name}/global/bin:${{GVM_ROOT}}/gos/{name}/bin:${{GVM_OVERLAY_PREFIX}}/bin:${{GVM_ROOT}}/bin:${{PATH}}\"\n",
            home = machine.home().display(),
        );
        machine.write(&format!(".gvm/environments/{name}"), &environment);
        machine.write(".gvm/environments/default", &environment);
    }
}

/// The line that gvm's installer adds, in a file that login shells read too.
pub fn gvm_hook(machine: &Machine, shell: Shell) {
    let line = "[[ -s \"$HOME/.gvm/scripts/gvm\" ]] && source \"$HOME/.gvm/scripts/gvm\"\n";
    machine.append(shell.rc(), line);
    if shell == Shell::Bash {
        machine.append(shell.profile(), "[ -f ~/.bashrc ] && . ~/.bashrc\n");
    } else {
        machine.append(shell.profile(), line);
    }
}

/// The real mise with these versions of Go; the last is the default. It stays
/// offline, and keeps its notes out of the home folder.
pub fn mise(machine: &Machine, versions: &[&str]) {
    let real = program("mise").expect("a case that needs mise says so");
    machine.link_to(&real, ".local/bin/mise");
    for version in versions {
        machine.add_go_at(version, &format!(".local/share/mise/installs/go/{version}"));
        machine
            .write(".config/mise/config.toml", format!("[tools]\ngo = \"{version}\"\n\n[settings]\noffline = true\n"));
    }
}

/// How mise is brought into shells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MiseWay {
    /// `mise activate`: a hook that changes PATH in every folder.
    Hook,
    /// `mise activate --shims`.
    Shims,
}

/// The lines that mise's manual asks for.
pub fn mise_hook(machine: &Machine, shell: Shell, way: MiseWay) {
    machine.append(shell.profile(), &shell.path_line("$HOME/.local/bin"));
    let (file, flag) = match way {
        MiseWay::Hook => (shell.rc(), ""),
        MiseWay::Shims => (shell.profile(), " --shims"),
    };
    let name = shell.name();
    let line = match shell {
        Shell::Fish => format!("mise activate {name}{flag} | source\n"),
        _ => format!("eval \"$(mise activate {name}{flag})\"\n"),
    };
    machine.append(file, &line);
    // mise makes its shims, links and notes the first time.
    machine.terminal("mise reshim; mise ls >/dev/null").works();
}

fn program_file(machine: &Machine, name: &str, text: &str) {
    machine.write(name, text);
    let path = machine.home().join(name);
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("it can be made executable");
}
