//! The checksum database does not answer, though modules may come.

use crate::checks::{Check, remedy};
use crate::host::{Answer, Stage};
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::go::{SettingOrigin, Settings};
use crate::probes::network::{
    ChecksumDatabase, Database, DatabaseAddress, DatabaseQuestion, Failure, FailureCause, NameServers,
};
use crate::probes::shell::{RcFiles, Writer};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "sumdb-unreachable",
    layer: Layer::Network,
    title: "The checksum database answers",
    impact: "New modules and Go versions cannot be checked and are refused",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &[
        "dns-broken",
        "windows-firewall-blocks",
        "windows-proxy-loopback",
        "proxy-dead",
        "proxy-malformed",
        "captive-portal",
        "tls-unknown-ca",
        "tls-rejected",
        "clock-skew",
        "ca-bundle-missing",
        "goproxy-unreachable",
    ],
    page: page!("network/sumdb-unreachable"),
    rule: rule!(judge(ChecksumDatabase, NameServers, Settings, RcFiles)),
};

fn judge(database: &ChecksumDatabase, names: &NameServers, settings: &Settings, rc: &RcFiles) -> Outcome {
    let question = match &database.asked {
        Database::Nobody(why) => return Outcome::skipped(*why),
        Database::Served(_) => return Outcome::Passed,
        Database::Unclear(question) => return unclear(question, database, settings, rc),
        Database::Itself(question) => question,
    };
    match &question.result {
        Ok(answer) => match wrong(answer) {
            Some(failure) => finding(database, question, &failure, settings, rc).into(),
            None => Outcome::Passed,
        },
        Err(failure) => match Failure::of(failure) {
            // Go waits longer than we do, and gets there.
            Ok(Failure { stage: Stage::Dns, .. }) if names.find_late() => Outcome::skipped(super::NAMES_ARE_LATE),
            Ok(failure) => finding(database, question, &failure, settings, rc).into(),
            Err(missing) => missing.into(),
        },
    }
}

/// A module proxy that says neither that it serves the database nor that it
/// does not. What it says of credentials is not for us: gomedic shows none.
fn unclear(question: &DatabaseQuestion, database: &ChecksumDatabase, settings: &Settings, rc: &RcFiles) -> Outcome {
    match &question.result {
        Ok(answer) if answer.status >= 500 => {
            finding(database, question, &Failure::status(answer.status), settings, rc).into()
        }
        Ok(_) => Outcome::skipped("the module proxy is to serve the database and wants credentials first"),
        Err(failure) => match Failure::of(failure) {
            Ok(_) => Outcome::skipped("the module proxy is asked first, and does not answer"),
            Err(missing) => missing.into(),
        },
    }
}

/// What is wrong with an answer of the database.
fn wrong(answer: &Answer) -> Option<Failure> {
    Failure::page(answer).or_else(|| (answer.status != 200).then(|| Failure::status(answer.status)))
}

fn finding(
    database: &ChecksumDatabase,
    question: &DatabaseQuestion,
    failure: &Failure,
    settings: &Settings,
    rc: &RcFiles,
) -> Finding {
    let (name, said) = (&database.name, &failure.said);
    let (origin, writer) = settings.trace("GOSUMDB", &database.setting, &[database.context], rc);
    let way = question
        .via
        .as_ref()
        .map_or_else(String::new, |(variable, proxy)| format!(" through {proxy}, which {} names", variable.name));
    let summary = match failure.stage {
        Stage::Dns => format!("The checksum database {name} is not found: the name lookup fails"),
        Stage::Tcp | Stage::Proxy => format!("The checksum database {name} cannot be reached"),
        Stage::Tls => format!("The TLS handshake with the checksum database {name} fails"),
        Stage::Http if failure.cause == FailureCause::Page => {
            format!("A web page answers where the checksum database {name} should")
        }
        Stage::Http => format!("The checksum database {name} does not answer as one: {said}"),
    };
    Finding::new(name, Severity::Error, summary)
        .seen_in([database.context])
        .about("GOSUMDB")
        .detail(format!(
            "Go compares every new module and Go version with this database. What go.sum does not have yet fails with: \
             verifying module: … {said}. Modules in go.sum still build."
        ))
        .evidence(origin)
        .evidence(Evidence::new(format!("GET {}{way}", question.url), format!("{}: {said}", failure.stage.title())))
        .explained_by(explained_by(question, failure))
        .fixes(fixes(database, question, failure, settings, writer.as_ref(), rc))
}

fn explained_by(question: &DatabaseQuestion, failure: &Failure) -> &'static [&'static str] {
    match (failure.stage, &question.via) {
        (Stage::Dns, Some(_)) => &["proxy-dead", "dns-broken", "proxy-malformed"],
        (Stage::Tcp | Stage::Proxy, Some(_)) => &["proxy-dead", "proxy-malformed"],
        (Stage::Dns, None) => &["dns-broken", "proxy-malformed"],
        (Stage::Tcp, None) => &["proxy-malformed", "windows-firewall-blocks", "windows-proxy-loopback"],
        (Stage::Tls, _) if failure.is_about_time() => &["tls-rejected", "clock-skew"],
        (Stage::Tls, _) => match failure.cause {
            FailureCause::Certificate(_) => &["tls-unknown-ca", "tls-rejected", "ca-bundle-missing"],
            _ => &[],
        },
        (Stage::Http, _) if failure.cause == FailureCause::Page => &["captive-portal"],
        _ => &[],
    }
}

fn fixes(
    database: &ChecksumDatabase,
    question: &DatabaseQuestion,
    failure: &Failure,
    settings: &Settings,
    writer: Option<&Writer>,
    rc: &RcFiles,
) -> Vec<Fix> {
    // What stands in the way has a finding of its own, and concerns all.
    let is_of_the_way = match failure.stage {
        Stage::Tls | Stage::Proxy => true,
        Stage::Tcp => question.via.is_some(),
        Stage::Http => failure.cause == FailureCause::Page,
        Stage::Dns => false,
    };
    if is_of_the_way {
        return vec![ask_for_a_server()];
    }
    let mut fixes = match database.address {
        DatabaseAddress::Url => Vec::from_iter(leave_url_out(database, settings, writer)),
        DatabaseAddress::Name => ask_elsewhere(database, settings, rc),
    };
    fixes.push(ask_for_a_server());
    fixes
}

/// Without the URL, Go asks module proxies for the same database, then the
/// database under its name. The key stays, and so does what is trusted.
fn leave_url_out(database: &ChecksumDatabase, settings: &Settings, writer: Option<&Writer>) -> Option<Fix> {
    let view = settings.view(database.context)?;
    let value = &database.setting.value;
    let alone = value.split_whitespace().next().filter(|word| *word != value).unwrap_or(&database.name);
    let mut fix = remedy::rewrite("GOSUMDB", &database.setting, writer, alone, view)
        .unwrap_or_else(|| remedy::set_by_hand("GOSUMDB", &database.setting, alone, settings.machine()));
    fix.title = "Let Go find the same database through module proxies, or by its name".to_owned();
    Some(remedy::reviewed(fix))
}

/// Another name of the database, or a module proxy that serves it.
fn ask_elsewhere(database: &ChecksumDatabase, settings: &Settings, rc: &RcFiles) -> Vec<Fix> {
    let mut fixes = Vec::new();
    if database.itself().is_some()
        && database.setting.value == "sum.golang.org"
        && let Some(view) = settings.view(database.context)
    {
        let title = "Ask the same database under its name in China (GOSUMDB=sum.golang.google.cn)";
        fixes.extend(remedy::set_go(title, "GOSUMDB", "sum.golang.google.cn", view).map(remedy::reviewed));
    }
    let chosen = !matches!(database.proxies.origin, SettingOrigin::Default | SettingOrigin::Goroot { .. });
    if chosen {
        let (_, writer) = settings.trace("GOPROXY", &database.proxies, &[database.context], rc);
        let mut fix =
            remedy::unset("GOPROXY", &database.proxies, writer.as_ref(), "it does not serve the checksum database");
        fix.title = "Go back to Go's own module proxy, which serves the database".to_owned();
        fix.class = fix.class.max(Class::Review);
        fixes.push(fix);
    }
    fixes
}

fn ask_for_a_server() -> Fix {
    Fix::manual(
        "Ask for a module proxy that serves the database",
        "Most company proxies for modules can pass the database on under /sumdb; then only they have to be reached. \
         Never answer it with GOSUMDB=off or GONOSUMDB=*: Go versions are then no longer downloaded, and modules come \
         unchecked.",
        None,
    )
}
