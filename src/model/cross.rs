/// A package with a file that imports C.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CgoPackage {
    /// Its import path: `github.com/mattn/go-sqlite3`.
    pub package: String,
    /// The module's path; `std` for one of the standard library.
    pub module: String,
    /// The first of its files that imports C, for people.
    pub file: String,
}
