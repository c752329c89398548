//! What the stand-in for PowerShell answers.

use std::fs;
use std::path::Path;

/// The recorded answer of a Windows host, byte for byte.
const RECORDED: &str = include_str!("../../wsl-samples/host-facts.wire.txt");
/// What PowerShell prints on standard error while it loads its modules.
const PROGRESS: &[u8] = include_bytes!("../../wsl-samples/powershell-clixml-stderr.txt");

/// A host without proxy and without Go, whose clock is kept.
const HEALTHY: &str = r#"{"v":1,"tz":"UTC","build":"26100.4652","wsl":"2.6.1.0","natgw":"172.30.96.1","distro":"Ubuntu","proxy":[0,null,null,null],"env":{"GOROOT":[null,null],"GOPATH":[null,null],"GOBIN":[null,null],"GOTOOLCHAIN":[null,null],"WSLENV":[null,null],"HTTPS_PROXY":[null,null]},"go":[],"code":null,"prof":"C:\\Users\\me","w32":["Running","NTP","time.windows.com,0x9"],"lp":1,"dev":1}"#;

/// An answer of PowerShell.
pub struct Answer {
    /// The facts, encoded as they come.
    body: String,
    manner: Manner,
    /// How far the clock of Windows is ahead, in milliseconds.
    ahead: i64,
}

/// How an answer comes.
#[derive(Debug)]
pub enum Manner {
    /// Whole, at once.
    Good,
    /// Whole, after so many seconds.
    Slow(u32),
    /// Cut off within the facts, as a full pipe or an ending host leaves it.
    Cut,
    /// The time, and then nothing for ever.
    Stalls,
    /// In UTF-16, as programs of Windows write to a pipe.
    Utf16,
    /// The same behind a byte order mark.
    Utf16Marked,
    /// In UTF-8 behind a byte order mark.
    Utf8Marked,
    /// Behind a greeting in the console's code page 936, which is no UTF-8.
    CodePage,
    /// With the progress of its modules on standard error.
    Noisy,
    /// Not at all.
    Never,
    /// Not at all, with success.
    Nothing,
    /// With this on standard error, without success: a row of
    /// `interop-errors.tsv`.
    Fails(&'static str),
}

impl Manner {
    /// The word for it, and what goes with it: a file's name and content.
    fn written(&self) -> (&'static str, Option<(&'static str, Vec<u8>)>) {
        match self {
            Manner::Good => ("good", None),
            Manner::Slow(seconds) => ("slow", Some(("seconds", seconds.to_string().into_bytes()))),
            Manner::Cut => ("cut", None),
            Manner::Stalls => ("stalls", None),
            Manner::Utf16 => ("utf-16", None),
            Manner::Utf16Marked => ("utf-16-marked", None),
            Manner::Utf8Marked => ("utf-8-marked", None),
            // "Welcome" in Chinese.
            Manner::CodePage => ("code-page", Some(("banner", b"\xbb\xb6\xd3\xad\r\n".to_vec()))),
            Manner::Noisy => ("noisy", Some(("errors", PROGRESS.to_vec()))),
            Manner::Never => ("never", None),
            Manner::Nothing => ("nothing", None),
            Manner::Fails(errors) => ("fails", Some(("errors", format!("{errors}\n").into_bytes()))),
        }
    }
}

impl Answer {
    /// The recorded facts, in a manner.
    pub fn recorded(manner: Manner) -> Answer {
        let body = RECORDED.split_once("GD1<").and_then(|(_, rest)| rest.split_once(">GD1"));
        Answer { body: body.expect("the sample is whole").0.to_owned(), manner, ahead: 0 }
    }

    /// Facts of a host about which there is nothing to say.
    pub fn healthy() -> Answer {
        Answer::healthy_but(Manner::Good)
    }

    /// The same, in a manner.
    pub fn healthy_but(manner: Manner) -> Answer {
        Answer::recorded(manner).with_facts(HEALTHY)
    }

    /// Other facts, as JSON in one line; see `host-facts.json`.
    pub fn with_facts(mut self, json: &str) -> Answer {
        self.body = base64(json.as_bytes());
        self
    }

    /// Sets the clock of Windows ahead, in milliseconds.
    pub fn with_clock_ahead(mut self, milliseconds: i64) -> Answer {
        self.ahead = milliseconds;
        self
    }

    /// Writes it where the stand-in reads it, for all further questions.
    pub fn write(&self, folder: &Path) {
        let (word, more) = self.manner.written();
        let files = [
            ("body", self.body.clone().into_bytes()),
            ("ahead", self.ahead.to_string().into_bytes()),
            ("manner", word.to_owned().into_bytes()),
        ];
        fs::create_dir_all(folder).expect("a folder can be made");
        for (name, content) in files.into_iter().chain(more) {
            fs::write(folder.join(name), content).expect("a file can be written");
        }
    }
}

/// RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let word = (0..3).fold(0_usize, |word, at| word << 8 | usize::from(chunk.get(at).copied().unwrap_or(0)));
        for place in 0..4 {
            let letter = char::from(LETTERS[word >> (18 - 6 * place) & 63]);
            out.push(if place > chunk.len() { '=' } else { letter });
        }
    }
    out
}
