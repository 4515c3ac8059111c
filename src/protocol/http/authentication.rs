//! Authentication (RFC 9110 section 11) by user and password, Basic (RFC 7617) and Digest (RFC
//! 7616): to the server, which requests it by a 401, and to a proxy, which does by a 407. This file
//! decides what is sent, and whether a refused request is repeated; to whom credentials may be sent
//! at all is decided elsewhere.

use base64::{Engine, engine::general_purpose::STANDARD};
use md5::Md5;
use sha2::{Digest, Sha256, Sha512_256};

use super::{
    credentials::Credentials,
    headers::Headers,
    response::ResponseHead,
    syntax::{self, hexadecimal, is_token, quote, trim, unquote},
};

/// Who requests authentication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Challenger {
    /// The server, with the status 401 (RFC 9110 section 15.5.2).
    Server,
    /// A proxy, with the status 407 (RFC 9110 section 15.5.8).
    Proxy,
}

impl Challenger {
    fn status(self) -> u16 {
        match self {
            Self::Server => 401,
            Self::Proxy => 407,
        }
    }

    /// The name of the header field with the challenge.
    fn challenge_header(self) -> &'static str {
        match self {
            Self::Server => "WWW-Authenticate",
            Self::Proxy => "Proxy-Authenticate",
        }
    }

    /// The name of the header field that answers it.
    fn response_header(self) -> &'static str {
        match self {
            Self::Server => "Authorization",
            Self::Proxy => "Proxy-Authorization",
        }
    }
}

/// Authenticates the requests to one server or proxy: call
/// [`authorization`](Authenticator::authorization) for each request, and
/// [`should_retry`](Authenticator::should_retry) for each response.
#[derive(Clone, Debug)]
pub struct Authenticator {
    challenger: Challenger,
    basic: Option<Credentials>,
    digest: Option<Credentials>,
    /// The challenge that requests answer until there is another one.
    current: Option<AnsweredChallenge>,
    attempt: Attempt,
    /// Whether the content of the present request can be hashed.
    can_hash: bool,
}

/// The content of a request, which an answer of Digest may protect: its "entity-body" (RFC 7616
/// section 3.4.3), without transfer codings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntityBody<'a> {
    /// All of it; empty where there is none.
    Bytes(&'a [u8]),
    /// It is not known before it is sent. A challenge that wants it to be protected is not
    /// answered.
    Streamed,
}

/// How often the present request was repeated.
#[derive(Clone, Copy, Debug, Default)]
enum Attempt {
    /// It was not repeated.
    #[default]
    First,
    /// It is repeated with an answer to its challenge.
    Answered,
    /// It is repeated once more because the nonce of that answer was stale.
    AnsweredStale,
}

/// A challenge and what its answers have in common.
#[derive(Clone, Debug)]
struct AnsweredChallenge {
    challenge: Challenge,
    /// One for all answers: with -sess, "A1 is calculated only once - on the first request by the
    /// client following receipt of a WWW-Authenticate challenge" (RFC 2617 section 3.2.2.2), which
    /// comes by itself if the cnonce stays.
    cnonce: String,
    /// How many requests were sent with this nonce.
    nonce_count: u32,
}

impl Authenticator {
    /// Authenticates by Basic with `basic` in every request, without a challenge, and by Digest
    /// with `digest` once there is a challenge. Both may be the same credentials, or missing.
    pub fn new(
        challenger: Challenger,
        basic: Option<Credentials>,
        digest: Option<Credentials>,
    ) -> Self {
        Self { challenger, basic, digest, current: None, attempt: Attempt::First, can_hash: true }
    }

    /// Name and value of the header field to put into the next request, which has this method,
    /// exactly this target, and this body. Call it once for every request, as requests are counted.
    /// `None` if there is nothing to send.
    pub fn authorization(
        &mut self,
        method: &str,
        target: &str,
        body: EntityBody<'_>,
    ) -> Option<(&'static str, String)> {
        self.can_hash = body != EntityBody::Streamed;
        let value = match (&mut self.current, &self.digest, &self.basic) {
            (Some(current), Some(credentials), _) if current.challenge.is_for(self.can_hash) => {
                current.nonce_count += 1;
                let AnsweredChallenge { challenge, cnonce, nonce_count } = current;
                let request = (method, target, body);
                challenge.authorization(credentials, request, cnonce, *nonce_count)
            }
            (_, _, Some(credentials)) => basic(credentials),
            _ => return None,
        };
        Some((self.challenger.response_header(), value))
    }

    /// Records the head of a response, and says whether its request should be repeated, with a new
    /// [`authorization`](Authenticator::authorization): if there is a challenge that can be
    /// answered, but not if an answer was refused, as the credentials are wrong then. `cnonce`
    /// comes from a cryptographic generator, new for each response.
    pub fn should_retry(&mut self, response: &ResponseHead, cnonce: [u8; 16]) -> bool {
        let Some((challenge, attempt)) = self.next_attempt(response) else {
            self.attempt = Attempt::First;
            return false;
        };
        self.attempt = attempt;
        let cnonce = hexadecimal(&cnonce);
        self.current = Some(AnsweredChallenge { challenge, cnonce, nonce_count: 0 });
        true
    }

    /// Whether [`should_retry`](Authenticator::should_retry) will say so of this response.
    pub fn would_retry(&self, response: &ResponseHead) -> bool {
        self.next_attempt(response).is_some()
    }

    fn next_attempt(&self, response: &ResponseHead) -> Option<(Challenge, Attempt)> {
        if response.status != self.challenger.status() || self.digest.is_none() {
            return None;
        }
        let name = self.challenger.challenge_header();
        let challenge = strongest(&response.headers, name, self.can_hash)?;
        // "If stale is true, the client may wish to simply retry the request with a new encrypted
        // response" (RFC 7616 section 3.3)
        match self.attempt {
            Attempt::First => Some((challenge, Attempt::Answered)),
            Attempt::Answered if challenge.stale => Some((challenge, Attempt::AnsweredStale)),
            _ => None,
        }
    }
}

/// The value of the header field for Basic authentication (RFC 7617 section 2).
fn basic(credentials: &Credentials) -> String {
    let Credentials { username, password } = credentials;
    format!("Basic {}", STANDARD.encode(format!("{username}:{password}")))
}

/// The parameters of a Digest challenge (RFC 7616 section 3.3).
#[derive(Clone, Debug, PartialEq, Eq)]
struct Challenge {
    realm: String,
    nonce: String,
    opaque: Option<String>,
    algorithm: Algorithm,
    /// Whether the algorithm is a -sess variant.
    sess: bool,
    /// The algorithm as the challenge spells it, if it does.
    algorithm_name: Option<String>,
    quality: Option<Quality>,
    stale: bool,
}

/// The hash functions, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Algorithm {
    Md5,
    Sha256,
    Sha512Trunc256,
}

/// "Quality of protection": what the answer protects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quality {
    /// `auth`: method and target.
    Authentication,
    /// `auth-int`: the body, too.
    Integrity,
}

impl Challenge {
    /// `None` if a parameter is missing, or names something that does not exist.
    fn from_parameters(parameters: &[(&str, String)]) -> Option<Self> {
        let find = |name: &str| {
            let found = parameters.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.clone())
        };
        let algorithm_name = find("algorithm");
        let (algorithm, sess) =
            Algorithm::parse(algorithm_name.as_deref().unwrap_or(Algorithm::DEFAULT))?;
        let quality = match find("qop") {
            Some(list) => Some(Quality::choose(&list)?),
            // As in RFC 2069, which has no cnonce, and so no -sess variant.
            None if sess => return None,
            None => None,
        };
        Some(Self {
            realm: find("realm")?,
            nonce: find("nonce")?,
            opaque: find("opaque"),
            algorithm,
            sess,
            algorithm_name,
            quality,
            stale: find("stale").is_some_and(|stale| stale.eq_ignore_ascii_case("true")),
        })
    }

    /// Whether it can be answered for a request whose content can be hashed or not.
    fn is_for(&self, can_hash: bool) -> bool {
        can_hash || self.quality != Some(Quality::Integrity)
    }

    /// The value of the header field that answers (RFC 7616 section 3.4) for a request with this
    /// method, target and body. `nonce_count` starts with 1.
    fn authorization(
        &self,
        credentials: &Credentials,
        (method, target, body): (&str, &str, EntityBody<'_>),
        cnonce: &str,
        nonce_count: u32,
    ) -> String {
        let Credentials { username, password } = credentials;
        let Self { realm, nonce, .. } = self;
        let nonce_count = format!("{nonce_count:08x}");
        let hash = |parts: &[&str]| self.algorithm.hash(parts.join(":").as_bytes());
        let body = match body {
            EntityBody::Bytes(bytes) => bytes,
            EntityBody::Streamed => &[],
        };

        // RFC 7616 section 3.4.2
        let mut a1 = hash(&[username, realm, password]);
        if self.sess {
            a1 = hash(&[&a1, nonce, cnonce]);
        }
        // RFC 7616 section 3.4.3
        let a2 = match self.quality {
            Some(Quality::Integrity) => hash(&[method, target, &self.algorithm.hash(body)]),
            Some(Quality::Authentication) | None => hash(&[method, target]),
        };
        // RFC 7616 section 3.4.1, and RFC 2069 section 2.1.2 for challenges without qop
        let response = match self.quality {
            Some(quality) => hash(&[&a1, nonce, &nonce_count, cnonce, quality.name(), &a2]),
            None => hash(&[&a1, nonce, &a2]),
        };

        let mut value = format!(
            "Digest username={}, realm={}, nonce={}, uri={}, response={}",
            quote(username),
            quote(realm),
            quote(nonce),
            quote(target),
            quote(&response)
        );
        if let Some(name) = &self.algorithm_name {
            value.extend([", algorithm=", name]);
        }
        if let Some(opaque) = &self.opaque {
            value.extend([", opaque=", &quote(opaque)]);
        }
        if let Some(quality) = self.quality {
            let cnonce = quote(cnonce);
            value.extend([", qop=", quality.name(), ", nc=", &nonce_count, ", cnonce=", &cnonce]);
        }
        value
    }
}

impl Algorithm {
    /// "If this is not present, it is assumed to be 'MD5'." (RFC 7616 section 3.3)
    const DEFAULT: &str = "MD5";

    /// The algorithm with this name, and whether it is a -sess variant.
    fn parse(name: &str) -> Option<(Self, bool)> {
        let name = name.to_ascii_lowercase();
        let (name, sess) = match name.strip_suffix("-sess") {
            Some(name) => (name, true),
            None => (name.as_str(), false),
        };
        let algorithm = match name {
            "md5" => Self::Md5,
            "sha-256" => Self::Sha256,
            "sha-512-256" => Self::Sha512Trunc256,
            _ => return None,
        };
        Some((algorithm, sess))
    }

    fn hash(self, bytes: &[u8]) -> String {
        match self {
            Self::Md5 => hexadecimal(&Md5::digest(bytes)),
            Self::Sha256 => hexadecimal(&Sha256::digest(bytes)),
            Self::Sha512Trunc256 => hexadecimal(&Sha512_256::digest(bytes)),
        }
    }
}

impl Quality {
    /// Chooses from the list in a challenge. Without a body, auth-int protects nothing more, with
    /// one it takes all of it beforehand, and more servers implement auth correctly.
    fn choose(list: &str) -> Option<Self> {
        let offers = |quality: Self| {
            syntax::members(list).any(|name| name.eq_ignore_ascii_case(quality.name()))
        };
        [Self::Authentication, Self::Integrity].into_iter().find(|quality| offers(*quality))
    }

    fn name(self) -> &'static str {
        match self {
            Self::Authentication => "auth",
            Self::Integrity => "auth-int",
        }
    }
}

/// The Digest challenge with the strongest algorithm in the header fields called `name`, the first
/// one of equals, among those that can be answered for a content that can be hashed or not.
fn strongest(headers: &Headers, name: &str, can_hash: bool) -> Option<Challenge> {
    headers
        .all(name)
        .flat_map(challenges)
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("Digest"))
        .filter_map(|(_, parameters)| Challenge::from_parameters(&parameters))
        .filter(|challenge| challenge.is_for(can_hash))
        .reduce(|best, other| if other.algorithm > best.algorithm { other } else { best })
}

type Parameter<'a> = (&'a str, String);

/// The challenges in the value of one header field, each a scheme and its parameters. What is
/// malformed is left out, and so is a token68, which no scheme known here has.
///
/// challenge = auth-scheme \[ 1\*SP ( token68 / #auth-param ) ] (RFC 9110 section 11.3). The commas
/// between challenges are the same as those between the parameters of one.
fn challenges(value: &str) -> Vec<(&str, Vec<Parameter<'_>>)> {
    let mut challenges: Vec<(&str, Vec<Parameter<'_>>)> = Vec::new();
    for member in syntax::members_with_quotes(value) {
        if let Some(parameter) = parameter(member) {
            if let Some((_, parameters)) = challenges.last_mut() {
                parameters.push(parameter);
            }
            continue;
        }
        let (scheme, rest) = member.split_once([' ', '\t']).unwrap_or((member, ""));
        if is_token(scheme) {
            challenges.push((scheme, parameter(trim(rest)).into_iter().collect()));
        }
    }
    challenges
}

/// auth-param = token BWS "=" BWS ( token / quoted-string ) (RFC 9110 section 11.2)
fn parameter(text: &str) -> Option<Parameter<'_>> {
    let (name, value) = text.split_once('=')?;
    let (name, value) = (trim(name), trim(value));
    if !is_token(name) {
        return None;
    }
    let value = match unquote(value) {
        Some((value, rest)) => rest.is_empty().then_some(value)?,
        None => is_token(value).then(|| value.to_owned())?,
    };
    Some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From the examples of RFC 7616 section 3.9.1.
    const NONCE: &str = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    const CNONCE: &str = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

    fn mufasa() -> Credentials {
        Credentials::parse("Mufasa:Circle of Life")
    }

    fn one(value: &str) -> Challenge {
        strongest(&[("WWW-Authenticate", value)].into_iter().collect(), "www-authenticate", true)
            .unwrap()
    }

    fn none(value: &str) {
        let headers = [("WWW-Authenticate", value)].into_iter().collect();
        assert_eq!(strongest(&headers, "WWW-Authenticate", true), None, "{value}");
    }

    const NO_BODY: EntityBody<'_> = EntityBody::Bytes(b"");

    /// The `response` of the answer to the challenge of RFC 7616 section 3.9.1 with this qop and
    /// this algorithm.
    fn response(quality: &str, algorithm: &str) -> String {
        response_for(quality, algorithm, ("GET", "/dir/index.html", NO_BODY))
    }

    fn response_for(
        quality: &str,
        algorithm: &str,
        request: (&str, &str, EntityBody<'_>),
    ) -> String {
        let challenge = one(&format!(
            "Digest realm=\"http-auth@example.org\", {quality} algorithm={algorithm}, \
             nonce=\"{NONCE}\""
        ));
        let answer = challenge.authorization(&mufasa(), request, CNONCE, 1);
        let (_, rest) = answer.split_once("response=\"").unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    }

    fn unauthorized(fields: &[&str]) -> ResponseHead {
        let headers = fields.iter().map(|value| ("WWW-Authenticate", *value)).collect();
        ResponseHead { status: 401, headers, ..ResponseHead::default() }
    }

    fn digest() -> Authenticator {
        Authenticator::new(Challenger::Server, None, Some(mufasa()))
    }

    const PLAIN: &str = "Digest realm=\"r\", nonce=\"n\", qop=\"auth\"";
    const STALE: &str = "Digest realm=\"r\", nonce=\"n2\", qop=\"auth\", stale=TRUE";

    #[test]
    fn debug_shows_no_credentials() {
        let debug = format!("{:?}", digest());
        assert!(!debug.contains("Mufasa") && !debug.contains("Circle"), "{debug}");
    }

    #[test]
    fn basic_is_as_in_rfc_7617() {
        // RFC 7617 sections 2 and 2.1
        for (text, value) in [
            ("Aladdin:open sesame", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
            ("test:123£", "Basic dGVzdDoxMjPCow=="),
        ] {
            assert_eq!(basic(&Credentials::parse(text)), value);
        }
    }

    #[test]
    fn basic_is_sent_at_once_and_not_again_when_refused() {
        let mut basic = Authenticator::new(Challenger::Server, Some(mufasa()), None);
        let (name, value) = basic.authorization("GET", "/", NO_BODY).unwrap();
        assert_eq!(name, "Authorization");
        assert!(value.starts_with("Basic "));
        assert!(!basic.should_retry(&unauthorized(&["Basic realm=\"r\"", PLAIN]), [0; 16]));
    }

    #[test]
    fn digest_waits_for_its_challenge() {
        let mut digest = digest();
        assert_eq!(digest.authorization("GET", "/", NO_BODY), None);
        assert!(digest.should_retry(&unauthorized(&[PLAIN]), [0xAB; 16]));
        let (name, value) = digest.authorization("GET", "/chat?x=\"1\"", NO_BODY).unwrap();
        assert_eq!(name, "Authorization");
        assert_eq!(
            value,
            "Digest username=\"Mufasa\", realm=\"r\", nonce=\"n\", uri=\"/chat?x=\\\"1\\\"\", \
             response=\"84b4e5c6f22004d906aee3d8a833439c\", qop=auth, nc=00000001, \
             cnonce=\"abababababababababababababababab\""
        );
    }

    #[test]
    fn a_proxy_has_headers_and_a_status_of_its_own() {
        let mut proxy = Authenticator::new(Challenger::Proxy, Some(mufasa()), Some(mufasa()));
        let (name, value) = proxy.authorization("CONNECT", "h:80", NO_BODY).unwrap();
        assert_eq!((name, &value[..6]), ("Proxy-Authorization", "Basic "));
        assert!(!proxy.should_retry(&unauthorized(&[PLAIN]), [0; 16]));
        let headers = [("Proxy-Authenticate", PLAIN)].into_iter().collect();
        let response = ResponseHead { status: 407, headers, ..ResponseHead::default() };
        assert!(proxy.should_retry(&response, [0; 16]));
        let (name, value) = proxy.authorization("CONNECT", "h:80", NO_BODY).unwrap();
        assert_eq!((name, &value[..7]), ("Proxy-Authorization", "Digest "));
    }

    #[test]
    fn refused_answers_are_not_repeated() {
        let mut digest = digest();
        assert!(digest.should_retry(&unauthorized(&[PLAIN]), [0; 16]));
        assert!(!digest.should_retry(&unauthorized(&[PLAIN]), [0; 16]));
    }

    #[test]
    fn a_stale_nonce_is_replaced_once() {
        let mut digest = digest();
        assert!(digest.should_retry(&unauthorized(&[PLAIN]), [0; 16]));
        digest.authorization("GET", "/", NO_BODY);
        assert!(digest.should_retry(&unauthorized(&[STALE]), [1; 16]));
        let (_, value) = digest.authorization("GET", "/", NO_BODY).unwrap();
        assert!(value.contains("nonce=\"n2\"") && value.contains("nc=00000001"), "{value}");
        assert!(!digest.should_retry(&unauthorized(&[STALE]), [2; 16]));
    }

    #[test]
    fn requests_after_an_accepted_one_are_counted_and_may_be_challenged_again() {
        let mut digest = digest();
        assert!(digest.should_retry(&unauthorized(&[PLAIN]), [0; 16]));
        digest.authorization("GET", "/", NO_BODY);
        assert!(
            !digest.should_retry(&ResponseHead { status: 302, ..ResponseHead::default() }, [0; 16])
        );
        let (_, value) = digest.authorization("GET", "/b", NO_BODY).unwrap();
        assert!(value.contains("nc=00000002"), "{value}");
        assert!(digest.should_retry(&unauthorized(&[PLAIN]), [0; 16]));
        assert!(!digest.should_retry(&unauthorized(&[PLAIN]), [0; 16]));
    }

    #[test]
    fn a_challenge_that_cannot_be_answered_is_final() {
        for fields in [
            &[][..],
            &["Basic realm=\"r\""],
            &["Digest realm=\"r\", nonce=\"n\", algorithm=SHA-1"],
            &["Negotiate"],
        ] {
            assert!(!digest().should_retry(&unauthorized(fields), [0; 16]), "{fields:?}");
        }
    }

    #[test]
    fn responses_are_as_in_rfc_7616() {
        // RFC 7616 section 3.9.1
        let quality = "qop=\"auth, auth-int\",";
        assert_eq!(response(quality, "MD5"), "8ca523f5e9506fed4657c9700eebdbec");
        assert_eq!(
            response(quality, "SHA-256"),
            "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
        );
    }

    #[test]
    fn sha_512_256_is_as_in_the_erratum_and_names_are_utf8() {
        // RFC 7616 section 3.9.2 with erratum 4897; without the userhash, which changes only how
        // the user is named.
        let challenge = one(
            "Digest realm=\"api@example.org\", qop=\"auth\", algorithm=SHA-512-256, \
             nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\", \
             opaque=\"HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS\", charset=UTF-8, userhash=true",
        );
        let credentials = Credentials::parse("Jäsøn Doe:Secret, or not?");
        let cnonce = "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v";
        assert_eq!(
            challenge.authorization(&credentials, ("GET", "/doe.json", NO_BODY), cnonce, 1),
            "Digest username=\"Jäsøn Doe\", realm=\"api@example.org\", \
             nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\", uri=\"/doe.json\", \
             response=\"3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5\", \
             algorithm=SHA-512-256, opaque=\"HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS\", \
             qop=auth, nc=00000001, cnonce=\"NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v\""
        );
    }

    #[test]
    fn md5_is_as_in_rfc_2617() {
        // RFC 2617 section 3.5
        let challenge = one("Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\", \
             nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", \
             opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");
        assert_eq!(
            challenge.authorization(
                &Credentials::parse("Mufasa:Circle Of Life"),
                ("GET", "/dir/index.html", NO_BODY),
                "0a4f113b",
                1
            ),
            "Digest username=\"Mufasa\", realm=\"testrealm@host.com\", \
             nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\", \
             response=\"6629fae49393a05397450978507c4ef1\", \
             opaque=\"5ccc069c403ebaf9f0171e9517f40e41\", qop=auth, nc=00000001, \
             cnonce=\"0a4f113b\""
        );
    }

    #[test]
    fn sessions_hash_the_nonces_into_the_key() {
        // Computed with another implementation of the formulas.
        for (algorithm, expected) in [
            ("MD5-sess", "e783283f46242139c486a698fec7211d"),
            ("SHA-256-sess", "2fd51b3a77ad75bad6afad6003e818d767133c46d9e2749e7f5232ae1ea3efd7"),
            (
                "sha-512-256-SESS",
                "3f2a34f923c38b0fb26dce2fdfc2ce326c23cecf86fbb1444f3e51fbbc2cb92e",
            ),
        ] {
            assert_eq!(response("qop=auth,", algorithm), expected, "{algorithm}");
        }
    }

    #[test]
    fn integrity_hashes_the_empty_body() {
        for (algorithm, expected) in [
            ("MD5", "8804a53d3640a40a4f73cea12c5ba451"),
            ("MD5-sess", "200cda1c37eb927016d1f97f2c0f04f6"),
            ("SHA-256", "8bdf6f15638e260831e905028de5450562816d093c9bfc5c13d3a46adcdde940"),
            ("SHA-512-256", "38244c4d345d09bb0000b355be27d2a55003ee188df9821c54df70a63aa0c1ca"),
        ] {
            assert_eq!(response("qop=\"x, AUTH-INT\",", algorithm), expected, "{algorithm}");
        }
    }

    #[test]
    fn integrity_hashes_the_bytes_of_the_body() {
        // Computed with Python's hashlib.
        let request = ("POST", "/dir?a=b", EntityBody::Bytes(b"a=b\0\xFF"));
        for (algorithm, expected) in [
            ("MD5", "57de1b8936346255737e816aa6b5a765"),
            ("MD5-sess", "0669e750434f7baf1d045a266a3c466f"),
            ("SHA-256", "e9ca85821722a656b09d77301ccea06de77c2b60f563482faa067dd898001a34"),
            ("SHA-512-256", "1a28cc57b5547689a7dbfd8bab6d976d19faaa18469de7227a9650ac45846f19"),
        ] {
            assert_eq!(response_for("qop=auth-int,", algorithm, request), expected, "{algorithm}");
        }
        // It is not part of any other.
        for quality in ["qop=\"auth-int, auth\",", "qop=auth,", ""] {
            let without = response_for(quality, "MD5", ("POST", "/dir?a=b", NO_BODY));
            assert_eq!(response_for(quality, "MD5", request), without, "{quality}");
        }
    }

    #[test]
    fn what_is_streamed_is_not_protected() {
        let integrity = "Digest realm=r, nonce=n, qop=auth-int";
        let strong = "Digest realm=s, nonce=n, qop=auth-int, algorithm=SHA-256";
        let mut digest = digest();
        assert_eq!(digest.authorization("PUT", "/", EntityBody::Streamed), None);
        assert!(!digest.would_retry(&unauthorized(&[integrity])));
        assert!(!digest.should_retry(&unauthorized(&[integrity]), [0; 16]));
        // The strongest that can be answered.
        assert!(digest.should_retry(&unauthorized(&[strong, PLAIN]), [0; 16]));
        let (_, value) = digest.authorization("PUT", "/", EntityBody::Streamed).unwrap();
        assert!(value.contains("realm=\"r\"") && value.contains("qop=auth,"), "{value}");
        // The next request has another content.
        assert!(!digest.should_retry(&ResponseHead::default(), [0; 16]));
        digest.authorization("GET", "/", NO_BODY).unwrap();
        assert!(digest.should_retry(&unauthorized(&[strong]), [0; 16]));
        assert_eq!(digest.authorization("PUT", "/", EntityBody::Streamed), None);
        let (_, value) = digest.authorization("GET", "/", NO_BODY).unwrap();
        assert!(value.contains("qop=auth-int, nc=00000001"), "{value}");
    }

    #[test]
    fn a_challenge_without_qop_is_answered_as_in_rfc_2069() {
        let challenge = one("Digest realm=\"r\", nonce=\"n\", algorithm=\"MD5\"");
        let answer = challenge.authorization(&mufasa(), ("GET", "/", NO_BODY), CNONCE, 1);
        assert!(answer.ends_with("\", algorithm=MD5"), "{answer}");
        assert_eq!(response("", "MD5"), "7b2cc3b30e75b4777ea31027084363fd");
    }

    #[test]
    fn the_strongest_of_all_challenges_is_chosen() {
        let mut headers = Headers::new();
        headers.push("WWW-Authenticate", "Basic realm=\"a, Digest b\", Digest realm=1, nonce=a");
        headers.push("WWW-Authenticate", "Digest realm=2, nonce=b, algorithm=SHA-3, qop=auth");
        let chosen = || strongest(&headers, "WWW-Authenticate", true).unwrap().realm;
        assert_eq!(chosen(), "1");
        headers.push(
            "www-authenticate",
            "Negotiate YII=, dIGEST  realm=3,qop=auth ,nonce = c , algorithm=sha-256, \
             Digest realm=4, nonce=d, algorithm=SHA-512-256, \
             Digest realm=5, nonce=e, algorithm=SHA-512-256-sess, qop=auth",
        );
        assert_eq!(strongest(&headers, "WWW-Authenticate", true).unwrap().realm, "4");
    }

    #[test]
    fn quoted_strings_may_hold_commas_quotes_and_backslashes() {
        let challenge = one(r#"Digest realm="a, \"b\" \\ c=\d", nonce="n=,", qop="auth,auth-int""#);
        assert_eq!(challenge.realm, r#"a, "b" \ c=d"#);
        assert_eq!(challenge.nonce, "n=,");
        let answer = challenge.authorization(&mufasa(), ("GET", "/", NO_BODY), "c", 1);
        assert!(answer.contains(r#"realm="a, \"b\" \\ c=d", nonce="n=,""#), "{answer}");
    }

    #[test]
    fn stale_is_true_in_any_case_and_form() {
        for (parameter, stale) in
            [("stale=true", true), ("stale=\"True\"", true), ("stale=false", false), ("x=y", false)]
        {
            let challenge = one(&format!("Digest realm=r, nonce=n, {parameter}"));
            assert_eq!(challenge.stale, stale, "{parameter}");
        }
    }

    #[test]
    fn malformed_challenges_are_left_out() {
        for value in [
            "",
            ",,",
            "Digest",
            "realm=\"r\", nonce=\"n\"",
            "Digest realm=\"r\"",
            "Digest nonce=\"n\"",
            "Digest realm=\"r\", nonce=\"n",
            "Digest realm=\"r\", nonce=\"n\\\"",
            "Digest realm=\"r\", nonce=\"n\"x\"\"",
            "Digest realm=\"r\", nonce=",
            "Digest realm=\"r\", nonce=n/n",
            "Digest realm=r, nonce=n, qop=other",
            "Digest realm=r, nonce=n, qop=\"\"",
            "Digest realm=r, nonce=n, algorithm=MD5-sess",
            "Digest realm=r, nonce=n, algorithm=MD6",
            "Digest: realm=r, nonce=n",
        ] {
            none(value);
        }
        assert_eq!(one("Digest realm=r, (), =, x, Digest realm=s, nonce=n").realm, "s");
    }
}
