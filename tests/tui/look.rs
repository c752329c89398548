//! Pictures for people who change the dashboard: every screen as a PNG in
//! the build folder.

use std::fs;
use std::path::{Path, PathBuf};

use crate::fixture::{self, entry};
use crate::support::screen::stage::Stage;
use crate::support::screen::svg::{DARK, LIGHT, svg};
use gomedic::tui::{EntryState, Message, Purpose};

const SIZES: [(u16, u16); 5] = [(60, 16), (80, 24), (100, 30), (120, 36), (200, 50)];

#[test]
#[ignore = "draws pictures to look at; cargo test --test tui look -- --ignored"]
fn look() {
    for size in SIZES {
        save("starting", size, &Stage::new("dark", size, fixture::checks()));
        save("hung", size, &fixture::hung("dark", size));
        save("broken", size, &fixture::stage("dark", size));
        save("fix", size, fixture::stage("dark", size).keys("3"));
        save("evidence", size, fixture::stage("dark", size).keys("2"));
        let trace = Message::Traced { subject: "GOROOT".into(), trace: fixture::trace() };
        save("trace", size, fixture::stage("dark", size).keys("4").send(trace));
        save("all", size, fixture::stage("dark", size).keys("o"));
        save("page", size, fixture::stage("dark", size).keys("enter"));
        save("confirm", size, fixture::stage("dark", size).keys("/ g i t space i s enter f"));
        save("help", size, fixture::stage("dark", size).keys("?"));
        save("healthy", size, &fixture::healthy("dark", size));
        save("light", size, &fixture::stage("light", size));
        save("neutral", size, &fixture::stage("neutral", size));
        save("ansi", size, &fixture::stage("ansi", size));
        save("mono", size, &fixture::stage("mono", size));
        let entries = vec![entry("3", EntryState::Applied), entry("2", EntryState::Undone)];
        let history = Message::History { purpose: Purpose::Show, entries: Ok(entries) };
        save("history", size, fixture::stage("dark", size).send(history));
    }
}

#[test]
#[ignore = "draws pictures to look at; cargo test --test tui look -- --ignored"]
fn look_at_the_screenshots() {
    for entry in fs::read_dir("screenshots").expect("a folder").filter_map(Result::ok) {
        let picture = fs::read_to_string(entry.path()).expect("a picture");
        let name = entry.file_name().to_string_lossy().replace(".svg", "");
        let name = format!("screenshot-{name}.png");
        fs::write(folder().join(name), png(&picture)).expect("a picture");
    }
}

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("look");
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn save(name: &str, (width, height): (u16, u16), stage: &Stage) {
    let palette = if name == "light" { &LIGHT } else { &DARK };
    let picture = svg(&stage.buffer(), palette);
    fs::write(folder().join(format!("{name}-{width}x{height}.png")), png(&picture)).expect("a picture");
}

fn png(picture: &str) -> Vec<u8> {
    let mut options = resvg::usvg::Options::default();
    for font in ["", "-Bold", "-Oblique"] {
        let path = format!("/usr/share/fonts/truetype/dejavu/DejaVuSansMono{font}.ttf");
        options.fontdb_mut().load_font_data(fs::read(path).expect("the package fonts-dejavu is installed"));
    }
    let tree = resvg::usvg::Tree::from_str(picture, &options).expect("a picture");
    let size = tree.size().to_int_size();
    let mut pixels = resvg::tiny_skia::Pixmap::new(size.width(), size.height()).expect("room for it");
    resvg::render(&tree, resvg::tiny_skia::Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().expect("a picture")
}
