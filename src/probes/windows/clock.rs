use super::HostAnswer;
use super::answer::Stamp;
use crate::model::Missing;
use crate::probes::network::off_by;
use crate::probes::{Fact, Probing, Start};

/// Our clock against that of Windows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HostClock {
    /// How far ours is ahead of that of Windows, in seconds, as an interval:
    /// the truth lies inside.
    pub ahead: (f64, f64),
}

impl Fact for HostClock {
    const ID: &'static str = "windows-clock";
    const START: Start = Start::Last;

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let answer = probing.get::<HostAnswer>()?;
        match (&answer.stamp, answer.facts()) {
            (Some(stamp), _) => Ok(HostClock::of(stamp)),
            (None, Err(missing)) => Err(missing),
            (None, Ok(_)) => Err(Missing::failed("Windows did not say its time")),
        }
    }
}

impl HostClock {
    /// Windows read its clock somewhere between our two readings.
    fn of(stamp: &Stamp) -> HostClock {
        let ahead = |own: jiff::Timestamp| own.duration_since(stamp.windows).as_secs_f64();
        let (first, second) = (ahead(stamp.before), ahead(stamp.after));
        HostClock { ahead: (first.min(second), first.max(second)) }
    }

    /// How far our clock is off at the least, in seconds: negative when it is
    /// behind, zero when it may be right.
    #[must_use]
    pub fn off_by(&self) -> f64 {
        off_by(self.ahead)
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    /// The rows of the sample say what the interval must come to.
    #[test]
    fn recorded_cases_come_out_as_they_were_computed() {
        let text = include_str!("../../../tests/wsl-samples/clock-cases.tsv");
        let mut seen = 0;
        for row in text.lines().filter(|line| !line.starts_with('#') && !line.starts_with("case")) {
            let fields: Vec<&str> = row.split('\t').collect();
            let at = |column: usize| Timestamp::from_millisecond(fields[column].parse().unwrap()).unwrap();
            let clock = HostClock::of(&Stamp { before: at(1), after: at(2), windows: at(3) });
            let verdict = fields[5];
            match verdict.split(' ').next().unwrap() {
                "ok" | "windows-clock-wrong" => assert_eq!(clock.off_by(), 0.0, "{row}"),
                "guest-behind" => assert_eq!(format!("{:.1}", -clock.off_by()), "10799.4", "{row}"),
                "guest-ahead" => assert_eq!(format!("{:.1}", clock.off_by()), "39.8", "{row}"),
                other => panic!("{other}"),
            }
            seen += 1;
        }
        assert_eq!(seen, 6);
    }
}
