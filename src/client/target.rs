//! Who is asked, and what is said there: the head of the next request, and where a response leads.

use std::{
    mem,
    rc::Rc,
    time::{Duration, SystemTime},
};

use super::{
    error::Error,
    headers,
    request::{Body, Purpose, Request},
};
use crate::protocol::http::{
    authentication::{Authenticator, Challenger, EntityBody},
    h1::request::request,
    headers::Headers,
    proxy::Proxy,
    redirect, repeat,
    response::ResponseHead,
    url::Url,
};

/// From how many bytes on a body waits for the server to agree, as curl has it.
const EXPECT_FROM: u64 = 1024 * 1024;

/// For how many bytes there is room at first in a head, beside the caller's headers and the host.
const ROOM: usize = 64;

/// The statuses that mean something here (RFC 9110 section 15).
const EXPECTATION_FAILED: u16 = 417;
const PROXY_AUTHENTICATION_REQUIRED: u16 = 407;

/// Who is asked, and what is known and said there. It changes with each redirect.
pub(super) struct Target {
    pub(super) url: Url,
    pub(super) method: String,
    pub(super) body: Option<Rc<dyn Body>>,
    /// Whether a piece of the body was taken.
    pub(super) is_body_begun: bool,
    /// Whether a large body waits for the server to agree.
    expects: bool,
    pub(super) server_name: Option<String>,
    headers: Headers,
    authenticator: Authenticator,
    /// The proxy that passes the request on, if one does, and what was said to it.
    forwarder: Option<Proxy>,
    proxy_authenticator: Option<Authenticator>,
    redirects_left: u64,
    /// How often the request was repeated, and may be.
    pub(super) retries: u32,
    max_retries: u32,
    /// Whether it was repeated by itself.
    pub(super) is_repeated: bool,
    pub(super) is_persistent: bool,
}

/// What is done after a response that leads to another request.
pub(super) enum Next {
    /// The request is sent once more.
    Again,
    /// It has another URL now, in place of this one.
    Redirected(Url),
    /// It is sent once more after this time.
    Later(Duration),
}

impl Target {
    pub(super) fn new(request: Request) -> Self {
        let Request { method, url, headers, body, basic, digest, server_name, .. } = request;
        Self {
            url,
            method,
            body,
            is_body_begun: false,
            expects: true,
            server_name,
            headers,
            authenticator: Authenticator::new(Challenger::Server, basic, digest),
            forwarder: None,
            proxy_authenticator: None,
            redirects_left: request.max_redirects,
            retries: 0,
            max_retries: request.retries,
            is_repeated: false,
            is_persistent: request.is_persistent,
        }
    }

    /// From now on, this proxy passes the request on, or none does.
    pub(super) fn pass_through(&mut self, forwarder: Option<Proxy>) {
        if let Some(proxy) = &forwarder {
            let credentials = || proxy.credentials.clone();
            self.proxy_authenticator.get_or_insert_with(|| {
                Authenticator::new(Challenger::Proxy, credentials(), credentials())
            });
        }
        self.forwarder = forwarder;
    }

    /// Whether the server is to agree before the body is sent.
    pub(super) fn expects(&self) -> bool {
        let is_large =
            |body: &Rc<dyn Body>| body.length().is_none_or(|length| length >= EXPECT_FROM);
        self.expects && self.body.as_ref().is_some_and(is_large)
    }

    /// The head of the next request.
    pub(super) fn head(
        &mut self,
        purpose: &Purpose,
        cookies: Option<String>,
    ) -> Result<Vec<u8>, Error> {
        let path = self.url.request_target();
        let target = match self.forwarder {
            Some(_) => format!("http://{}{path}", self.url.host_header()),
            None => path.to_owned(),
        };
        let whole = self.body.as_ref().map(|body| body.whole());
        let (method, own) = (&self.method, &mut self.authenticator);
        let for_proxy = self.proxy_authenticator.as_mut().filter(|_| self.forwarder.is_some());
        let authorize = |content: EntityBody<'_>| {
            let to_proxy = for_proxy.and_then(|own| own.authorization(method, &target, content));
            [own.authorization(method, path, content), to_proxy]
        };
        let authorizations = match whole {
            None => authorize(EntityBody::Bytes(&[])),
            Some(None) => authorize(EntityBody::Streamed),
            Some(Some(body)) => body
                .with_bytes(|body| authorize(EntityBody::Bytes(body)))
                .map_err(|_| Error::BodyIsText)?,
        };
        let room = self.headers.bytes() + self.url.host_header().len() + ROOM;
        let mut head = Headers::with_capacity(self.headers.len() + 8, room);
        head.push("Host", self.headers.first("Host").unwrap_or(self.url.host_header()));
        if let Purpose::Upgrade(add_headers) = purpose {
            add_headers(&mut head);
        }
        let mut cookies = cookies;
        for (name, value) in self.headers.iter() {
            let is = |other: &str| name.eq_ignore_ascii_case(other);
            if is("Host")
                || is("Authorization") && authorizations[0].is_some()
                || is("Content-Length")
                || is("Transfer-Encoding")
            {
                continue;
            }
            match cookies.take_if(|_| is("Cookie")) {
                Some(cookies) => head.push(name, format!("{value}; {cookies}")),
                None => head.push(name, value),
            }
        }
        if let Some(cookies) = cookies {
            head.push("Cookie", cookies);
        }
        for (name, value) in authorizations.into_iter().flatten() {
            head.push(name, value);
        }
        if let Some(body) = &self.body {
            match body.length() {
                Some(length) => head.push("Content-Length", length.to_string()),
                None => head.push("Transfer-Encoding", "chunked"),
            }
        }
        if self.expects() && self.headers.first("Expect").is_none() {
            head.push("Expect", "100-continue");
        }
        if !self.is_persistent {
            head.push("Connection", "close");
        }
        Ok(request(&self.method, &target, &head)?)
    }

    /// Whether a response with this head leads to another request, where there is `time_left` for
    /// that.
    pub(super) fn leads_on(
        &self,
        head: &ResponseHead,
        time_left: impl FnOnce() -> Duration,
    ) -> bool {
        match head.status {
            PROXY_AUTHENTICATION_REQUIRED if self.forwarder.is_some() => true,
            EXPECTATION_FAILED => self.expects(),
            _ => {
                self.authenticator.would_retry(head)
                    || self.is_followed(head)
                    || self.pause_before_retry(Some(head), time_left).is_some()
            }
        }
    }

    /// Goes on to where a response with this head leads.
    ///
    /// Errors where the proxy is not to be asked again, and where the redirect leads nowhere.
    pub(super) fn follow(
        &mut self,
        head: &ResponseHead,
        time_left: impl FnOnce() -> Duration,
    ) -> Result<Next, Error> {
        if head.status == PROXY_AUTHENTICATION_REQUIRED
            && let Some(proxy) = &self.forwarder
        {
            let own = self.proxy_authenticator.as_mut();
            return match own.is_some_and(|own| own.should_retry(head, rand::random())) {
                true => Ok(Next::Again),
                false => Err(Error::ProxyRefused(Box::new((proxy.clone(), head.clone())))),
            };
        }
        if head.status == EXPECTATION_FAILED && self.expects() {
            self.expects = false;
            return Ok(Next::Again);
        }
        if self.authenticator.should_retry(head, rand::random()) {
            return Ok(Next::Again);
        }
        if self.is_followed(head) {
            let next = redirect::follow(&self.url, &head.headers)?;
            return Ok(Next::Redirected(self.redirect(head.status, next)));
        }
        Ok(Next::Later(self.pause_before_retry(Some(head), time_left).unwrap_or_default()))
    }

    /// Whether a response with this head is a redirect that is followed.
    fn is_followed(&self, head: &ResponseHead) -> bool {
        redirect::is_redirect(head.status) && self.redirects_left > 0
    }

    /// Goes on to the URL that a redirect leads to, and returns the one before. What was meant for
    /// one server is not told to another.
    fn redirect(&mut self, status: u16, url: Url) -> Url {
        if !redirect::same_origin(&self.url, &url) {
            self.headers = headers::without_secrets(&self.headers);
            self.authenticator = Authenticator::new(Challenger::Server, None, None);
            self.server_name = None;
        }
        let method = redirect::next_method(status, &self.method);
        if method != self.method {
            self.method = method.to_owned();
            self.body = None;
            self.headers = headers::without_content(&self.headers);
        }
        self.redirects_left -= 1;
        self.is_repeated = false;
        mem::replace(&mut self.url, url)
    }

    /// How long to wait before the request is sent again, after a response with this head or, if
    /// there is none, a failure. `None` where it is not.
    pub(super) fn pause_before_retry(
        &self,
        head: Option<&ResponseHead>,
        time_left: impl FnOnce() -> Duration,
    ) -> Option<Duration> {
        if self.retries >= self.max_retries || !repeat::is_idempotent(&self.method) {
            return None;
        }
        let pause = repeat::pause(self.retries, rand::random());
        let asked = match head {
            None => None,
            Some(head) if repeat::is_temporary(head.status) => {
                repeat::retry_after(&head.headers, SystemTime::now())
            }
            Some(_) => return None,
        };
        Some(asked.unwrap_or(pause)).filter(|pause| *pause < time_left())
    }
}
