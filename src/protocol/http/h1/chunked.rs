//! The chunked coding of a request's content whose length is not known before it is sent (RFC 9112
//! section 7.1): the bytes around its pieces.

use super::line::CRLF;

/// What stands before and behind a piece of so many bytes. Nothing for none: an empty chunk would
/// end the content.
pub fn around(length: usize) -> (Vec<u8>, &'static [u8]) {
    match length {
        0 => (Vec::new(), b""),
        _ => (format!("{length:x}\r\n").into_bytes(), CRLF),
    }
}

/// What ends the content, without trailers.
pub const END: &[u8] = b"0\r\n\r\n";

#[cfg(test)]
mod tests {
    use super::{super::super::testing::complete, *};

    #[test]
    fn what_is_written_can_be_read() {
        let pieces = [&b"a"[..], b"", b"0\r\n\r\n", &[b'x'; 0x1A2B]];
        let mut bytes = b"HTTP/1.1 404 x\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
        for piece in pieces {
            let (before, behind) = around(piece.len());
            bytes.extend([&before, piece, behind].concat());
        }
        bytes.extend(END);
        assert_eq!(complete(&bytes).body, pieces.concat());
    }

    #[test]
    fn sizes_are_hexadecimal() {
        assert_eq!(around(1), (b"1\r\n".to_vec(), CRLF));
        assert_eq!(around(0xABC), (b"abc\r\n".to_vec(), CRLF));
        assert_eq!(around(0), (Vec::new(), &b""[..]));
    }
}
