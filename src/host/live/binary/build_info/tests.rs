use super::super::reader::Source;
use super::*;

fn marked(text: &str) -> Vec<u8> {
    [&[1; 16], text.as_bytes(), &[2; 16]].concat()
}

fn varint(mut n: usize) -> Vec<u8> {
    let mut out = Vec::new();
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
    out
}

fn info(data: &[u8], segments: Vec<Segment>) -> Result<Option<BuildInfo>, Problem> {
    let reader = Reader::new(&data as &dyn Source).unwrap();
    find(&reader, &Image { place: (0, data.len() as u64), segments })
}

fn inline_header() -> Vec<u8> {
    [MAGIC, &[0, 2], &[0; 16]].concat()
}

/// The build info of go1.24.1 with this text.
pub(in super::super) fn inline(modules: &str) -> Vec<u8> {
    let modules = marked(modules);
    [inline_header(), vec![8], b"go1.24.1".to_vec(), varint(modules.len()), modules].concat()
}

#[test]
fn inline_strings_are_read() {
    let modules = format!("path\texample.org/{}\nmod\texample.org/x\tv1.2.3\th1:=\n", "a".repeat(200));
    let data = [vec![0; 32], inline(&modules)].concat();
    let go = info(&data, Vec::new()).unwrap().unwrap();
    assert_eq!(
        (go.go_version.as_str(), go.module.as_str(), go.version.as_str()),
        ("go1.24.1", "example.org/x", "v1.2.3")
    );
    assert_eq!(go.path.len(), "example.org/".len() + 200);
}

#[test]
fn pointers_of_every_width_and_order_are_followed() {
    for (wide, big) in [(true, false), (true, true), (false, false), (false, true)] {
        let word = |n: u64| -> Vec<u8> {
            match (wide, big) {
                (true, false) => n.to_le_bytes().to_vec(),
                (true, true) => n.to_be_bytes().to_vec(),
                (false, false) => (n as u32).to_le_bytes().to_vec(),
                (false, true) => (n as u32).to_be_bytes().to_vec(),
            }
        };
        // Loaded at 0x1000: header at 0, strings at 64, text at 128 and on.
        let mut data = [MAGIC, &[if wide { 8 } else { 4 }, u8::from(big)]].concat();
        data.extend([word(0x1000 + 64), word(0x1000 + 96)].concat());
        data.resize(64, 0);
        data.extend([word(0x1000 + 128), word(6)].concat());
        data.resize(96, 0);
        let modules = marked("path\tmain\n");
        data.extend([word(0x1000 + 160), word(modules.len() as u64)].concat());
        data.resize(128, 0);
        data.extend(b"go1.13");
        data.resize(160, 0);
        data.extend(&modules);
        let segment = Segment { address: 0x1000, offset: 0, size: data.len() as u64 };
        let go = info(&data, vec![segment]).unwrap().unwrap();
        assert_eq!((go.go_version.as_str(), go.path.as_str()), ("go1.13", "main"));
        // Without the segment the pointers lead nowhere.
        assert!(matches!(info(&data, Vec::new()), Err(Problem::Damaged(_))));
    }
}

#[test]
fn a_misaligned_or_missing_header_is_none() {
    assert!(info(&[vec![0; 7], inline_header()].concat(), Vec::new()).unwrap().is_none());
    assert!(info(b"nothing", Vec::new()).unwrap().is_none());
    assert!(info(b"", Vec::new()).unwrap().is_none());
}

#[test]
fn lengths_that_lie_are_damage() {
    for length in [vec![0xff; 10], varint(1 << 40), varint(500)] {
        let data = [inline_header(), length].concat();
        assert!(matches!(info(&data, Vec::new()), Err(Problem::Damaged(_))));
    }
}
