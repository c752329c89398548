//! wsl.conf is encoded so that WSL cannot read it.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity, Step};
use crate::probes::wsl::ConfigFiles;
use crate::probes::wsl::config::{ConfigFile, Content, Encoding};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "wsl-conf-encoding",
    layer: Layer::Wsl,
    title: "wsl.conf is plain text",
    impact: "WSL ignores all of wsl.conf",
    severity: Severity::Error,
    class: Some(Class::Root),
    causes: &[],
    page: page!("wsl/wsl-conf-encoding"),
    rule: rule!(judge(ConfigFiles)),
};

fn judge(files: &ConfigFiles) -> Outcome {
    let file = &files.wsl_conf;
    if let Some(missing) = file.problem() {
        return missing.clone().into();
    }
    let Some(content) = file.content() else { return Outcome::skipped(format!("there is no {}", file.name)) };
    let what = match content.encoding {
        Encoding::Plain => return Outcome::Passed,
        Encoding::Utf8Mark => "begins with a byte-order mark",
        Encoding::Utf16 => "is written in UTF-16",
        Encoding::Nul => "has NUL bytes in it",
    };
    let finding = Finding::new("wsl.conf", Severity::Error, format!("{} {what}: WSL ignores it", file.name))
        .detail(
            "WSL reads this file byte by byte. An editor of Windows has saved it in a form that makes its first line \
             unreadable, and the first such line ends the reading.",
        )
        .evidence(Evidence::new(&file.name, what).expected("UTF-8 without a mark"));
    finding.fix(rewrite(file, content)).into()
}

fn rewrite(file: &ConfigFile, content: &Content) -> Fix {
    let title = format!("Write {} as plain UTF-8", file.name);
    match &content.plain {
        Some(text) => {
            let step = Step::WriteFile { path: file.path.clone(), content: text.clone(), mode: 0o644 };
            Fix::new(title, Class::Root, vec![step]).awaits(remedy::wsl::WSL_SHUTDOWN)
        }
        None => {
            let path = file.path.display();
            let from = match content.encoding {
                Encoding::Utf16 => "UTF-16",
                _ => "UTF-8",
            };
            let command = match content.encoding {
                Encoding::Utf8Mark => format!("sudo sed -i '1s/^\\xEF\\xBB\\xBF//' {path}"),
                Encoding::Nul => format!("sudo sed -i 's/\\x00//g' {path}"),
                _ => format!(
                    "iconv -f {from} -t UTF-8 {path} | tr -d '\\r' | sudo tee {path}.new && sudo mv {path}.new {path}"
                ),
            };
            Fix::manual(title, remedy::wsl::AFTERWARDS, Some(command)).awaits(remedy::wsl::WSL_SHUTDOWN)
        }
    }
}
