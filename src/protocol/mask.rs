//! Masking (RFC 6455 section 5.3): the XOR of a payload with its key, and nothing else. Choosing the
//! key is the driver's part.

/// Bytes in one step: two AVX2 or four SSE2 registers, enough for the compiler to vectorise.
const STEP: usize = 64;

/// Writes `payload`, masked with `key`, to `out`.
///
/// "j = i MOD 4; transformed-octet-i = original-octet-i XOR masking-key-octet-j" (section 5.3)
///
/// # Panics
///
/// When `out` has not the length of `payload`.
pub fn mask(key: [u8; 4], payload: &[u8], out: &mut [u8]) {
    assert_eq!(payload.len(), out.len(), "room for the masked payload");
    let key: [u8; STEP] = std::array::from_fn(|index| key[index % 4]);
    let (steps, tail) = payload.as_chunks::<STEP>();
    let (out_steps, out_tail) = out.as_chunks_mut::<STEP>();
    for (step, out) in steps.iter().zip(out_steps) {
        *out = std::array::from_fn(|index| step[index] ^ key[index]);
    }
    for ((byte, out), key) in tail.iter().zip(out_tail).zip(key) {
        *out = byte ^ key;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 4] = [0x37, 0xFA, 0x21, 0x3D];

    fn byte_by_byte(key: [u8; 4], payload: &[u8]) -> Vec<u8> {
        payload.iter().enumerate().map(|(index, byte)| byte ^ key[index % 4]).collect()
    }

    #[test]
    fn masks_the_hello_of_section_5_7() {
        let mut out = [0; 5];
        mask(KEY, b"Hello", &mut out);
        assert_eq!(out, [0x7F, 0x9F, 0x4D, 0x51, 0x58]);
    }

    #[test]
    fn agrees_with_a_byte_loop_at_every_length_and_alignment() {
        let source: Vec<u8> = (0..400u32).map(|index| (index * 7 + 3) as u8).collect();
        let mut target = vec![0; 400];
        for length in 0..=300 {
            for offset in 0..16 {
                let payload = &source[offset..offset + length];
                let out = &mut target[16 - offset..16 - offset + length];
                mask(KEY, payload, out);
                assert_eq!(out, byte_by_byte(KEY, payload), "length {length}, offset {offset}");
            }
        }
    }

    #[test]
    fn masking_twice_gives_the_payload_back() {
        let payload: Vec<u8> = (0..=255).collect();
        let (mut once, mut twice) = ([0; 256], [0; 256]);
        mask(KEY, &payload, &mut once);
        mask(KEY, &once, &mut twice);
        assert_eq!(twice, payload[..]);
    }

    #[test]
    fn writes_nothing_for_an_empty_payload() {
        mask(KEY, &[], &mut []);
    }
}
