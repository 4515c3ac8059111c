//! The options of `www listen` alone.

use std::time::Duration;

use crate::{
    certificates::{PasswordSource, Source},
    net::{listen::DEFAULT_BACKLOG, tls::Password},
    server::TlsSources,
    tcl::{Error, Value},
    www::{
        errors,
        options::{
            self,
            Field::{Any, Boolean, Count, Limit, Pem, Prefix, Text, Time},
            Table, changeable, fixed, given,
        },
        request,
    },
};

/// `-timeout`: as for requests of ours.
const TIMEOUT: Duration = Duration::from_millis(30_000);

/// How a listener listens, and what becomes of requests.
pub(crate) static LISTEN: Table<ListenOptions> = Table {
    unknown: errors::unknown_option,
    rows: &[
        changeable("-accept", Prefix(|to| &mut to.accept)),
        fixed("-backlog", Count(|to| &mut to.backlog, DEFAULT_BACKLOG as u64)),
        changeable("-certfile", Pem(|to| &mut to.certificate)),
        changeable("-clientca", Pem(|to| &mut to.client_authorities)),
        changeable("-keyfile", Pem(|to| &mut to.key)),
        given("-keypassword", Text(|to| &mut to.key_password)),
        changeable("-maxconnections", Limit(|to| &mut to.max_connections, None)),
        fixed("-myaddr", Any(|to| &mut to.address)),
        changeable("-request", Prefix(|to| &mut to.request)),
        fixed("-reuseport", Boolean(|to| &mut to.reuse_port)),
        changeable("-timeout", Time(|to| &mut to.timeout, Some(TIMEOUT))),
    ],
};

/// What the options of `www listen` alone say.
#[derive(Clone, Default)]
pub(crate) struct ListenOptions {
    /// Command prefixes that may refuse a WebSocket, and that answer what is no WebSocket. Empty:
    /// none.
    pub(super) accept: Value,
    pub(super) request: Value,
    /// Where it listens. An empty address: everywhere.
    address: Value,
    backlog: u64,
    pub(super) reuse_port: bool,
    /// How many connections there may be; `None`: any number.
    max_connections: Option<u64>,
    /// How long a head, or content, may take; `None`: as long as it takes.
    pub(super) timeout: Option<Duration>,
    certificate: Option<Source>,
    key: Option<Source>,
    key_password: Option<String>,
    client_authorities: Option<Source>,
}

impl ListenOptions {
    /// The name or address to listen at; `None`: all there are.
    pub(super) fn address(&self) -> Result<Option<String>, Error> {
        let address = options::text("-myaddr", &self.address)?;
        Ok(Some(address).filter(|address| !address.is_empty()))
    }

    /// How many connections may wait to be accepted.
    pub(super) fn backlog(&self) -> i32 {
        i32::try_from(self.backlog).unwrap_or(i32::MAX)
    }

    /// How many connections there may be; 0: any number.
    pub(super) fn connection_limit(&self) -> usize {
        usize::try_from(self.max_connections.unwrap_or_default()).unwrap_or(usize::MAX)
    }

    /// What TLS needs; `None` without TLS.
    ///
    /// Errors where something is missing.
    pub(super) fn tls(&self) -> Result<Option<TlsSources>, Error> {
        let password = match self.key_password.clone() {
            Some(password) => PasswordSource::Given(Password(password)),
            None => PasswordSource::None,
        };
        let (certificate, key) = (self.certificate.clone(), self.key.clone());
        let identity = request::identity(certificate, key, password, errors::argument)?;
        let client_authorities = self.client_authorities.clone();
        match identity {
            Some(identity) => Ok(Some(TlsSources { identity, client_authorities })),
            None if client_authorities.is_some() => {
                Err(errors::argument("-clientca needs -certfile"))
            }
            None => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{super::handshake::HANDSHAKE, *};
    use crate::www::object::CONNECTION;

    #[test]
    fn the_table_is_in_order_and_no_option_is_in_two() {
        assert!(LISTEN.is_in_order());
        let mut connection = CONNECTION.names();
        // What it only tells is another thing.
        connection.retain(|name| CONNECTION.takes(name));
        let names = [HANDSHAKE.names(), LISTEN.names(), connection].concat();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    }
}
