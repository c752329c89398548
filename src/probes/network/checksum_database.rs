use std::time::Duration;

use super::plan::{Plan, Reply};
use super::proxy_list::{ModuleHost, ProxyList, Source};
use super::{ProxyUrl, ProxyVariable};
use crate::host::{Answer, Budget, Host, NetFailure};
use crate::model::{Context, Missing};
use crate::probes::go::Setting;
use crate::probes::{Fact, Probing};

/// How long the few questions may take together, and each of them at most.
const TOGETHER: Duration = Duration::from_millis(3500);
const EACH: Duration = Duration::from_secs(2);

/// How many module proxies are asked for the database at most.
const PROXIES: usize = 2;

/// The checksum database of GOSUMDB, asked in the way in which Go gets to it:
/// through a module proxy that serves it, or else by itself.
#[derive(Debug)]
pub struct ChecksumDatabase {
    /// GOSUMDB, with where it comes from.
    pub setting: Setting,
    /// GOPROXY, with where it comes from.
    pub proxies: Setting,
    /// The context whose Go it is.
    pub context: Context,
    /// The database's name: `sum.golang.org`.
    pub name: String,
    /// How Go knows its address.
    pub address: DatabaseAddress,
    /// What came of it.
    pub asked: Database,
}

/// How Go knows where the checksum database is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatabaseAddress {
    /// By its name, once no module proxy serves it.
    Name,
    /// By a URL in GOSUMDB. Go then asks there, and no module proxy.
    Url,
}

/// How Go gets to the checksum database.
#[derive(Debug)]
pub enum Database {
    /// Not at all, or it cannot matter; why.
    Nobody(&'static str),
    /// This module proxy serves it.
    Served(String),
    /// A module proxy was asked whether it serves the database, and neither
    /// said so nor that it does not. Go takes that for a failure.
    Unclear(Box<DatabaseQuestion>),
    /// By itself.
    Itself(Box<DatabaseQuestion>),
}

/// A question on the way to the checksum database.
#[derive(Debug)]
pub struct DatabaseQuestion {
    /// The URL that was asked for.
    pub url: String,
    /// Name or address of whom was asked.
    pub host: String,
    /// The HTTP proxy on the way, with the variable that names it.
    pub via: Option<(ProxyVariable, ProxyUrl)>,
    /// What came back.
    pub result: Result<Answer, NetFailure>,
}

impl Fact for ChecksumDatabase {
    const ID: &'static str = "checksum-database";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let plan = Plan::of(probing)?;
        let (setting, proxies) = (plan.setting("GOSUMDB"), plan.setting("GOPROXY"));
        let (name, given) = name_and_url(&setting.value);
        let address = if given.is_some() { DatabaseAddress::Url } else { DatabaseAddress::Name };
        let url = given.unwrap_or_else(|| format!("https://{name}"));
        let asked = match reason_against(&plan, &setting.value) {
            Some(why) => Database::Nobody(why),
            None => match ModuleHost::of(&url) {
                Some(database) if address == DatabaseAddress::Url => itself(&plan, probing.host(), &database, EACH),
                Some(database) => walk(&plan, probing.host(), &name, &database, &proxies.value),
                None => Database::Nobody("GOSUMDB names no database that could be asked"),
            },
        };
        Ok(ChecksumDatabase { setting, proxies, context: plan.context, name, address, asked })
    }
}

impl ChecksumDatabase {
    /// The question to the database itself, when it was asked.
    #[must_use]
    pub fn itself(&self) -> Option<&DatabaseQuestion> {
        match &self.asked {
            Database::Itself(question) => Some(question),
            _ => None,
        }
    }
}

fn reason_against(plan: &Plan, database: &str) -> Option<&'static str> {
    let none = |name: &str| plan.view.value(name).split(',').any(|pattern| matches!(pattern.trim(), "*" | "**"));
    if !plan.has_go {
        Some("no go is on any PATH")
    } else if database == "off" {
        Some("GOSUMDB=off: no checksum database is used")
    } else if plan.view.value("GOPROXY") == "off" {
        Some("GOPROXY=off: nothing is downloaded")
    } else if none("GONOSUMDB") || none("GOPRIVATE") {
        Some("no module is looked up in the checksum database: GONOSUMDB or GOPRIVATE takes out all")
    } else {
        None
    }
}

/// `NAME`, `NAME+KEY`, `NAME+KEY URL`; the URL only where there is one.
fn name_and_url(value: &str) -> (String, Option<String>) {
    // Go knows this mirror: the same database and key under another name.
    let value = if value == "sum.golang.google.cn" { "sum.golang.org https://sum.golang.google.cn" } else { value };
    let mut words = value.split_whitespace();
    let name = words.next().unwrap_or_default().split('+').next().unwrap_or_default().to_owned();
    (name, words.next().map(str::to_owned))
}

/// The way of Go's modfetch: the first proxy that serves the database; the
/// database itself behind those that do not have it.
fn walk(plan: &Plan, host: &dyn Host, name: &str, database: &ModuleHost, proxies: &str) -> Database {
    let budget = Budget::new(TOGETHER);
    let mut asked = 0;
    for entry in ProxyList::parse(proxies).entries {
        let target = match &entry.source {
            Source::Proxy(target) => target,
            // A proxy of files has no database, as a rule.
            Source::Other => continue,
            Source::Direct | Source::Off => break,
        };
        if asked == PROXIES {
            return Database::Nobody("GOPROXY lists more module proxies than are asked");
        }
        // Behind the silence of one that does not yield, nobody else is asked.
        let behind = if entry.yields { PROXIES - asked } else { 0 };
        let patience = budget.share(1 + u32::try_from(behind).unwrap_or(u32::MAX)).min(EACH);
        asked += 1;
        let question = question(plan, host, target, &format!("/sumdb/{name}/supported"), patience);
        match &question.result {
            Ok(answer) if answer.status == 200 => return Database::Served(target.host.clone()),
            Ok(answer) if matches!(answer.status, 404 | 410) => {}
            _ if entry.yields => {}
            _ => return Database::Unclear(Box::new(question)),
        }
    }
    itself(plan, host, database, budget.left().min(EACH))
}

fn itself(plan: &Plan, host: &dyn Host, database: &ModuleHost, patience: Duration) -> Database {
    Database::Itself(Box::new(question(plan, host, database, "/latest", patience)))
}

fn question(plan: &Plan, host: &dyn Host, target: &ModuleHost, path: &str, patience: Duration) -> DatabaseQuestion {
    let url = format!("{}{path}", target.url);
    let Reply { via, result } = plan.ask(host, &url, (target.targets, &target.host, target.port), patience);
    DatabaseQuestion { url, host: target.host.clone(), via, result }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_has_a_name_and_a_url() {
        for (value, name, url) in [
            ("sum.golang.org", "sum.golang.org", None),
            ("sum.corp.example+0a1b+KEY", "sum.corp.example", None),
            ("sum.corp.example+0a1b+KEY http://10.0.0.7", "sum.corp.example", Some("http://10.0.0.7")),
            ("sum.golang.org https://sum.golang.google.cn", "sum.golang.org", Some("https://sum.golang.google.cn")),
            ("sum.golang.google.cn", "sum.golang.org", Some("https://sum.golang.google.cn")),
        ] {
            assert_eq!(name_and_url(value), (name.to_owned(), url.map(str::to_owned)), "{value}");
        }
    }
}
