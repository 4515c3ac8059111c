//! The fields `Sec-WebSocket-Extensions` of a server's answer, one a line: whatever they are, what
//! is accepted was offered, and permessage-deflate is agreed within the offer.

use std::{collections::HashSet, mem::discriminant};

use www_websocket::protocol::websocket::{
    Role,
    deflate::{self, Agreed, Offer, WindowBits},
    extensions::{AnswerError, Extension, Parameter, accept, offer},
};

use super::within;

/// Parses the lines of `data` as fields.
pub fn check(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let fields: Vec<&str> = text.split('\n').collect();
    let everything: Vec<&str> = names(text).collect();
    // Each name of two bytes makes a string in a list that grows, and an entry in two sets.
    within(256 * data.len() + 4096, || {
        let _ = accept(&fields, &everything);
    });
    let accepted = accept(&fields, &everything);

    // However many fields, they are one list.
    let joined = accept(&[&fields.join(",")], &everything);
    match (&accepted, &joined) {
        (Err(error), Err(other)) => assert_eq!(discriminant(error), discriminant(other)),
        _ => assert_eq!(accepted, joined),
    }

    match accepted {
        Ok(extensions) => check_accepted(&extensions, &fields),
        Err(AnswerError::NotOffered(name)) => panic!("{name} was offered"),
        Err(AnswerError::Malformed(_) | AnswerError::Duplicate(_)) => {}
    }
}

/// All parts of the text that may be the name of an extension.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';', '\n']).map(|word| word.trim_matches([' ', '\t']))
}

fn check_accepted(extensions: &[Extension], fields: &[&str]) {
    let names: Vec<&str> = extensions.iter().map(Extension::name).collect();
    assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());

    // What was accepted can be offered, and is the same when that offer is the answer.
    let offered = offer(extensions).unwrap();
    assert_eq!(offered.is_none(), extensions.is_empty());
    let answer: Vec<&str> = offered.iter().map(String::as_str).collect();
    assert_eq!(accept(&answer, &names).as_deref(), Ok(extensions));
    for extension in extensions {
        let parameters: Vec<String> =
            extension.parameters().iter().map(Parameter::to_string).collect();
        assert_eq!(Extension::new(extension.name(), &parameters).as_ref(), Ok(extension));
        check_deflate(extension.parameters());
    }

    // Each of them is accepted because it was offered.
    if let Some((last, others)) = names.split_last() {
        let refused = AnswerError::NotOffered((*last).to_owned());
        assert_eq!(accept(fields, others), Err(refused));
    }
}

/// Parses the parameters as an offer and as an answer to several offers.
fn check_deflate(answer: &[Parameter]) {
    let small = WindowBits::parse("10");
    let strict = Offer {
        server_no_context_takeover: true,
        client_no_context_takeover: true,
        server_max_window_bits: small,
        client_max_window_bits: Some(small),
    };
    let own = Offer::parse(answer);
    if let Ok(own) = &own {
        let again = Extension::new(deflate::NAME, &own.parameters()).unwrap();
        assert_eq!(Offer::parse(again.parameters()).as_ref(), Ok(own));
        // The same answer as the offer is agreed, except that the window needs a size.
        assert_eq!(own.accept(answer).is_err(), own.client_max_window_bits == Some(None));
    }
    for offer in [Offer::EMPTY, Offer::default(), strict].into_iter().chain(own) {
        if let Ok(agreed) = offer.accept(answer) {
            check_agreed(&agreed, &offer);
        }
    }
}

/// What either side keeps to is within the offer.
fn check_agreed(agreed: &Agreed, offer: &Offer) {
    let [of_server, of_client] = [Role::Server, Role::Client]
        .map(|sender| (agreed.no_context_takeover(sender), agreed.max_window_bits(sender)));
    assert!(of_server.0 || !offer.server_no_context_takeover);
    assert!(of_client.0 || !offer.client_no_context_takeover);
    assert!(of_server.1 <= offer.server_max_window_bits.unwrap_or(WindowBits::MAX));
    match offer.client_max_window_bits {
        None => assert_eq!(of_client.1, WindowBits::MAX),
        Some(bits) => assert!(of_client.1 <= bits.unwrap_or(WindowBits::MAX)),
    }
}
