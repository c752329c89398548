use super::directive::Directive;
use super::module::Replace;
use super::syntax::{Fault, statements};

/// A go.work file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkFile {
    /// The oldest Go that may build it.
    pub go: Option<Directive>,
    /// The Go that is suggested for building it.
    pub toolchain: Option<Directive>,
    /// The folders of its modules.
    pub uses: Vec<Directive>,
    /// The modules it replaces.
    pub replaces: Vec<Replace>,
    /// The lines that cannot be read.
    pub faults: Vec<Fault>,
}

impl WorkFile {
    /// Reads a go.work. Lines that cannot be read are kept as faults.
    #[must_use]
    pub fn parse(text: &str) -> WorkFile {
        let (statements, faults) = statements(text);
        let mut file = WorkFile { faults, ..WorkFile::default() };
        for statement in &statements {
            match statement.verb.as_str() {
                "go" => Directive::set(&mut file.go, statement, &mut file.faults),
                "toolchain" => Directive::set(&mut file.toolchain, statement, &mut file.faults),
                "use" => match Directive::of(statement) {
                    Ok(folder) => file.uses.push(folder),
                    Err(fault) => file.faults.push(fault),
                },
                "replace" => match Replace::of(statement) {
                    Ok(replace) => file.replaces.push(replace),
                    Err(fault) => file.faults.push(fault),
                },
                _ => {}
            }
        }
        file
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_usual_file_is_read() {
        let file = WorkFile::parse("go 1.27\n\ntoolchain default\nuse (\n\t./a\n\t./b\n)\nuse ./c\nreplace x => ./x\n");
        assert_eq!(file.go.map(|go| go.value), Some("1.27".into()));
        assert_eq!(file.toolchain.map(|toolchain| toolchain.value), Some("default".into()));
        assert_eq!(file.uses.iter().map(|folder| folder.value.as_str()).collect::<Vec<_>>(), ["./a", "./b", "./c"]);
        assert_eq!((file.replaces.len(), file.faults.len()), (1, 0));
    }
}
