//! The options that say how a server is reached and what it is asked, whatever is asked for.

use std::time::Duration;

use super::{
    configuration::Configuration,
    errors,
    options::{
        Field::{AuthoritiesDirectory, Boolean, Count, Credentials, Pem, Prefix, Text, Time},
        Table, given,
    },
};
use crate::{
    certificates::{IdentitySource, PasswordSource, Source},
    client::{self, ConnectSettings, TlsSettings, TrustSource},
    net::tls::{HTTP_1_1, Password},
    protocol::http::{credentials, headers::Headers, url::Url},
    tcl::{Error, Interp, Value},
};

/// `-maxredir`: what browsers follow.
const MAX_REDIRECTS: u64 = 20;

/// `-timeout`: long enough for a slow server behind a slow name server, short enough for a person
/// to wait for.
const TIMEOUT: Duration = Duration::from_millis(30_000);

/// The options of a request.
pub(crate) static REQUEST: Table<RequestOptions> = Table {
    unknown: errors::unknown_option,
    rows: &[
        given("-auth", Credentials(|to| &mut to.basic)),
        given("-cadir", AuthoritiesDirectory(|to| &mut to.authorities_directory)),
        given("-cafile", Pem(|to| &mut to.authorities_file)),
        given("-certfile", Pem(|to| &mut to.certificate)),
        given("-digest", Credentials(|to| &mut to.digest)),
        given("-insecure", Boolean(|to| &mut to.is_insecure)),
        given("-keyfile", Pem(|to| &mut to.key)),
        given("-keypassword", Text(|to| &mut to.key_password)),
        given("-keypasswordcmd", Prefix(|to| &mut to.key_password_command)),
        given("-maxredir", Count(|to| &mut to.max_redirects, MAX_REDIRECTS)),
        given("-proxy", Prefix(|to| &mut to.proxy)),
        given("-servername", Text(|to| &mut to.server_name)),
        given("-socketcmd", Prefix(|to| &mut to.socket_command)),
        given("-timeout", Time(|to| &mut to.timeout, Some(TIMEOUT))),
    ],
};

/// What the options of a request say, and what is configured where they say nothing.
#[derive(Default)]
pub(crate) struct RequestOptions {
    /// For Basic and for Digest authentication.
    basic: Option<credentials::Credentials>,
    digest: Option<credentials::Credentials>,
    /// Whom to trust, if not what is configured.
    authorities_file: Option<Source>,
    authorities_directory: Option<Source>,
    is_insecure: bool,
    /// What is configured: whom to trust, and the command prefix that is asked about certificates.
    /// Empty: none.
    trust: TrustSource,
    verify: Value,
    /// The client's own certificate, and its private key.
    certificate: Option<Source>,
    key: Option<Source>,
    /// The password of the key, or a command prefix that returns it. Empty: none.
    key_password: Option<String>,
    key_password_command: Value,
    /// What the request says beside what belongs to the protocol.
    pub(crate) headers: Headers,
    max_redirects: u64,
    /// The name to verify and to send, if not that in the URL.
    server_name: Option<String>,
    /// Command prefixes that name the proxies and open channels. Empty: none.
    proxy: Value,
    socket_command: Value,
    /// A command prefix that makes the way to the server of a channel, where the scheme of the URL
    /// is one that a script has registered. Empty: none.
    pub(crate) transformation: Value,
    /// How long it may take in all; `None`: as long as it takes.
    pub(crate) timeout: Option<Duration>,
}

impl RequestOptions {
    /// What holds without options. Where the `www` command is that of another package, it is asked.
    ///
    /// Errors where it does not tell, or what is set there cannot be used.
    pub(crate) fn new(configuration: &Configuration, interp: &Interp) -> Result<Self, Error> {
        let mut options = REQUEST.defaults();
        let user_agent = configuration.user_agent(interp)?;
        if !user_agent.is_empty() {
            options.headers.push("User-Agent", user_agent);
        }
        options.trust = configuration.trust();
        options.verify = configuration.verify();
        options.proxy = configuration.proxy(interp)?;
        options.socket_command = configuration.socket_command(interp)?;
        Ok(options)
    }

    /// What is asked for, and how its server is reached. The time begins to run.
    ///
    /// Errors, which `refuse` makes, where the options contradict each other.
    pub(crate) fn into_request(
        self,
        url: Url,
        refuse: fn(&str) -> Error,
    ) -> Result<(client::Request, ConnectSettings), Error> {
        let trust = if self.is_insecure {
            TrustSource::Insecure
        } else if self.authorities_file.is_some() || self.authorities_directory.is_some() {
            let given = [self.authorities_file, self.authorities_directory];
            TrustSource::Authorities(given.into_iter().flatten().collect())
        } else {
            self.trust
        };
        let asks_password = !self.key_password_command.is_empty();
        let password = match self.key_password {
            Some(_) if asks_password => {
                return Err(refuse("-keypassword and -keypasswordcmd exclude each other"));
            }
            Some(password) => PasswordSource::Given(Password(password)),
            None if asks_password => PasswordSource::asked(self.key_password_command),
            None => PasswordSource::None,
        };
        let client = identity(self.certificate, self.key, password, refuse)?;
        let (basic, digest) = match (self.basic, self.digest) {
            // What an option says counts more than the URL.
            (None, None) if self.headers.first("Authorization").is_some() => (None, None),
            (None, None) => (url.credentials().cloned(), url.credentials().cloned()),
            given => given,
        };
        let connect = ConnectSettings {
            user_agent: self.headers.first("User-Agent").map(str::to_owned),
            proxy: self.proxy,
            socket_command: self.socket_command,
            transformation: self.transformation,
            tls: TlsSettings {
                trust,
                client,
                ask: !self.verify.is_empty(),
                // A server that chose HTTP/2 would not understand the request.
                alpn: &[HTTP_1_1],
            },
            verify: self.verify,
        };
        let request = client::Request {
            method: "GET".to_owned(),
            url,
            headers: self.headers,
            body: None,
            basic,
            digest,
            server_name: self.server_name,
            max_redirects: self.max_redirects,
            retries: 0,
            is_persistent: true,
            progress: None,
        };
        Ok((request, connect))
    }
}

/// Who we are, as `-certfile`, `-keyfile` and the password of the key say. Errors, which `refuse`
/// makes, where something is given without the certificate.
pub(super) fn identity(
    certificate: Option<Source>,
    key: Option<Source>,
    password: PasswordSource,
    refuse: fn(&str) -> Error,
) -> Result<Option<IdentitySource>, Error> {
    match (certificate, key) {
        // Both may be in one file.
        (Some(certificate), key) => {
            let key = key.unwrap_or_else(|| certificate.clone());
            Ok(Some(IdentitySource { certificate, key, password }))
        }
        (None, Some(_)) => Err(refuse("-keyfile needs -certfile")),
        (None, None) if !matches!(password, PasswordSource::None) => {
            Err(refuse("a password of a key needs -certfile"))
        }
        (None, None) => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        assert!(REQUEST.is_in_order());
    }
}
