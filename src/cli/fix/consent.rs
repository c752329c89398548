use crate::cli::ask::Ask;
use crate::model::{Class, Fix};

/// Who has agreed to the fixes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Consent {
    /// Nobody: they are only shown.
    DryRun,
    /// Nobody can: the machine is a recording.
    Recorded,
    /// The user, beforehand.
    Given,
    /// The user is asked for each.
    Asked,
    /// The user was asked, and has agreed to all further safe ones.
    AskedUnlessSafe,
    /// The user was asked, and wants no more.
    Withdrawn,
}

impl Consent {
    /// True when the user sits there and is asked.
    pub(super) fn is_asked(self) -> bool {
        matches!(self, Consent::Asked | Consent::AskedUnlessSafe)
    }

    /// True when fixes are shown and never applied.
    pub(super) fn is_showing(self) -> bool {
        matches!(self, Consent::DryRun | Consent::Recorded)
    }

    /// Why a fix is not to be applied; asks where the user has not said. None
    /// when it may be.
    pub(super) fn objection(&mut self, fix: &Fix, ask: &mut dyn Ask) -> Option<&'static str> {
        match self {
            Consent::DryRun => return Some("only shown"),
            Consent::Recorded => return Some("the fixes of a recorded machine can only be shown"),
            Consent::Withdrawn => return Some("you wanted no more"),
            Consent::Given => return None,
            Consent::AskedUnlessSafe if fix.class == Class::Safe => return None,
            Consent::Asked | Consent::AskedUnlessSafe => {}
        }
        match ask.ask("Apply? [y]es, [N]o, [a]ll safe ones, [q]uit:").as_deref() {
            Some("y" | "yes") => None,
            Some("a" | "all") => {
                *self = Consent::AskedUnlessSafe;
                None
            }
            Some("q" | "quit") => {
                *self = Consent::Withdrawn;
                Some("you said no")
            }
            Some(_) => Some("you said no"),
            None => Some("nobody could be asked; add --yes to apply it"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives these answers, then none.
    struct Answers(Vec<&'static str>);

    impl Ask for Answers {
        fn ask(&mut self, _question: &str) -> Option<String> {
            if self.0.is_empty() { None } else { Some(self.0.remove(0).to_owned()) }
        }
    }

    fn fix(class: Class) -> Fix {
        Fix::new("Mend it", class, Vec::new())
    }

    #[test]
    fn only_a_yes_is_a_yes() {
        for (answer, agreed) in [("y", true), ("yes", true), ("", false), ("n", false), ("j", false), ("yy", false)] {
            let objection = Consent::Asked.objection(&fix(Class::Safe), &mut Answers(vec![answer]));
            assert_eq!(objection.is_none(), agreed, "{answer:?}");
        }
        let nobody = Consent::Asked.objection(&fix(Class::Safe), &mut Answers(vec![]));
        assert_eq!(nobody, Some("nobody could be asked; add --yes to apply it"));
    }

    #[test]
    fn all_means_all_safe_ones() {
        let mut consent = Consent::Asked;
        let mut ask = Answers(vec!["a", "n"]);
        assert_eq!(consent.objection(&fix(Class::Safe), &mut ask), None);
        assert_eq!(consent.objection(&fix(Class::Safe), &mut ask), None);
        assert_eq!(consent.objection(&fix(Class::Root), &mut ask), Some("you said no"));
    }

    #[test]
    fn quitting_is_not_asked_twice() {
        let mut consent = Consent::Asked;
        let mut ask = Answers(vec!["q", "y"]);
        assert!(consent.objection(&fix(Class::Safe), &mut ask).is_some());
        assert!(consent.objection(&fix(Class::Safe), &mut ask).is_some());
        assert_eq!(ask.0, ["y"]);
    }
}
