use super::{Paint, Style};

/// An explanation page for the terminal: headings stand out, code is
/// indented, the rest is as it was written.
#[must_use]
pub fn page(markdown: &str, paint: Paint) -> String {
    let mut out = String::new();
    let mut in_code = false;
    for line in markdown.lines() {
        if line.starts_with("```") {
            in_code = !in_code;
            continue;
        }
        let shown = if in_code {
            format!("    {}", paint.apply(Style::Command, line))
        } else if line.starts_with('#') {
            paint.apply(Style::Strong, line.trim_start_matches(['#', ' ']))
        } else {
            line.to_owned()
        };
        out.push_str(shown.trim_end());
        out.push('\n');
    }
    out
}
