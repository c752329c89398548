use super::Theme;
use crate::data;

macro_rules! theme {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/themes/", $name, ".toml"))
    };
}
/// The theme files, by name.
const THEMES: [(&str, &str); 5] = [
    ("dark", theme!("dark")),
    ("light", theme!("light")),
    ("neutral", theme!("neutral")),
    ("ansi", theme!("ansi")),
    ("mono", theme!("mono")),
];

/// How many colours a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colors {
    /// None, or none are wanted: only bold, dim, underlined and reversed.
    None,
    /// The sixteen named ones, which the terminal's user has chosen.
    Named,
    /// Any.
    True,
}

/// What lies behind the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Background {
    /// Something dark.
    Dark,
    /// Something light.
    Light,
    /// The terminal does not say.
    Untold,
}

/// What is known of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terminal {
    /// Its colours.
    pub colors: Colors,
    /// Its background.
    pub background: Background,
}

impl Terminal {
    /// What these environment variables tell of the terminal: NO_COLOR,
    /// COLORTERM, TERM, COLORFGBG.
    pub fn from_env(get: impl Fn(&str) -> Option<String>) -> Self {
        let is_set = |name: &str| get(name).is_some_and(|value| !value.is_empty());
        let term = get("TERM").unwrap_or_default();
        let truecolor = get("COLORTERM").is_some_and(|value| value == "truecolor" || value == "24bit");
        let colors = if is_set("NO_COLOR") || term == "dumb" {
            Colors::None
        } else if truecolor || term.ends_with("-direct") || is_set("WT_SESSION") {
            Colors::True
        } else {
            Colors::Named
        };
        Terminal { colors, background: background(get("COLORFGBG").as_deref()) }
    }
}

/// COLORFGBG is `foreground;background`, or with something in between, in
/// the numbers of the sixteen colours: 7 and 15 are white.
fn background(colorfgbg: Option<&str>) -> Background {
    match colorfgbg.and_then(|value| value.rsplit(';').next()).and_then(|number| number.parse::<u8>().ok()) {
        Some(7 | 9..=15) => Background::Light,
        Some(0..=6 | 8) => Background::Dark,
        _ => Background::Untold,
    }
}

impl Theme {
    /// The theme for a terminal.
    #[must_use]
    pub fn for_terminal(terminal: Terminal) -> Self {
        let name = match (terminal.colors, terminal.background) {
            (Colors::None, _) => "mono",
            (Colors::Named, _) => "ansi",
            (Colors::True, Background::Dark) => "dark",
            (Colors::True, Background::Light) => "light",
            (Colors::True, Background::Untold) => "neutral",
        };
        Theme::named(name).unwrap_or_default()
    }

    /// The theme of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let (_, text) = THEMES.iter().find(|(known, _)| *known == name)?;
        data::read(text).ok()
    }

    /// The names of all themes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        THEMES.iter().map(|(name, _)| *name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(variables: &[(&str, &str)]) -> Terminal {
        Terminal::from_env(|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn every_theme_can_be_read() {
        for (name, text) in THEMES {
            let theme: Theme = data::read(text).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(theme.name, name);
        }
    }

    #[test]
    fn the_environment_tells_the_terminal() {
        assert_eq!(told(&[("NO_COLOR", "1"), ("COLORTERM", "truecolor")]).colors, Colors::None);
        assert_eq!(told(&[("NO_COLOR", ""), ("COLORTERM", "truecolor")]).colors, Colors::True);
        assert_eq!(told(&[("TERM", "xterm-256color")]).colors, Colors::Named);
        assert_eq!(told(&[("COLORFGBG", "15;0")]).background, Background::Dark);
        assert_eq!(told(&[("COLORFGBG", "0;default;15")]).background, Background::Light);
        assert_eq!(told(&[("COLORFGBG", "default;default")]).background, Background::Untold);
        assert_eq!(told(&[]).background, Background::Untold);
    }
}
