use super::web_page;
use crate::host::{Answer, CertificateFault, NetCause, NetFailure, Stage};
use crate::model::Missing;

/// Why a question got no answer that Go can use: how far it came, and what it
/// met there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// How far it came.
    pub stage: Stage,
    /// What it met there.
    pub cause: FailureCause,
    /// The same in one line, for people.
    pub said: String,
}

/// What a question met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureCause {
    /// A web page answers in place of the server.
    Page,
    /// The server, or the HTTP proxy on the way, answers with this status.
    Status(u16),
    /// The server's certificate is refused.
    Certificate(CertificateFault),
    /// Anything else that happens to a connection.
    Connection(NetCause),
}

impl Failure {
    /// A request without an answer.
    ///
    /// # Errors
    /// The reason why it was not asked.
    pub fn of(failure: &NetFailure) -> Result<Failure, Missing> {
        let (stage, cause, said) = match failure {
            NetFailure::At { stage, cause: NetCause::Status(status), detail } => {
                (*stage, FailureCause::Status(*status), detail)
            }
            NetFailure::At { stage, cause, detail } => (*stage, FailureCause::Connection(*cause), detail),
            NetFailure::Rejected(rejection) => {
                (Stage::Tls, FailureCause::Certificate(rejection.fault), &rejection.detail)
            }
            NetFailure::Missing(missing) => return Err(missing.clone()),
        };
        Ok(Failure { stage, cause, said: said.clone() })
    }

    /// A web page in place of data; None for data.
    #[must_use]
    pub fn page(answer: &Answer) -> Option<Failure> {
        web_page(answer).map(|said| Failure { stage: Stage::Http, cause: FailureCause::Page, said })
    }

    /// A status of the server's that leaves Go without what it asked for.
    #[must_use]
    pub fn status(status: u16) -> Failure {
        Failure { stage: Stage::Http, cause: FailureCause::Status(status), said: format!("status {status}") }
    }

    /// The HTTP proxy on the way wants to know who asks.
    #[must_use]
    pub fn proxy_wants_a_user() -> Failure {
        let said = "407 Proxy Authentication Required".to_owned();
        Failure { stage: Stage::Proxy, cause: FailureCause::Status(407), said }
    }

    /// True when the server's certificate is out of its time, by this
    /// machine's clock.
    #[must_use]
    pub fn is_about_time(&self) -> bool {
        matches!(self.cause, FailureCause::Certificate(fault) if fault.is_about_time())
    }
}
