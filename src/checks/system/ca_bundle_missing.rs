//! There are no certificates where Go looks for them.

use crate::checks::Check;
use crate::checks::remedy::{self, Package};
use crate::host::Machine;
use crate::model::{Class, Context, Evidence, Finding, Fix, Inverse, Layer, Missing, Outcome, Severity};
use crate::probes::go::{Setting, SettingOrigin, Settings, Toolchains};
use crate::probes::shell::{Contexts, RcFiles};
use crate::probes::system::{CertificatePlaces, RootCertificates};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "ca-bundle-missing",
    layer: Layer::System,
    title: "Go finds the certificates that it trusts",
    impact: "Every HTTPS request of Go fails",
    severity: Severity::Error,
    class: Some(Class::Root),
    causes: &[],
    page: page!("system/ca-bundle-missing"),
    rule: rule!(judge(Contexts, Settings, Toolchains, RootCertificates, RcFiles)),
};

/// The certificates of the public authorities.
const CERTIFICATES: Package =
    Package { suse: "ca-certificates ca-certificates-mozilla", ..Package::named("ca-certificates") };

fn judge(
    shells: &Contexts,
    settings: &Settings,
    toolchains: &Toolchains,
    roots: &RootCertificates,
    rc: &RcFiles,
) -> Outcome {
    if settings.machine().goos() != "linux" {
        return Outcome::skipped("on this system Go asks the system for certificates");
    }
    let look = Look { settings, toolchains, rc, maker: roots.maker };
    let mut findings = Vec::new();
    let mut unknown: Option<&Missing> = None;
    for places in &roots.found {
        let contexts = look.downloading(places);
        match &places.certificates {
            _ if contexts.is_empty() => {}
            Ok(None) => findings.push(look.none(places, contexts)),
            Ok(Some(_)) => findings.extend(places.file_fault.as_ref().map(|fault| look.file(places, fault, contexts))),
            Err(missing) => unknown = Some(missing),
        }
    }
    shells.outcome(findings).or_unknown(unknown)
}

struct Look<'a> {
    settings: &'a Settings,
    toolchains: &'a Toolchains,
    rc: &'a RcFiles,
    maker: Option<&'static str>,
}

impl Look<'_> {
    /// The contexts in which Go asks servers for anything.
    fn downloading(&self, places: &CertificatePlaces) -> Vec<Context> {
        let asks = |context: &Context| {
            let view = self.settings.view(*context);
            self.toolchains.active(*context).is_some()
                && view.is_some_and(|view| {
                    let proxies = view.value("GOPROXY");
                    proxies.split([',', '|']).map(str::trim).any(|entry| entry != "off" && !entry.starts_with("file:"))
                })
        };
        places.contexts.iter().copied().filter(asks).collect()
    }

    fn none(&self, places: &CertificatePlaces, contexts: Vec<Context>) -> Finding {
        let machine = self.settings.machine();
        let own = [("SSL_CERT_FILE", &places.file), ("SSL_CERT_DIR", &places.folders)];
        let own: Vec<(&str, &String)> =
            own.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?))).collect();
        let names: Vec<&str> = own.iter().map(|(name, _)| *name).collect();
        let summary = match names.as_slice() {
            [] => "No CA certificates are where Go looks for them".to_owned(),
            [one] => format!("{one} leaves Go without CA certificates"),
            _ => format!("{} leave Go without CA certificates", remedy::listed(&names)),
        };
        let looked = places.looked_at.iter().map(|path| machine.tilde(path)).collect::<Vec<_>>();
        let mut finding = Finding::new("certificates", Severity::Error, summary)
            .detail("Go trusts no server then. Downloads, and every program that Go builds, fail with: tls: failed to verify certificate: x509: certificate signed by unknown authority.")
            .seen_in(contexts.iter().copied());
        for (name, value) in &own {
            finding = finding.evidence(self.unset(name, value, &contexts).0);
        }
        finding = finding.evidence(Evidence::new(looked.join(", "), "no certificate in any of them"));
        // Without the one, Go looks into its own list again.
        match own.first() {
            Some((name, value)) => finding.about(*name).fix(self.unset(name, value, &contexts).1),
            None => finding.fixes(self.fill(machine)),
        }
    }

    /// Go does without the file that was meant; what else reads the variable
    /// does not.
    fn file(&self, places: &CertificatePlaces, fault: &Missing, contexts: Vec<Context>) -> Finding {
        let file = places.file.as_deref().unwrap_or_default();
        let what = if fault.is_absent() { "names nothing" } else { "gives no certificates" };
        let (evidence, fix) = self.unset("SSL_CERT_FILE", file, &contexts);
        Finding::new(format!("SSL_CERT_FILE={file}"), Severity::Warning, format!("SSL_CERT_FILE {what}: {file}"))
            .detail("Go takes the certificates of the usual folders instead, so those that the file was to add are not trusted: x509: certificate signed by unknown authority. curl, OpenSSL and Python read the variable too, and trust nobody.")
            .about("SSL_CERT_FILE")
            .evidence(evidence.expected("a file of certificates, or no SSL_CERT_FILE"))
            .evidence(Evidence::new(file, fault.detail.clone()))
            .seen_in(contexts)
            .fix(fix)
    }

    fn unset(&self, name: &str, value: &str, contexts: &[Context]) -> (Evidence, Fix) {
        let setting = Setting { value: value.to_owned(), origin: SettingOrigin::Environment };
        let (evidence, writer) = self.settings.trace(name, &setting, contexts, self.rc);
        (evidence, remedy::unset(name, &setting, writer.as_ref(), "it gives no certificates"))
    }

    /// Ways to get the system's own certificates.
    fn fill(&self, machine: &Machine) -> Vec<Fix> {
        let again = self.maker.map(|maker| {
            let undone = Inverse::CannotBeUndone("a bundle of certificates is not taken away again".to_owned());
            remedy::as_root("Make the system's bundle of certificates again", &[maker], undone)
        });
        again.into_iter().chain([remedy::install(machine, &CERTIFICATES)]).collect()
    }
}
