//! The address on which a command line has Delve listen.

/// An address of every network, in the word that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listen {
    /// The address, such as `:2345`.
    pub(super) address: String,
    /// The word of the command line.
    pub(super) word: String,
    /// The same word with the loopback address.
    pub(super) loopback: String,
}

const LOOPBACK: &str = "127.0.0.1";

/// Programs that run the rest of the line somewhere else, where nobody but
/// them can reach an address.
const ELSEWHERE: [&str; 7] = ["docker", "podman", "nerdctl", "docker-compose", "kubectl", "ssh", "limactl"];

impl Listen {
    /// A host alone.
    pub(super) fn host(host: &str) -> Listen {
        Listen { address: host.to_owned(), word: host.to_owned(), loopback: LOOPBACK.to_owned() }
    }
}

/// True for a host that stands for all addresses of the machine.
pub(super) fn is_everywhere(host: &str) -> bool {
    matches!(host, "" | "0.0.0.0" | "::" | "[::]" | "*")
}

/// The address of every network that a command line gives to Delve. None for
/// other programs, and where it runs in a container or on another machine.
pub(super) fn of_delve(words: &[String]) -> Option<Listen> {
    let name = |word: &str| word.trim_matches(['"', '\'']).rsplit('/').next().unwrap_or_default().to_owned();
    let names: Vec<String> = words.iter().flat_map(|word| word.split_whitespace()).map(name).collect();
    let is_delve = names.iter().any(|name| name == "dlv" || name.starts_with("dlv@"));
    let is_elsewhere = names.iter().any(|name| ELSEWHERE.contains(&name.as_str()));
    if is_delve && !is_elsewhere { in_words(words) } else { None }
}

/// The address of every network behind `--listen` or `-l`.
pub(super) fn in_words(words: &[String]) -> Option<Listen> {
    let mut found = None;
    // Each part with the word that it stands in.
    let parts: Vec<(&str, &str)> =
        words.iter().flat_map(|word| word.split_whitespace().map(move |part| (part, word.as_str()))).collect();
    // What is behind two dashes belongs to the program that is debugged.
    let own = parts.iter().position(|(part, _)| *part == "--").unwrap_or(parts.len());
    for (index, (part, word)) in parts[..own].iter().enumerate() {
        let (address, word) = match part.split_once('=') {
            Some(("--listen" | "-l", address)) => (address, *word),
            None if matches!(*part, "--listen" | "-l") => match parts.get(index + 1) {
                Some((address, word)) => (*address, *word),
                None => continue,
            },
            _ => continue,
        };
        // Of several, Delve takes the last.
        found = everywhere(word, address);
    }
    found
}

fn everywhere(word: &str, address: &str) -> Option<Listen> {
    let address = address.trim_matches(['"', '\'']);
    let (host, port) = address.rsplit_once(':')?;
    let is_port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    (is_port && is_everywhere(host)).then(|| Listen {
        address: address.to_owned(),
        word: word.to_owned(),
        loopback: word.replacen(address, &format!("{LOOPBACK}:{port}"), 1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(words: &[&str]) -> Option<(String, String)> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        of_delve(&words).map(|listen| (listen.address, listen.loopback))
    }

    #[test]
    fn addresses_of_every_network_are_found() {
        for (words, address, loopback) in [
            (&["dlv", "debug", "--headless", "--listen=:2345"][..], ":2345", "--listen=127.0.0.1:2345"),
            (&["~/go/bin/dlv", "dap", "-l", "0.0.0.0:4040"], "0.0.0.0:4040", "127.0.0.1:4040"),
            (&["dlv dap --listen [::]:1 --log"], "[::]:1", "dlv dap --listen 127.0.0.1:1 --log"),
            (&["go run github.com/go-delve/delve/cmd/dlv@latest dap", "-l=:7"], ":7", "-l=127.0.0.1:7"),
        ] {
            assert_eq!(told(words), Some((address.into(), loopback.into())), "{words:?}");
        }
    }

    #[test]
    fn others_are_not() {
        for words in [
            &["dlv", "debug", "--listen=127.0.0.1:2345"][..],
            &["dlv", "dap", "--listen=localhost:2345"],
            &["dlv", "debug", "--headless", "--listen=:2345", "--listen=127.0.0.1:1"],
            &["dlv", "debug", "--listen"],
            &["dlv", "debug", "--listen=unix:/run/dlv"],
            &["docker run -p 2345:2345 shop dlv exec --listen=:2345 /shop"],
            &["ssh", "box", "dlv", "--listen=:2345"],
            &["go", "run", ".", "--listen=:8080"],
            &["dlv", "exec", "./shop", "--", "--listen=:80"],
            &[],
        ] {
            assert_eq!(told(words), None, "{words:?}");
        }
    }
}
