//! A buffer as a picture. Lines and blocks are drawn as shapes, so that they
//! join whatever font the viewer has.

use std::collections::BTreeMap;
use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

/// Colours of a terminal.
pub struct Palette {
    pub background: &'static str,
    pub foreground: &'static str,
    named: [&'static str; 8],
}

pub const DARK: Palette = Palette {
    background: "#0d1117",
    foreground: "#dce3ea",
    named: ["#484f58", "#ff7b72", "#56d364", "#e3b341", "#79c0ff", "#d2a8ff", "#56d4dd", "#f0f6fc"],
};

pub const LIGHT: Palette = Palette {
    background: "#ffffff",
    foreground: "#24292f",
    named: ["#24292f", "#cf222e", "#116329", "#7d4e00", "#0969da", "#8250df", "#1b7c83", "#6e7781"],
};

const WIDTH: f64 = 8.4;
const HEIGHT: f64 = 18.0;
const FONT: f64 = 14.0;
const MARGIN: f64 = 16.0;
const BAR: f64 = 30.0;

/// The buffer in a window.
pub fn svg(buffer: &Buffer, palette: &Palette) -> String {
    let area = buffer.area();
    let (width, height) =
        (f64::from(area.width) * WIDTH + 2.0 * MARGIN, f64::from(area.height) * HEIGHT + BAR + MARGIN);
    let mut out = String::new();
    let Palette { background, foreground, .. } = palette;
    writeln!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width:.1}" height="{height:.1}" viewBox="0 0 {width:.1} {height:.1}" font-family="'DejaVu Sans Mono','SFMono-Regular',Menlo,Consolas,monospace" font-size="{FONT}">"#
    )
    .expect("a string takes all");
    writeln!(
        out,
        r##"<rect width="100%" height="100%" rx="10" fill="{background}" stroke="#8b949e" stroke-opacity=".4"/>"##
    )
    .expect("a string takes all");
    for (at, color) in ["#ff5f57", "#febc2e", "#28c840"].iter().enumerate() {
        let x = MARGIN + 6.0 + 18.0 * at as f64;
        writeln!(out, r#"<circle cx="{x}" cy="16" r="5.5" fill="{color}"/>"#).expect("a string takes all");
    }
    writeln!(out, r#"<g transform="translate({MARGIN},{BAR})" fill="{foreground}">"#).expect("a string takes all");
    out.push_str(&rasters(buffer, palette));
    for y in 0..area.height {
        row(buffer, y, palette, &mut out);
    }
    out.push_str("</g>\n</svg>\n");
    out
}

/// Width and height of a point of a raster.
const POINT: (f64, f64) = (WIDTH / 4.0, HEIGHT / 8.0);

/// The rasters that the buffer needs, each with its colour.
fn rasters(buffer: &Buffer, palette: &Palette) -> String {
    let needed: BTreeMap<String, (usize, String)> = buffer
        .content()
        .iter()
        .filter_map(|cell| match shape(cell.symbol()) {
            Some(Shape::Shade(points)) => Some((points, foreground(cell, palette))),
            _ => None,
        })
        .map(|(points, color)| (raster_id(points, &color), (points, color)))
        .collect();
    let mut out = String::new();
    for (id, (points, color)) in needed {
        let (wide, high) = POINT;
        let points: String = [(0.0, 0.0), (1.0, 1.0), (1.0, 0.0)][..points]
            .iter()
            .map(|(x, y)| format!("M{:.2} {:.2}h{wide:.2}v{high:.2}h-{wide:.2}z", x * wide, y * high))
            .collect();
        writeln!(
            out,
            r#"<pattern id="{id}" width="{:.2}" height="{:.2}" patternUnits="userSpaceOnUse"><path d="{points}" fill="{color}"/></pattern>"#,
            2.0 * wide,
            2.0 * high
        )
        .expect("a string takes all");
    }
    out
}

fn raster_id(points: usize, color: &str) -> String {
    format!("r{points}{}", color.trim_start_matches('#'))
}

fn row(buffer: &Buffer, y: u16, palette: &Palette, out: &mut String) {
    let cells: Vec<(u16, &Cell)> = (0..buffer.area().width).map(|x| (x, &buffer[(x, y)])).collect();
    for run in cells.chunk_by(|a, b| background(a.1, palette) == background(b.1, palette)) {
        if let Some(color) = background(run[0].1, palette) {
            rect(f64::from(run[0].0) * WIDTH, y, run.len() as f64 * WIDTH, &color, 1.0, out);
        }
    }
    for run in cells.chunk_by(|a, b| same_text(a.1, b.1)) {
        let text: String = run.iter().map(|(_, cell)| cell.symbol()).collect();
        let (x, cell) = run[0];
        if run.iter().all(|(_, cell)| shape(cell.symbol()).is_some()) {
            for (x, cell) in run {
                draw_shape(*x, y, cell, palette, out);
            }
        } else if !text.trim().is_empty() {
            words(x, y, &text, run.len(), cell, palette, out);
        }
    }
}

/// Text in one style. Blanks at its ends are left out, and its length is
/// fixed, so that columns stay columns in any font.
fn words(x: u16, y: u16, text: &str, columns: usize, cell: &Cell, palette: &Palette, out: &mut String) {
    let lead = text.chars().take_while(|c| *c == ' ').count();
    let trail = text.chars().rev().take_while(|c| *c == ' ').count();
    let at = (f64::from(x) + lead as f64) * WIDTH;
    let length = (columns - lead - trail) as f64 * WIDTH;
    let baseline = f64::from(y) * HEIGHT + 13.5;
    let mut attributes = String::new();
    if foreground(cell, palette) != palette.foreground {
        write!(attributes, r#" fill="{}""#, foreground(cell, palette)).expect("a string takes all");
    }
    for (modifier, attribute) in [
        (Modifier::BOLD, r#" font-weight="700""#),
        (Modifier::DIM, r#" opacity=".6""#),
        (Modifier::ITALIC, r#" font-style="italic""#),
        (Modifier::UNDERLINED, r#" text-decoration="underline""#),
    ] {
        if cell.modifier.contains(modifier) {
            attributes.push_str(attribute);
        }
    }
    let text = text.trim().replace('&', "&amp;").replace('<', "&lt;");
    writeln!(
        out,
        r#"<text x="{at:.1}" y="{baseline:.1}" textLength="{length:.1}" xml:space="preserve"{attributes}>{text}</text>"#
    )
    .expect("a string takes all");
}

/// What a glyph is drawn as: strokes from the middle to left, right, up,
/// down, with their width (and whether they bend); a block of some width; a
/// grid with some of its points set; the dots of a Braille pattern.
enum Shape {
    Strokes([f64; 4], bool),
    Block(f64),
    Shade(usize),
    Dots(u32),
}

fn shape(symbol: &str) -> Option<Shape> {
    let strokes = |strokes| Some(Shape::Strokes(strokes, false));
    match symbol {
        "─" => strokes([1.0, 1.0, 0.0, 0.0]),
        "━" => strokes([2.5, 2.5, 0.0, 0.0]),
        "│" => strokes([0.0, 0.0, 1.0, 1.0]),
        "┃" => strokes([0.0, 0.0, 2.5, 2.5]),
        "┬" => strokes([1.0, 1.0, 0.0, 1.0]),
        "├" => strokes([0.0, 1.0, 1.0, 1.0]),
        "└" => strokes([0.0, 1.0, 1.0, 0.0]),
        "╭" => Some(Shape::Strokes([0.0, 1.0, 0.0, 1.0], true)),
        "╮" => Some(Shape::Strokes([1.0, 0.0, 0.0, 1.0], true)),
        "╰" => Some(Shape::Strokes([0.0, 1.0, 1.0, 0.0], true)),
        "╯" => Some(Shape::Strokes([1.0, 0.0, 1.0, 0.0], true)),
        "░" => Some(Shape::Shade(1)),
        "▒" => Some(Shape::Shade(2)),
        "▓" => Some(Shape::Shade(3)),
        "█" => Some(Shape::Block(1.0)),
        "▌" => Some(Shape::Block(0.4)),
        "┴" => strokes([1.0, 1.0, 1.0, 0.0]),
        other => {
            let c = other.chars().next()?;
            ('\u{2800}'..='\u{28ff}').contains(&c).then(|| Shape::Dots(c as u32 - 0x2800))
        }
    }
}

fn draw_shape(x: u16, y: u16, cell: &Cell, palette: &Palette, out: &mut String) {
    let color = foreground(cell, palette);
    let faint = if cell.modifier.contains(Modifier::DIM) { 0.6 } else { 1.0 };
    let (left, top) = (f64::from(x) * WIDTH, f64::from(y) * HEIGHT);
    let (right, bottom, middle_x, middle_y) = (left + WIDTH, top + HEIGHT, left + WIDTH / 2.0, top + HEIGHT / 2.0);
    match shape(cell.symbol()) {
        Some(Shape::Block(width)) => rect(left, y, width * WIDTH, &color, faint, out),
        Some(Shape::Shade(points)) => {
            rect(left, y, WIDTH, &format!("url(#{})", raster_id(points, &color)), faint, out);
        }
        Some(Shape::Dots(bits)) => {
            // The bits of a Braille pattern: down the left column, then the
            // right one, and the lowest row last.
            for (bit, (x, y)) in
                [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)].into_iter().enumerate()
            {
                if bits >> bit & 1 == 1 {
                    let (x, y) = (left + 2.4 + 3.6 * f64::from(x), top + 4.0 + 3.4 * f64::from(y));
                    writeln!(out, r#"<circle cx="{x:.1}" cy="{y:.1}" r="1.2" fill="{color}"/>"#)
                        .expect("a string takes all");
                }
            }
        }
        Some(Shape::Strokes(strokes, true)) => {
            let from_y = if strokes[2] > 0.0 { top } else { bottom };
            let to_x = if strokes[0] > 0.0 { left } else { right };
            path(
                &format!("M{middle_x:.1} {from_y:.1}Q{middle_x:.1} {middle_y:.1} {to_x:.1} {middle_y:.1}"),
                &color,
                1.2,
                out,
            );
        }
        Some(Shape::Strokes(strokes, false)) => {
            let ends = [(left, middle_y), (right, middle_y), (middle_x, top), (middle_x, bottom)];
            for (width, (to_x, to_y)) in strokes.into_iter().zip(ends).filter(|(width, _)| *width > 0.0) {
                path(&format!("M{middle_x:.1} {middle_y:.1}L{to_x:.1} {to_y:.1}"), &color, width * 1.2, out);
            }
        }
        None => {}
    }
}

fn path(data: &str, color: &str, width: f64, out: &mut String) {
    writeln!(out, r#"<path d="{data}" stroke="{color}" stroke-width="{width:.1}" fill="none"/>"#)
        .expect("a string takes all");
}

fn rect(x: f64, y: u16, width: f64, color: &str, opacity: f64, out: &mut String) {
    let y = f64::from(y) * HEIGHT;
    let opacity = if opacity < 1.0 { format!(r#" fill-opacity="{opacity:.2}""#) } else { String::new() };
    writeln!(out, r#"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{HEIGHT}" fill="{color}"{opacity}/>"#)
        .expect("a string takes all");
}

fn same_text(a: &Cell, b: &Cell) -> bool {
    let is_shape = |cell: &Cell| shape(cell.symbol()).is_some();
    (a.fg, a.bg, a.modifier, is_shape(a)) == (b.fg, b.bg, b.modifier, is_shape(b))
}

fn foreground(cell: &Cell, palette: &Palette) -> String {
    if cell.modifier.contains(Modifier::REVERSED) {
        color(cell.bg, palette).unwrap_or_else(|| palette.background.to_owned())
    } else {
        color(cell.fg, palette).unwrap_or_else(|| palette.foreground.to_owned())
    }
}

fn background(cell: &Cell, palette: &Palette) -> Option<String> {
    if cell.modifier.contains(Modifier::REVERSED) {
        Some(color(cell.fg, palette).unwrap_or_else(|| palette.foreground.to_owned()))
    } else {
        color(cell.bg, palette)
    }
}

fn color(color: Color, palette: &Palette) -> Option<String> {
    let named = |at: usize| Some(palette.named[at].to_owned());
    match color {
        Color::Rgb(r, g, b) => Some(format!("#{r:02x}{g:02x}{b:02x}")),
        Color::Black => named(0),
        Color::Red => named(1),
        Color::Green => named(2),
        Color::Yellow => named(3),
        Color::Blue => named(4),
        Color::Magenta => named(5),
        Color::Cyan => named(6),
        _ => None,
    }
}
