use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use jiff::Timestamp;

use super::facts::HostFacts;
use super::failure::{Failure, FailureClass};
use super::question::question;
use crate::host::{WindowsAnswer, WindowsEnd};
use crate::model::{Context, Missing, Reason};
use crate::probes::wsl::Drives;
use crate::probes::{Fact, Probing, Start};

/// What Windows said, or why it did not.
#[derive(Debug, Clone)]
pub struct HostAnswer {
    /// Its facts.
    pub facts: Result<HostFacts, Failure>,
    /// Its clock beside ours, which is known even from an answer that was cut.
    pub stamp: Option<Stamp>,
}

/// Three readings of two clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Ours, before Windows was asked.
    pub before: Timestamp,
    /// That of Windows.
    pub windows: Timestamp,
    /// Ours, when the answer began to come.
    pub after: Timestamp,
}

/// What stands before the time, and around the facts.
const TIME_MARK: &str = "GD0 ";
const FACTS_BEGIN: &str = "GD1<";
const FACTS_END: &str = ">GD1";
/// The version of the facts that the script writes.
const VERSION: u64 = 1;

impl Fact for HostAnswer {
    const ID: &'static str = "windows-host";
    const START: Start = Start::Last;

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let drives = probing.get::<Drives>()?;
        let Some(system) = drives.system() else {
            let failure = Failure::new(FailureClass::NotThere, "no drive of Windows is mounted");
            return Ok(HostAnswer { facts: Err(failure), stamp: None });
        };
        let session = host.environment(Context::Session)?;
        match host.ask_windows(&question(system, &session)) {
            Ok(answer) => Ok(HostAnswer::read(&answer)),
            Err(missing) => HostAnswer::of_missing(missing),
        }
    }
}

impl HostAnswer {
    /// Its facts, for those who need them.
    ///
    /// # Errors
    /// Why Windows could not be asked.
    pub fn facts(&self) -> Result<&HostFacts, Missing> {
        self.facts
            .as_ref()
            .map_err(|failure| Missing::failed(format!("Windows could not be asked: {}", failure.class.title())))
    }

    /// A program that could not be started says why. What was not asked, or
    /// not recorded, is no failure of Windows.
    fn of_missing(missing: Missing) -> Result<HostAnswer, Missing> {
        let class = match missing.reason {
            Reason::NotAsked | Reason::NotRecorded => return Err(missing),
            Reason::TimedOut => FailureClass::Hang,
            Reason::Absent => FailureClass::NotThere,
            Reason::Denied => FailureClass::NotExecutable,
            Reason::Failed => match Failure::of_text(&missing.detail) {
                Some(failure) => failure.class,
                None => return Err(missing),
            },
        };
        Ok(HostAnswer { facts: Err(Failure::new(class, missing.detail)), stamp: None })
    }

    fn read(answer: &WindowsAnswer) -> HostAnswer {
        HostAnswer { facts: facts(answer), stamp: stamp(answer) }
    }
}

/// The first line has the time of Windows.
fn stamp(answer: &WindowsAnswer) -> Option<Stamp> {
    let line = answer.stdout.lines().find_map(|line| line.trim().strip_prefix(TIME_MARK))?;
    let windows = Timestamp::from_millisecond(line.trim().parse().ok()?).ok()?;
    Some(Stamp { before: answer.asked, windows, after: answer.first_said? })
}

fn facts(answer: &WindowsAnswer) -> Result<HostFacts, Failure> {
    let text = &answer.stdout;
    if let Some(begin) = text.find(FACTS_BEGIN) {
        let rest = &text[begin + FACTS_BEGIN.len()..];
        let garbled = |why: String| Failure::new(FailureClass::Garbled, why);
        let Some(end) = rest.find(FACTS_END) else {
            return Err(match answer.end {
                WindowsEnd::TimedOut => Failure::new(FailureClass::Hang, "its answer was cut at the deadline"),
                WindowsEnd::Exit(_) => garbled("the end of the answer is missing".into()),
            });
        };
        // A console may break long lines.
        let encoded: String = rest[..end].chars().filter(|c| !c.is_whitespace()).collect();
        let json = BASE64_STANDARD.decode(encoded).map_err(|error| garbled(format!("no base64: {error}")))?;
        return HostFacts::read(&json, VERSION).map_err(garbled);
    }
    Err(silence(answer))
}

/// There is no answer: what else was said tells why.
fn silence(answer: &WindowsAnswer) -> Failure {
    if let Some(failure) = Failure::of_text(&answer.stderr) {
        return failure;
    }
    let said = answer.stderr.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    match answer.end {
        WindowsEnd::TimedOut => Failure::new(FailureClass::Hang, "PowerShell did not end before the deadline"),
        // It got as far as the time, which needs no more than PowerShell may
        // do under a policy.
        WindowsEnd::Exit(Some(0)) if said.is_empty() => {
            Failure::new(FailureClass::Garbled, "PowerShell ended well and said nothing of use")
        }
        WindowsEnd::Exit(_) if is_policy(&answer.stderr) => Failure::new(FailureClass::Blocked, said),
        WindowsEnd::Exit(code) => {
            let code = code.map_or("a signal".to_owned(), |code| format!("code {code}"));
            let said = if said.is_empty() { format!("PowerShell ended with {code}") } else { said.to_owned() };
            Failure::new(FailureClass::Garbled, said)
        }
    }
}

/// Words of a PowerShell that a policy keeps from calling methods; the names of
/// errors are not translated.
fn is_policy(text: &str) -> bool {
    ["MethodInvocationNotSupportedInConstrainedLanguage", "ConstrainedLanguage", "UnauthorizedAccess"]
        .iter()
        .any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIRE: &str = include_str!("../../../tests/wsl-samples/host-facts.wire.txt");
    const PARTIAL: &str = include_str!("../../../tests/wsl-samples/host-facts-partial.wire.txt");
    const NOISE: &str = include_str!("../../../tests/wsl-samples/powershell-clixml-stderr.txt");

    fn answer(stdout: &str, stderr: &str, end: WindowsEnd) -> WindowsAnswer {
        let at = |ms| Timestamp::from_millisecond(ms).unwrap();
        let first_said = (!stdout.is_empty()).then(|| at(1_781_860_442_700));
        WindowsAnswer { stdout: stdout.into(), stderr: stderr.into(), end, asked: at(1_781_860_441_900), first_said }
    }

    fn class(stdout: &str, stderr: &str, end: WindowsEnd) -> FailureClass {
        HostAnswer::read(&answer(stdout, stderr, end)).facts.unwrap_err().class
    }

    const WELL: WindowsEnd = WindowsEnd::Exit(Some(0));

    #[test]
    fn a_recorded_answer_is_read_with_noise_beside_it() {
        let read = HostAnswer::read(&answer(WIRE, NOISE, WELL));
        let facts = read.facts.unwrap();
        assert_eq!(facts.build, Some((26100, 4652)));
        assert_eq!(facts.distribution.as_deref(), Some("Ubuntu-24.04"));
        assert_eq!(read.stamp.unwrap().windows.as_millisecond(), 1_781_860_442_123);
    }

    #[test]
    fn what_was_cut_still_tells_the_time() {
        let read = HostAnswer::read(&answer(PARTIAL, "", WELL));
        assert_eq!(read.facts.unwrap_err().class, FailureClass::Garbled);
        assert!(read.stamp.is_some());
        assert_eq!(class(PARTIAL, "", WindowsEnd::TimedOut), FailureClass::Hang);
    }

    #[test]
    fn silence_and_rubbish_have_their_classes() {
        assert_eq!(class("", "", WELL), FailureClass::Garbled);
        assert_eq!(class("", NOISE, WELL), FailureClass::Garbled);
        assert_eq!(class("", "", WindowsEnd::TimedOut), FailureClass::Hang);
        let relay = "<3>WSL (40941 - ) ERROR: UtilAcceptVsock:271: accept4 failed 110";
        assert_eq!(class("", relay, WindowsEnd::Exit(Some(1))), FailureClass::RelayTimeout);
        let policy =
            "Cannot invoke method.\r\n + FullyQualifiedErrorId : MethodInvocationNotSupportedInConstrainedLanguage";
        assert_eq!(class("", policy, WindowsEnd::Exit(Some(1))), FailureClass::Blocked);
        for text in ["GD1<!!!>GD1", "GD1<e30=>GD1", "GD1<eyJ2IjogMn0=>GD1", "GD1<", "GD1<bm9uc2Vuc2U=>GD1", "GD0 x"] {
            assert_eq!(class(text, "", WELL), FailureClass::Garbled, "{text}");
        }
    }

    /// What programs of Windows and WSL itself print beside an answer.
    #[test]
    fn noise_is_no_answer_and_harms_none() {
        macro_rules! sample {
            ($name:literal) => {
                include_str!(concat!("../../../tests/wsl-samples/", $name, ".txt"))
            };
        }
        let noises = [
            sample!("interop-unc-cwd-stdout"),
            sample!("session-start-warnings"),
            sample!("netsh-winhttp-direct"),
            sample!("w32tm-status-synced"),
            sample!("w32tm-status-unsynced"),
            sample!("w32tm-status-local-cmos"),
            sample!("w32tm-status-service-stopped"),
        ];
        for noise in noises {
            let read = HostAnswer::read(&answer(&format!("{noise}{WIRE}"), noise, WELL));
            assert!(read.facts.is_ok() && read.stamp.is_some(), "{noise}");
            assert_eq!(class(noise, "", WELL), FailureClass::Garbled, "{noise}");
            assert_eq!(class("", noise, WELL), FailureClass::Garbled, "{noise}");
        }
    }
}
