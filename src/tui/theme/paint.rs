use std::str::FromStr;

use ratatui::style::{Color, Modifier, Style};
use serde::{Deserialize, Deserializer};

/// A style as a theme file writes it.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::tui) struct Paint(Style);

impl Paint {
    /// The style.
    pub(in crate::tui) fn style(self) -> Style {
        self.0
    }
}

/// `{ fg = "#00add8", bold = true }`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct Written {
    fg: Option<String>,
    bg: Option<String>,
    bold: bool,
    dim: bool,
    italic: bool,
    underline: bool,
    reverse: bool,
}

impl<'de> Deserialize<'de> for Paint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = Written::deserialize(deserializer)?;
        let mut style = Style::new();
        style.fg = written.fg.as_deref().map(color).transpose()?;
        style.bg = written.bg.as_deref().map(color).transpose()?;
        let modifiers = [
            (written.bold, Modifier::BOLD),
            (written.dim, Modifier::DIM),
            (written.italic, Modifier::ITALIC),
            (written.underline, Modifier::UNDERLINED),
            (written.reverse, Modifier::REVERSED),
        ];
        for (_, modifier) in modifiers.into_iter().filter(|(on, _)| *on) {
            style = style.add_modifier(modifier);
        }
        Ok(Paint(style))
    }
}

fn color<E: serde::de::Error>(name: &str) -> Result<Color, E> {
    Color::from_str(name).map_err(|_| E::custom(format!("'{name}' is not a colour")))
}

/// Reads a list of colours.
pub(super) fn colors<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Color>, D::Error> {
    Vec::<String>::deserialize(deserializer)?.iter().map(|name| color(name)).collect()
}

/// The colour at step `at` of `of` along `stops`.
pub(super) fn shade(stops: &[Color], at: usize, of: usize) -> Option<Color> {
    let last = stops.len().checked_sub(1)?;
    let steps = of.saturating_sub(1).max(1);
    let at = at.min(steps);
    let (stop, part) = (at * last / steps, at * last % steps);
    let (Some(from), Some(to)) = (stops.get(stop), stops.get(stop + 1)) else {
        return stops.last().copied();
    };
    match (*from, *to) {
        (Color::Rgb(r1, g1, b1), Color::Rgb(r2, g2, b2)) => {
            Some(Color::Rgb(mix(r1, r2, part, steps), mix(g1, g2, part, steps), mix(b1, b2, part, steps)))
        }
        (from, _) => Some(from),
    }
}

/// `part` of `whole` steps from `a` to `b`.
fn mix(a: u8, b: u8, part: usize, whole: usize) -> u8 {
    let mixed = (usize::from(a) * (whole - part) + usize::from(b) * part) / whole;
    u8::try_from(mixed).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strata_are_shaded_between_the_stops() {
        let stops = [Color::Rgb(0, 0, 0), Color::Rgb(100, 200, 40)];
        assert_eq!(shade(&stops, 0, 3), Some(Color::Rgb(0, 0, 0)));
        assert_eq!(shade(&stops, 1, 3), Some(Color::Rgb(50, 100, 20)));
        assert_eq!(shade(&stops, 2, 3), Some(Color::Rgb(100, 200, 40)));
        assert_eq!(shade(&stops, 9, 3), Some(Color::Rgb(100, 200, 40)));
        assert_eq!(shade(&[], 0, 3), None);
        assert_eq!(shade(&[Color::Blue, Color::Cyan], 0, 1), Some(Color::Blue));
    }
}
