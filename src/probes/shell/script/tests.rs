use super::*;

/// What a script sets, with the line and the reach, in short.
fn sets(text: &str, dialect: Dialect) -> Vec<String> {
    read(text, dialect)
        .into_iter()
        .filter_map(|statement| {
            let line = statement.line;
            let reach = match statement.reach {
                Reach::Every => String::new(),
                Reach::Interactive => " i".to_owned(),
                Reach::Function(name) => format!(" {name}()"),
            };
            let words = |words: &[Word]| words.iter().map(Word::outline).collect::<Vec<_>>().join(" ");
            match statement.effect {
                Effect::Set(change) => {
                    let how = if change.how == How::Add { "+" } else { "" };
                    Some(format!("{line}{reach} {}{how}={}", change.name, words(&change.words)))
                }
                Effect::Source(file) => Some(format!("{line}{reach} . {}", file.outline())),
                Effect::Hook(text) => Some(format!("{line}{reach} hook {text}")),
                Effect::Loop { name, words: list } => Some(format!("{line}{reach} {name} in {}", words(&list))),
                Effect::Call { .. } => None,
            }
        })
        .collect()
}

fn posix(text: &str) -> Vec<String> {
    sets(text, Dialect::Posix)
}

fn fish(text: &str) -> Vec<String> {
    sets(text, Dialect::Fish)
}

#[test]
fn assignments_of_every_form_are_seen() {
    assert_eq!(posix("export GOROOT=/opt/go"), ["1 GOROOT=/opt/go"]);
    assert_eq!(posix("export A=1 B='x y' C=\"$A z\""), ["1 A=1", "1 B=x y", "1 C=$A z"]);
    assert_eq!(posix("A=1 B=2\nA=1 go build"), ["1 A=1", "1 B=2"]);
    assert_eq!(posix("[ -d /opt/go ] && export GOROOT=/opt/go # why"), ["1 GOROOT=/opt/go"]);
    assert_eq!(posix("PATH=$PATH:/x; export PATH"), ["1 PATH=$PATH:/x"]);
    assert_eq!(posix("typeset -U path PATH\npath+=(~/go/bin $GOROOT/bin)"), ["2 path+=~/go/bin $GOROOT/bin"]);
    assert_eq!(posix("path=(\n  ~/go/bin # mine\n  $path\n)\nA=1"), ["1 path=~/go/bin $path", "5 A=1"]);
    assert_eq!(posix("declare -x A=1; readonly B=2; local C=3"), ["1 A=1", "1 B=2", "1 C=3"]);
    assert_eq!(
        posix("export X=`go env GOPATH`/bin Y=$(go env \"GOPATH\")/b"),
        ["1 X=go env GOPATH/bin", "1 Y=go env \"GOPATH\"/b"]
    );
}

#[test]
fn a_statement_stands_on_its_first_line() {
    assert_eq!(posix("\n\nexport PATH=$PATH:\\\n/opt/go/bin\nexport A=1"), ["3 PATH=$PATH:/opt/go/bin", "5 A=1"]);
    assert_eq!(posix("X='a\nb'\nY=1"), ["1 X=a\nb", "3 Y=1"]);
    assert_eq!(posix("cat <<-'E' > f\nA=1\n\tE\nB=2\ncat << F; C=3\nF\nD=4"), ["4 B=2", "5 C=3", "7 D=4"]);
    assert_eq!(posix("cat <<< \"A=1\"\nB=2"), ["2 B=2"]);
    assert_eq!(posix("echo \"A=1\" 'B=2' \\C=3 > D=4 2>&1 &> E\nF=6"), ["2 F=6"]);
}

#[test]
fn lines_below_a_guard_are_for_terminals_only() {
    for guard in [
        "case $- in\n*i*) ;;\n*) return;;\nesac",
        "case \"$-\" in *i*) ;; *) return ;; esac\n\n\n",
        "[ -z \"$PS1\" ] && return\n\n\n",
        "[[ $- != *i* ]] && return\n\n\n",
        "[[ $- == *i* ]] || return\n\n\n",
        "[[ $- == *i* ]] || { return; }\n\n\n",
        "if [[ $- != *i* ]]; then\n  return\nfi\n",
        "if [ -n \"$PS1\" ]; then\n  :\nelse return\nfi",
        "[ -t 0 ] || return\n\n\n",
        "[[ -o interactive ]] || return\n\n\n",
        "! [ -t 1 ] && return\n\n\n",
    ] {
        let text = format!("A=1\n{guard}\nB=2\n");
        assert_eq!(posix(&text), ["1 A=1", "6 i B=2"], "{text}");
    }
    assert_eq!(posix("[ -f /x ] || return\nB=2"), ["2 B=2"], "another guard");
    assert_eq!(posix("f() { [ -t 0 ] || return; }\nB=2"), ["2 B=2"], "a function's own");
}

#[test]
fn blocks_for_terminals_are_told() {
    assert_eq!(
        posix("if [[ $- == *i* ]]; then\n A=1\nelse\n B=2\nfi\nC=3\n[ -n \"$PS1\" ] && D=4\n[ -z \"$PS1\" ] || E=5"),
        ["2 i A=1", "4 B=2", "6 C=3", "7 i D=4", "8 i E=5"]
    );
    assert_eq!(posix("if [ \"${PS1-}\" ]; then . /etc/bash.bashrc; fi"), ["1 i . /etc/bash.bashrc"]);
}

#[test]
fn functions_and_subshells_set_nothing_by_themselves() {
    assert_eq!(
        posix("f() {\n A=1\n}\nfunction g { B=2; }\nfunction h() {\n C=3\n}\n(D=4)\nE=5\n{ F=6; }"),
        ["2 f() A=1", "4 g() B=2", "6 h() C=3", "9 E=5", "10 F=6"]
    );
    assert_eq!(
        posix("pathmunge () {\n case \":${PATH}:\" in\n *:\"$1\":*) ;;\n *) PATH=$1:$PATH\n esac\n}\nA=1"),
        ["4 pathmunge() PATH=…:$PATH", "7 A=1"]
    );
}

#[test]
fn sourced_files_loops_and_hooks_are_seen() {
    let profile = "for i in /etc/profile.d/*.sh; do\n  if [ -r $i ]; then\n    . $i\n  fi\ndone\nunset i";
    assert_eq!(posix(profile), ["1 i in /etc/profile.d/*.sh", "3 . $i"]);
    assert_eq!(posix("for f (~/.zsh/*.zsh) source $f"), ["1 f in ~/.zsh/*.zsh", "1 . $f"]);
    assert_eq!(
        posix("[[ -s \"$HOME/.gvm/scripts/gvm\" ]] && source \"$HOME/.gvm/scripts/gvm\""),
        ["1 . $HOME/.gvm/scripts/gvm"]
    );
    assert_eq!(posix("[ -s \"$NVM_DIR/nvm.sh\" ] && \\. \"$NVM_DIR/nvm.sh\""), ["1 . $NVM_DIR/nvm.sh"]);
    assert_eq!(posix("eval \"$(goenv init -)\""), ["1 hook goenv init -"]);
}

#[test]
fn fish_has_its_own_forms() {
    assert_eq!(fish("set -gx GOROOT /opt/go; set --export --global A $HOME/go"), ["1 GOROOT=/opt/go", "1 A=$HOME/go"]);
    assert_eq!(fish("set -e GOROOT\nset -q GOROOT; or set -gx GOROOT /x\nset -S A"), ["2 GOROOT=/x"]);
    assert_eq!(
        fish("fish_add_path -g --prepend ~/go/bin \\\n  /opt/go/bin\nset -a fish_user_paths /x"),
        ["1 PATH+=~/go/bin /opt/go/bin", "3 fish_user_paths+=/x"]
    );
    assert_eq!(fish("set -gx PATH (go env GOPATH)/bin $PATH[1] 'it\\'s' # no"), ["1 PATH=go env GOPATH/bin … it's"]);
    assert_eq!(
        fish("goenv init - | source\nsource ~/a.fish\nsource (mise activate fish | psub)"),
        ["1 hook goenv init -", "2 . ~/a.fish", "3 hook mise activate fish | psub"]
    );
    assert_eq!(
        fish("if status is-interactive\n set A 1\nelse if true\n set B 2\nelse\n set C 3\nend\nset D 4"),
        ["2 i A=1", "4 B=2", "6 C=3", "8 D=4"]
    );
    for guard in [
        "status is-interactive; or return",
        "status --is-interactive || exit",
        "if not status is-interactive; exit; end",
    ] {
        assert_eq!(fish(&format!("set A 1\n{guard}\nset B 2")), ["1 A=1", "3 i B=2"], "{guard}");
    }
    assert_eq!(
        fish("function f\n set A 1\nend\nfor f in ~/x/*.fish\n source $f\nend"),
        ["2 f() A=1", "4 f in ~/x/*.fish", "5 . $f"]
    );
}

#[test]
fn files_of_assignments_are_read() {
    let show = |statements: Vec<Statement>| {
        statements
            .into_iter()
            .filter_map(|statement| match statement.effect {
                Effect::Set(change) => Some(format!(
                    "{} {}={}",
                    statement.line,
                    change.name,
                    change.words.iter().map(Word::outline).collect::<Vec<_>>().join(" ")
                )),
                _ => None,
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(
        show(read_environment("# A=1\nPATH=\"/usr/bin:/bin\"\n export X=${HOME}/go:$Y/z\nnothing\n")),
        ["2 PATH=/usr/bin:/bin", "3 X=$HOME/go:$Y/z"]
    );
    let variables = "# VERSION: 3.0\nSETUVAR --export GOROOT:/opt/go\\x201\\x2e20\nSETUVAR fish_user_paths:/opt/x\\x1e/home/\\u00e9/y\nSETUVAR broken\n";
    assert_eq!(show(read_fish_variables(variables)), ["2 GOROOT=/opt/go 1.20", "3 fish_user_paths=/opt/x /home/é/y"]);
}

struct Nothing;

impl Names for Nothing {
    fn value(&self, name: &str) -> Option<String> {
        (name == "HOME").then(|| "/h".to_owned())
    }
}

#[test]
fn words_are_expanded_as_far_as_they_can_be_told() {
    let value = |line: &str| match read(line, Dialect::Posix).remove(0).effect {
        Effect::Set(change) => change.words[0].expand(&Nothing),
        other => panic!("{other:?}"),
    };
    for (line, expected) in [
        ("A=~/go", Some("/h/go")),
        ("A=\"~/go\"", Some("~/go")),
        ("A='$HOME/go'", Some("$HOME/go")),
        ("A=${HOME}/x\\ y", Some("/h/x y")),
        ("A=/a:~/b", Some("/a:/h/b")),
        ("A=${GOPATH:-$HOME/go}/bin", Some("/h/go/bin")),
        ("A=$'a b'", Some("a b")),
        ("A=a~b", Some("a~b")),
        ("A=$GOPATH/bin", None),
        ("A=$(pwd)", None),
        ("A=${X%/*}", None),
        ("A=", Some("")),
    ] {
        assert_eq!(value(line).as_deref(), expected, "{line}");
    }
}

#[test]
fn hostile_text_ends() {
    let nested = "${".repeat(2000) + "x:-" + &"}".repeat(1999);
    let deep = "$(".repeat(2000);
    let arrays = "a=(".repeat(20_000);
    for text in [
        "'",
        "\"",
        "`",
        "$(",
        "${",
        "$'",
        "\\",
        "<<E",
        "<<",
        "case",
        "case x in",
        "a=(",
        "(",
        ")",
        "fi",
        "}",
        "~",
        "a\\",
        "\u{feff}A=1",
        "für=1",
        "export größe=$é\\é",
        "\r\n\r",
        &nested,
        &deep,
        &arrays,
    ] {
        let _ = (posix(text), fish(text));
    }
}

proptest::proptest! {
    #[test]
    fn any_text_ends(text in "[-A=\"'`$(){}\\[\\];&|<>~#\\\\ \n\té]{0,60}") {
        let _ = (posix(&text), fish(&text));
    }
}

#[test]
fn the_end_tells_who_would_come_to_a_new_line() {
    assert_eq!(reach_of_end("A=1", Dialect::Posix), Some(Reach::Every));
    assert_eq!(reach_of_end("[ -z \"$PS1\" ] && return\n# end", Dialect::Posix), Some(Reach::Interactive));
    assert_eq!(reach_of_end("status is-interactive; or exit", Dialect::Fish), Some(Reach::Interactive));
    assert_eq!(reach_of_end("A='", Dialect::Posix), None);
    assert_eq!(posix("emulate sh -c 'source /etc/profile'"), ["1 . /etc/profile"]);
}

#[test]
fn what_is_never_finished_is_found() {
    for (text, line) in [
        ("A=1\nif true; then\n  for x in a; do\n  done\nB=2\n", Some(2)),
        ("A=1\ncase $x in\na) ;;\n", Some(2)),
        ("f() {\n  A=1\n", Some(1)),
        ("A=1\nB=\"x\nC=3\n", Some(2)),
        ("A='\n", Some(1)),
        ("\nA=$(pwd\n", Some(2)),
        ("if true; then\nfi\n{ A=1; }\n", None),
    ] {
        assert_eq!(left_open(text), line, "{text}");
    }
}
