//! Masking (RFC 6455 section 5.3): the XOR of a payload with its key, and nothing else. Choosing
//! the key is the driver's part.

/// Bytes in one step: two AVX2 or four SSE2 registers, enough for the compiler to vectorise.
const STEP: usize = 64;

/// Passes `payload`, masked with `key`, to `push`, in pieces and in order.
///
/// "j = i MOD 4; transformed-octet-i = original-octet-i XOR masking-key-octet-j" (section 5.3)
pub fn mask(key: [u8; 4], payload: &[u8], mut push: impl FnMut(&[u8])) {
    let key = repeat(key);
    let (steps, tail) = payload.as_chunks::<STEP>();
    for step in steps {
        let masked: [u8; STEP] = std::array::from_fn(|index| step[index] ^ key[index]);
        push(&masked);
    }
    let mut masked = key;
    for (masked, byte) in masked.iter_mut().zip(tail) {
        *masked ^= byte;
    }
    push(&masked[..tail.len()]);
}

/// Writes `payload`, masked with `key`, to `masked`, which is as long. Where there is space to be
/// written to, this is faster than [`mask`].
pub fn mask_into(key: [u8; 4], payload: &[u8], masked: &mut [u8]) {
    let key = repeat(key);
    let (steps, tail) = payload.as_chunks::<STEP>();
    let (masked_steps, masked_tail) = masked.as_chunks_mut::<STEP>();
    for (masked, step) in masked_steps.iter_mut().zip(steps) {
        *masked = std::array::from_fn(|index| step[index] ^ key[index]);
    }
    for ((masked, byte), key) in masked_tail.iter_mut().zip(tail).zip(key) {
        *masked = byte ^ key;
    }
}

/// A step's bytes of the key.
fn repeat(key: [u8; 4]) -> [u8; STEP] {
    let mut step = [0; STEP];
    step.copy_from_slice([key; STEP / 4].as_flattened());
    step
}

/// Unmasks `payload` in place, and moves `key` on to the bytes that follow it.
///
/// "The same algorithm applies regardless of the direction of the translation" (section 5.3).
pub fn unmask(key: &mut [u8; 4], payload: &mut [u8]) {
    let repeated = repeat(*key);
    let (steps, tail) = payload.as_chunks_mut::<STEP>();
    for step in steps {
        for (byte, key) in step.iter_mut().zip(repeated) {
            *byte ^= key;
        }
    }
    for (byte, key) in tail.iter_mut().zip(repeated) {
        *byte ^= key;
    }
    key.rotate_left(payload.len() % 4);
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 4] = [0x37, 0xFA, 0x21, 0x3D];

    fn byte_by_byte(key: [u8; 4], payload: &[u8]) -> Vec<u8> {
        payload.iter().enumerate().map(|(index, byte)| byte ^ key[index % 4]).collect()
    }

    fn masked(key: [u8; 4], payload: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        mask(key, payload, |bytes| out.extend_from_slice(bytes));
        out
    }

    #[test]
    fn masks_the_hello_of_section_5_7() {
        assert_eq!(masked(KEY, b"Hello"), [0x7F, 0x9F, 0x4D, 0x51, 0x58]);
    }

    #[test]
    fn agrees_with_a_byte_loop_at_every_length_and_alignment() {
        let source: Vec<u8> = (0..400u32).map(|index| (index * 7 + 3) as u8).collect();
        for length in 0..=300 {
            for offset in 0..16 {
                let payload = &source[offset..offset + length];
                let expected = byte_by_byte(KEY, payload);
                assert_eq!(masked(KEY, payload), expected, "length {length}, offset {offset}");
                let mut written = vec![0; length];
                mask_into(KEY, payload, &mut written);
                assert_eq!(written, expected, "length {length}, offset {offset}");
            }
        }
    }

    #[test]
    fn masking_twice_gives_the_payload_back() {
        let payload: Vec<u8> = (0..=255).collect();
        assert_eq!(masked(KEY, &masked(KEY, &payload)), payload);
    }

    #[test]
    fn unmasks_the_hello_of_section_5_7() {
        let mut payload = [0x7F, 0x9F, 0x4D, 0x51, 0x58];
        unmask(&mut { KEY }, &mut payload);
        assert_eq!(payload, *b"Hello");
    }

    #[test]
    fn unmasks_in_pieces_what_was_masked_at_once() {
        let payload: Vec<u8> = (0..400u32).map(|index| (index * 7 + 3) as u8).collect();
        for size in 1..=payload.len() {
            let mut masked = masked(KEY, &payload);
            let mut key = KEY;
            for piece in masked.chunks_mut(size) {
                unmask(&mut key, piece);
            }
            assert_eq!(masked, payload, "pieces of {size}");
        }
    }

    #[test]
    fn an_empty_payload_stays_empty() {
        assert_eq!(masked(KEY, &[]), b"");
    }
}
