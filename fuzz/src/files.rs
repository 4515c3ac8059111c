//! The target of a request for a file: whatever it is, no name leads out of the folder.

use www_websocket::protocol::http::{
    files, h1::request_reader::RequestReader, message::Limits, request::Event,
};

use super::within;

const LIMITS: Limits = Limits { head: 64 * 1024, headers: 128, body: 0 };

/// Takes `data` for the target of a request.
pub fn check(data: &[u8]) {
    let bytes = [b"GET ", data, b" HTTP/1.1\r\nHost: a\r\n\r\n"].concat();
    let Ok(Some(Event::Head(head))) = RequestReader::new(LIMITS).receive(&mut &bytes[..]) else {
        return;
    };
    within(64 * data.len() + 4096, || {
        let _ = files::locate(&head);
    });
    let Ok(location) = files::locate(&head) else { return };
    for name in &location.names {
        assert!(!name.is_empty() && !name.contains(['/', '\\', '\0']));
        assert!(!name.starts_with('.') || name == ".well-known");
    }
    if let Some(name) = location.names.last() {
        assert!(files::media_type(name).contains('/'));
    }
    if !location.is_folder {
        let folder = files::with_slash(&head);
        assert!(folder.starts_with('/') && !folder.starts_with("//"));
        let bytes = [b"GET ", folder.as_bytes(), b" HTTP/1.1\r\nHost: a\r\n\r\n"].concat();
        let mut reader = RequestReader::new(Limits { head: 2 * LIMITS.head, ..LIMITS });
        let Ok(Some(Event::Head(head))) = reader.receive(&mut &bytes[..]) else { panic!() };
        let again = files::locate(&head).unwrap();
        assert_eq!((again.names, again.is_folder), (location.names, true));
    }
}
