//! A cookie: from the Set-Cookie field of a response (RFC 6265bis sections 5.6 and 5.7), and which
//! requests it is for (section 5.8.3).

use std::{
    fmt,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use url::Host;

use super::super::{
    date,
    syntax::{is_field_value, trim},
    url::Url,
};

/// "If the sum of the lengths of cookie-name and cookie-value is more than 4096 octets, abort this
/// algorithm and ignore the cookie entirely." (section 5.7)
const MAX_COOKIE: usize = 4096;

/// "If the attribute-value is longer than 1024 octets, ignore the cookie-av string" (section 5.6)
const MAX_ATTRIBUTE: usize = 1024;

/// "The limit SHOULD NOT be greater than 400 days (34560000 seconds) in the future." (section 5.5)
const MAX_AGE: Duration = Duration::from_secs(34_560_000);

/// Names that begin so, in any case, promise something (section 4.1.3).
const SECURE_PREFIX: &str = "__Secure-";
const HOST_PREFIX: &str = "__Host-";

/// What is kept of a cookie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cookie {
    /// The name; empty if it has none.
    pub name: String,
    /// The value.
    pub value: String,
    /// A domain in lower case and ASCII, or an address, in brackets if it is one of IPv6. Of a
    /// server on a Unix domain socket, which no other one shares its cookies with, the path of the
    /// socket, as it stands in URLs.
    pub domain: String,
    /// Whether it is for that very host only, as without a Domain attribute.
    pub host_only: bool,
    /// The path.
    pub path: String,
    /// When it expires; `None` if it lasts for the session.
    pub expires: Option<SystemTime>,
    /// When it was set first.
    pub created: SystemTime,
    /// When it was set or sent last.
    pub accessed: SystemTime,
    /// Whether it is for TLS only.
    pub secure: bool,
    /// Whether it is for HTTP only. It is kept for those who want to know: WebSockets begin with
    /// HTTP, and there are no other requests here.
    pub http_only: bool,
}

impl Cookie {
    /// The cookie that a Set-Cookie field of a response to the request for `url` sets, `now`.
    /// SameSite is not kept: no page of a site is behind the requests of a script, so none is of
    /// another site.
    ///
    /// Errors where that server may not set it so.
    pub fn parse(text: &str, url: &Url, now: SystemTime) -> Result<Self, Refusal> {
        if !is_field_value(text) {
            return Err(Refusal::Control);
        }
        let mut parts = text.split(';');
        let pair = parts.next().unwrap_or_default();
        // "If the name-value-pair string lacks a %x3D ("=") character, then the name string is
        // empty, and the value string is the value of name-value-pair." (section 5.6)
        let (name, value) = pair.split_once('=').unwrap_or(("", pair));
        let (name, value) = (trim(name), trim(value));
        if name.is_empty() && value.is_empty() {
            return Err(Refusal::Empty);
        }
        if name.len() + value.len() > MAX_COOKIE {
            return Err(Refusal::TooLong);
        }
        let attributes = Attributes::parse(parts, url, now);
        let (domain, host_only) = domain(attributes.domain, url)?;
        let cookie = Self {
            name: name.to_owned(),
            value: value.to_owned(),
            domain,
            host_only,
            path: attributes.path.unwrap_or(default_path(url)).to_owned(),
            // "If a cookie has both the Max-Age and the Expires attribute, the Max-Age attribute
            // has precedence" (section 4.1.2.2)
            expires: attributes.max_age.or(attributes.expires),
            created: now,
            accessed: now,
            secure: attributes.secure,
            http_only: attributes.http_only,
        };
        // Without TLS, anyone on the way could set a cookie that is sent over TLS.
        if cookie.secure && !url.is_secure() {
            return Err(Refusal::Insecure);
        }
        // "If the cookie's "same-site-flag" is "None", abort this algorithm and ignore the cookie
        // entirely unless the cookie's secure-only-flag is true." (section 5.7)
        if attributes.is_cross_site && !cookie.secure {
            return Err(Refusal::CrossSite);
        }
        if !cookie.keeps_promise(attributes.path.is_some()) {
            return Err(Refusal::Prefix);
        }
        Ok(cookie)
    }

    /// Whether it is what the prefix of its name promises (section 5.7, steps 20 to 22).
    fn keeps_promise(&self, has_path: bool) -> bool {
        let is_nameless = self.name.is_empty();
        let promises = |prefix: &str| {
            let text = if is_nameless { &self.value } else { &self.name };
            text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        };
        if promises(HOST_PREFIX) {
            !is_nameless && self.secure && self.host_only && has_path && self.path == "/"
        } else if promises(SECURE_PREFIX) {
            !is_nameless && self.secure
        } else {
            true
        }
    }

    /// Whether both are the same cookie, of which there is one in a jar: "the same name, domain,
    /// host-only-flag, and path" (section 5.7).
    pub fn is_same(&self, other: &Self) -> bool {
        self.key() == other.key()
    }

    /// Domain, host-only-flag, path and name: what no two cookies in a jar have in common.
    pub fn key(&self) -> (&str, bool, &str, &str) {
        (&self.domain, self.host_only, &self.path, &self.name)
    }

    /// Whether it has expired.
    pub fn is_expired(&self, now: SystemTime) -> bool {
        self.expires.is_some_and(|expires| expires <= now)
    }

    /// Whether it must not take the place of `other`, a secure cookie, as it came without TLS
    /// (section 5.7, step 16).
    pub(super) fn would_overlay(&self, other: &Self) -> bool {
        other.secure
            && self.name == other.name
            && (domain_matches(&self.domain, &other.domain)
                || domain_matches(&other.domain, &self.domain))
            && path_matches(&self.path, &other.path)
    }

    /// Whether a request for `url`, to this [`site`], is to have it.
    pub(super) fn is_for(&self, url: &Url, site: &str) -> bool {
        let host_fits = match self.host_only {
            true => site == self.domain,
            false => domain_matches(site, &self.domain),
        };
        host_fits && path_matches(path(url), &self.path) && (url.is_secure() || !self.secure)
    }
}

/// Why a cookie is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is a control character in the field.
    Control,
    /// Neither a name nor a value.
    Empty,
    /// Name and value are too long.
    TooLong,
    /// The Domain attribute is not a domain that the server may set cookies for.
    Domain,
    /// It has the attribute Secure, and came without TLS.
    Insecure,
    /// It has the attribute SameSite=None without Secure.
    CrossSite,
    /// It does not have the attributes that the prefix of its name promises.
    Prefix,
    /// It came without TLS, and there is such a cookie with the attribute Secure.
    Overlay,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Control => "control character",
            Self::Empty => "neither name nor value",
            Self::TooLong => "name and value have more than 4096 bytes",
            Self::Domain => "the server may not set cookies for this domain",
            Self::Insecure => "Secure, but the URL is not",
            Self::CrossSite => "SameSite=None without Secure",
            Self::Prefix => "the attributes are not those that the prefix of the name demands",
            Self::Overlay => "it would replace one that is Secure, but the URL is not",
        })
    }
}

impl std::error::Error for Refusal {}

/// What the attributes say. Of several with the same name, the last one counts.
#[derive(Default)]
struct Attributes<'t> {
    domain: &'t str,
    /// `None` without the attribute.
    path: Option<&'t str>,
    max_age: Option<SystemTime>,
    expires: Option<SystemTime>,
    secure: bool,
    http_only: bool,
    /// SameSite=None
    is_cross_site: bool,
}

impl<'t> Attributes<'t> {
    fn parse(texts: impl Iterator<Item = &'t str>, url: &'t Url, now: SystemTime) -> Self {
        let latest = now.checked_add(MAX_AGE);
        let mut it = Self::default();
        for text in texts {
            let (name, value) = text.split_once('=').unwrap_or((text, ""));
            let (name, value) = (trim(name), trim(value));
            if value.len() > MAX_ATTRIBUTE {
                continue;
            }
            match name.to_ascii_lowercase().as_str() {
                "domain" => it.domain = value.strip_prefix('.').unwrap_or(value),
                "path" if value.starts_with('/') => it.path = Some(value),
                "path" => it.path = Some(default_path(url)),
                "max-age" => it.max_age = max_age(value, now).or(it.max_age),
                "expires" => {
                    let date = date::parse(value).map(|date| latest.map_or(date, |l| date.min(l)));
                    it.expires = date.or(it.expires);
                }
                "secure" => it.secure = true,
                "httponly" => it.http_only = true,
                "samesite" => it.is_cross_site = value.eq_ignore_ascii_case("None"),
                _ => {}
            }
        }
        it
    }
}

/// When a cookie with this Max-Age expires: "If delta-seconds is less than or equal to zero (0),
/// let expiry-time be the earliest representable date and time. Otherwise, let the expiry-time be
/// the current date and time plus delta-seconds seconds." (section 5.6.2) `None` if it is
/// malformed.
fn max_age(value: &str, now: SystemTime) -> Option<SystemTime> {
    let digits = value.strip_prefix('-').unwrap_or(value);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if value.starts_with('-') || digits.bytes().all(|byte| byte == b'0') {
        return Some(UNIX_EPOCH);
    }
    // What does not fit is more than the limit.
    let age = digits.parse().map_or(MAX_AGE, Duration::from_secs);
    now.checked_add(age.min(MAX_AGE))
}

/// The domain of a cookie that the server of `url` sets with this Domain attribute, and whether it
/// is for that host only (section 5.7, steps 8 to 10).
fn domain(attribute: &str, url: &Url) -> Result<(String, bool), Refusal> {
    if attribute.is_empty() {
        return Ok((site(url), true));
    }
    if !attribute.is_ascii() {
        return Err(Refusal::Domain);
    }
    let host = url.host().to_string();
    let domain = Host::parse(attribute).map_err(|_| Refusal::Domain)?;
    let is_suffix = matches!(&domain, Host::Domain(domain) if is_public_suffix(domain));
    let domain = domain.to_string();
    match domain_matches(&host, &domain) {
        true if is_suffix && host == domain => Ok((site(url), true)),
        true if !is_suffix => Ok((domain, false)),
        _ => Err(Refusal::Domain),
    }
}

/// Whether anybody may register names below this domain: "A "public suffix" is a domain that is
/// controlled by a public registry" (section 5.7). As the list has it, domains of one label that
/// are not in it are taken for such.
pub(super) fn is_public_suffix(domain: &str) -> bool {
    psl::suffix(domain.as_bytes()).is_some_and(|suffix| suffix == domain)
}

/// Where the cookies of the server of `url` belong: as [`Cookie::domain`].
pub(super) fn site(url: &Url) -> String {
    match url.socket() {
        Some(path) => path.to_string(),
        None => url.host().to_string(),
    }
}

/// Section 5.1.3. An address, and the path of a socket, match themselves only: of addresses, no
/// end is another one, as these are in their canonical form.
fn domain_matches(host: &str, domain: &str) -> bool {
    let Some(rest) = host.strip_suffix(domain) else { return false };
    rest.is_empty() || rest.ends_with('.') && !host.starts_with('/')
}

/// Section 5.1.4
fn path_matches(request: &str, path: &str) -> bool {
    request
        .strip_prefix(path)
        .is_some_and(|rest| rest.is_empty() || path.ends_with('/') || rest.starts_with('/'))
}

/// The request's path without its last segment (section 5.1.4).
fn default_path(url: &Url) -> &str {
    match path(url).rsplit_once('/') {
        Some((directory, _)) if !directory.is_empty() => directory,
        _ => "/",
    }
}

fn path(url: &Url) -> &str {
    let target = url.request_target();
    target.split_once('?').map_or(target, |(path, _)| path)
}
