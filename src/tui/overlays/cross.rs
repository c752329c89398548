use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::model::{BuildResult, Cell, CgoSwitch, Matrix, NamedTarget, Need, Tried};
use crate::tui::panes::Sheet;
use crate::tui::text::{fit, span, width};
use crate::tui::theme::Theme;

/// What the project builds for.
#[derive(Debug)]
pub(in crate::tui) struct Cross {
    /// How far the answer is.
    pub(in crate::tui) state: Crossing,
    /// The selected target.
    row: usize,
    /// The selected value of CGO_ENABLED.
    column: usize,
}

/// How far the answer to what a project builds for is.
#[derive(Debug)]
pub(in crate::tui) enum Crossing {
    /// It is being looked for.
    Looking,
    /// It is there.
    Ready(Box<Matrix>),
    /// There is none, for this reason.
    Failed(String),
}

/// Lines of the screen that are left to the explanation of the selected cell,
/// where there are so many.
const EXPLANATION: usize = 11;
/// Targets that are always to be seen.
const FEWEST: usize = 4;

impl Cross {
    /// The screen before the answer.
    pub(in crate::tui) fn new() -> Self {
        Cross { state: Crossing::Looking, row: 0, column: 0 }
    }

    /// What is looked at, and with which Go.
    pub(super) fn title(&self) -> String {
        match &self.state {
            Crossing::Ready(matrix) => format!("What {} builds for with {}", matrix.project, matrix.go),
            _ => "What this project builds for".to_owned(),
        }
    }

    /// Selects another target.
    pub(in crate::tui) fn step(&mut self, by: isize) {
        let Crossing::Ready(matrix) = &self.state else { return };
        self.row = self.row.saturating_add_signed(by).min(matrix.targets.len().saturating_sub(1));
    }

    /// Selects another value of CGO_ENABLED.
    pub(in crate::tui) fn turn(&mut self, by: isize) {
        self.column = self.column.saturating_add_signed(by).min(CgoSwitch::ALL.len() - 1);
    }

    /// The command that brings what the selected build lacks, or else that of
    /// the build.
    pub(in crate::tui) fn command(&self) -> Option<String> {
        let Crossing::Ready(matrix) = &self.state else { return None };
        let cell = self.selected(matrix)?;
        let brings = cell.missing.iter().find_map(|need| need.command.clone());
        Some(brings.unwrap_or_else(|| cell.command()))
    }

    fn selected<'a>(&self, matrix: &'a Matrix) -> Option<&'a Cell> {
        matrix.row(self.row).get(self.column)
    }

    /// The table and what the selected cell means, on a screen of `height`
    /// lines.
    pub(super) fn write(&self, sheet: &mut Sheet<'_>, height: usize) {
        match &self.state {
            Crossing::Looking => sheet.dim("Reading the packages of this project …"),
            Crossing::Failed(why) => sheet.plain(why),
            Crossing::Ready(matrix) => {
                let room = height.saturating_sub(EXPLANATION).max(FEWEST);
                self.table(matrix, room, sheet);
                sheet.gap();
                if let (Some(cell), Some(named)) = (self.selected(matrix), matrix.targets.get(self.row)) {
                    explain(cell, named, sheet);
                }
                for note in &matrix.notes {
                    sheet.gap();
                    sheet.dim(note);
                }
            }
        }
    }

    /// The targets around the selected one.
    fn table(&self, matrix: &Matrix, room: usize, sheet: &mut Sheet<'_>) {
        let theme = sheet.theme;
        let names = matrix.targets.iter().map(|named| width(&named.target.to_string()));
        let first = names.max().unwrap_or(0).max(width(HEAD)) + 2;
        let wide = sheet.width().saturating_sub(first + 1) / CgoSwitch::ALL.len();
        let mut head = format!(" {HEAD:first$}");
        for cgo in CgoSwitch::ALL {
            head.push_str(&format!("{:wide$}", cgo.value().unwrap_or("unset")));
        }
        sheet.line(Line::from(span(head.trim_end(), theme.dim.style())), 0);
        let top = self.row.saturating_sub(room / 2).min(matrix.targets.len().saturating_sub(room));
        for (at, named) in matrix.targets.iter().enumerate().skip(top).take(room) {
            let edge = if at == self.row { "▌" } else { " " };
            let name = format!("{:first$}", named.target.to_string());
            let strong = if named.source.is_some() { theme.text.style() } else { theme.dim.style() };
            let mut line = vec![span(edge, theme.edge.style()), span(&name, strong)];
            for (column, cell) in matrix.row(at).iter().enumerate() {
                let label = cell.label();
                let label = fit(&label, wide.saturating_sub(2)).into_owned();
                let here = (at, column) == (self.row, self.column);
                let style = if here { theme.selection.style() } else { style(cell, theme) };
                let shown = if here { format!("{label} ") } else { label };
                let gap = " ".repeat(wide.saturating_sub(width(&shown)));
                line.extend([span(&shown, style), Span::raw(gap)]);
            }
            sheet.line(Line::from(line), 0);
        }
        let hidden = matrix.targets.len().saturating_sub(room);
        if hidden > 0 {
            sheet.dim(&format!("  {hidden} more"));
        }
    }
}

const HEAD: &str = "CGO_ENABLED";

fn style(cell: &Cell, theme: &Theme) -> Style {
    match cell.result {
        BuildResult::Builds => theme.passed.style(),
        BuildResult::BuildsWithoutCgo => theme.warning.style(),
        BuildResult::Fails => theme.error.style(),
        BuildResult::Unknown => theme.unknown.style(),
    }
}

/// What a cell means, and what to do.
fn explain(cell: &Cell, named: &NamedTarget, sheet: &mut Sheet<'_>) {
    let code = sheet.theme.code.style();
    sheet.text(&cell.command(), code);
    if let Some(source) = &named.source {
        sheet.dim(&format!("{source} names this target."));
    }
    sheet.gap();
    let style = style(cell, sheet.theme);
    match cell.result {
        BuildResult::Builds => sheet.text("It builds.", style),
        BuildResult::BuildsWithoutCgo => {
            sheet.text("It builds, and these packages do without C:", style);
            for loss in &cell.loses {
                sheet.plain(&format!("• {}: {}", loss.package, loss.what));
            }
        }
        BuildResult::Fails => {
            sheet.text("It does not build. It lacks:", style);
            needs(&cell.missing, sheet);
        }
        BuildResult::Unknown => {
            sheet.text("It could not be told:", style);
            needs(&cell.missing, sheet);
        }
    }
    match &cell.tried {
        Some(Tried::Failed(line)) => sheet.plain(&format!("A real build failed: {line}")),
        Some(Tried::Built) => sheet.plain("A real build succeeded."),
        Some(Tried::Unknown(why)) => sheet.plain(&format!("A real build told nothing: {why}")),
        None => {}
    }
}

fn needs(needs: &[Need], sheet: &mut Sheet<'_>) {
    let code = sheet.theme.code.style();
    for need in needs {
        sheet.plain(&format!("• {}", need.what));
        if let Some(command) = &need.command {
            sheet.text(&format!("  {command}"), code);
        }
    }
}
