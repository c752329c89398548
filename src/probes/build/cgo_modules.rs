//! Modules that do not work without cgo, by the import paths that lead to
//! their C code.

/// Import paths, each with what is below it. All of them wrap C libraries
/// and have no implementation in Go to fall back to.
const NEED_CGO: [&str; 31] = [
    "github.com/mattn/go-sqlite3",
    "gorm.io/driver/sqlite",
    "github.com/mutecomm/go-sqlcipher",
    "github.com/marcboeker/go-duckdb",
    "github.com/duckdb/duckdb-go",
    "github.com/confluentinc/confluent-kafka-go",
    "github.com/tecbot/gorocksdb",
    "github.com/linxGnu/grocksdb",
    "github.com/godror/godror",
    "github.com/libgit2/git2go",
    "github.com/miekg/pkcs11",
    "github.com/ThalesGroup/crypto11",
    "github.com/google/gopacket/pcap",
    "github.com/gopacket/gopacket/pcap",
    "github.com/pebbe/zmq4",
    "github.com/DataDog/zstd",
    "github.com/valyala/gozstd",
    "github.com/bytecodealliance/wasmtime-go",
    "github.com/wasmerio/wasmer-go",
    "rogchap.com/v8go",
    "gocv.io/x/gocv",
    "github.com/davidbyttow/govips",
    "github.com/h2non/bimg",
    "gopkg.in/gographics/imagick.v3",
    "github.com/veandco/go-sdl2",
    "github.com/go-gl/glfw",
    "github.com/go-gl/gl",
    "github.com/gotk3/gotk3",
    "github.com/diamondburned/gotk4",
    "github.com/gordonklaus/portaudio",
    "github.com/tree-sitter/go-tree-sitter",
];

/// True for the import path of a package that needs cgo.
pub(super) fn needs_cgo(path: &str) -> bool {
    NEED_CGO.iter().any(|known| path.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_below_count_and_neighbours_do_not() {
        assert!(needs_cgo("github.com/mattn/go-sqlite3"));
        assert!(needs_cgo("github.com/confluentinc/confluent-kafka-go/v2/kafka"));
        assert!(!needs_cgo("github.com/mattn/go-sqlite3x"));
        assert!(!needs_cgo("github.com/google/gopacket/layers"));
        assert!(!needs_cgo("modernc.org/sqlite"));
    }
}
