//! Tcl values, owned: a counted reference to a `Tcl_Obj`, and the conversions between Tcl's idea of
//! strings and bytes and Rust's.
//!
//! Tcl keeps strings in a variant of UTF-8: NUL is written C0 80, and Tcl 8.6 writes a character
//! beyond U+FFFF that a script made as two surrogates of three bytes each. Neither may reach the
//! network, so what leaves Tcl goes through here.

use std::{
    borrow::Cow,
    ffi::{CStr, c_char},
    fmt,
    ptr::NonNull,
    sync::OnceLock,
};

use super::{ascii::is_ascii_without_nul, sys};

/// An owned reference to a Tcl value. Cloning it copies the reference, not the value.
#[repr(transparent)]
pub(crate) struct Value(NonNull<sys::Tcl_Obj>);

/// The value is not a string of bytes: it holds a character above U+00FF.
#[derive(Debug, PartialEq)]
pub(crate) struct NotBytes;

/// The string holds half of a surrogate pair, which UTF-8 cannot express.
#[derive(Debug, PartialEq)]
pub(crate) struct LoneSurrogate;

/// The most bytes that a Tcl value can hold.
pub(crate) fn max_length() -> usize {
    // SAFETY: no Value exists before the stub tables do, and nobody else asks.
    if unsafe { sys::is_tcl9() } { isize::MAX as usize } else { i32::MAX as usize }
}

impl Value {
    /// Takes a share of a value that Tcl owns.
    ///
    /// # Safety
    /// `object` is null or points at a live value of this thread.
    pub(super) unsafe fn share(object: *mut sys::Tcl_Obj) -> Option<Self> {
        let object = NonNull::new(object)?;
        // SAFETY: alive, as the caller promised; the count keeps it so.
        unsafe { sys::tcl_DbIncrRefCount(object.as_ptr(), c"".as_ptr(), 0) };
        Some(Self(object))
    }

    /// As [`share`](Value::share), for functions of Tcl that never return null: they abort the
    /// process when memory runs out.
    unsafe fn adopt(object: *mut sys::Tcl_Obj) -> Self {
        // SAFETY: the caller's promise.
        match unsafe { Self::share(object) } {
            Some(value) => value,
            None => unreachable!("Tcl returned no value"),
        }
    }

    /// The words of a command, which Tcl holds while the command runs.
    ///
    /// # Safety
    /// `words` points at `count` live values that outlive `'a`.
    pub(super) unsafe fn words<'a>(words: *const *mut sys::Tcl_Obj, count: usize) -> &'a [Self] {
        if count == 0 {
            return &[];
        }
        // SAFETY: a Value is a non-null pointer to a value, and a borrowed one drops nothing.
        unsafe { std::slice::from_raw_parts(words.cast(), count) }
    }

    pub(super) fn as_ptr(&self) -> *mut sys::Tcl_Obj {
        self.0.as_ptr()
    }

    /// Whether both are one and the same value, not merely equal ones.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.0 == other.0
    }

    /// The empty string.
    pub(crate) fn empty() -> Self {
        // SAFETY: returns a fresh value.
        unsafe { Self::adopt(sys::tcl_NewObj()) }
    }

    /// Whether this is the empty string.
    pub(crate) fn is_empty(&self) -> bool {
        self.with_string(<[u8]>::is_empty)
    }

    /// A string.
    pub(crate) fn string(text: &str) -> Self {
        // SAFETY: there is an interpreter, so the tables are there.
        let text = to_tcl(text, unsafe { !sys::is_tcl9() });
        // SAFETY: Tcl copies the bytes, which are its own variant of UTF-8.
        unsafe { Self::adopt(sys::tcl_NewStringObj(text.as_ptr().cast::<c_char>(), text.len())) }
    }

    /// A string of these bytes, if they are all ASCII and none is NUL: then it serves as the text
    /// and as its UTF-8 encoding alike.
    pub(crate) fn ascii(bytes: &[u8]) -> Option<Self> {
        if !is_ascii_without_nul(bytes) {
            return None;
        }
        // SAFETY: Tcl copies the bytes, which are the same in its variant of UTF-8.
        Some(unsafe {
            Self::adopt(sys::tcl_NewStringObj(bytes.as_ptr().cast::<c_char>(), bytes.len()))
        })
    }

    /// A byte array.
    pub(crate) fn bytes(bytes: &[u8]) -> Self {
        // SAFETY: Tcl copies the bytes.
        unsafe { Self::adopt(sys::tcl_NewByteArrayObj(bytes.as_ptr(), bytes.len())) }
    }

    /// A byte array of `length` bytes that are not initialised.
    ///
    /// # Safety
    /// They are written before they are read.
    pub(super) unsafe fn uninitialised_bytes(length: usize) -> Self {
        // SAFETY: returns a fresh value; without a source Tcl leaves its bytes as they are.
        unsafe { Self::adopt(sys::tcl_NewByteArrayObj(std::ptr::null(), length)) }
    }

    /// An integer.
    pub(crate) fn integer(number: i64) -> Self {
        // SAFETY: returns a fresh value.
        unsafe { Self::adopt(sys::tcl_NewWideIntObj(number)) }
    }

    /// A list.
    pub(crate) fn list(elements: &[Self]) -> Self {
        // SAFETY: a Value is a pointer to a value; the list takes shares of its own.
        unsafe { Self::adopt(sys::tcl_NewListObj(elements.len(), elements.as_ptr().cast())) }
    }

    /// A list of strings.
    pub(crate) fn strings<S: AsRef<str>>(elements: impl IntoIterator<Item = S>) -> Self {
        let elements: Vec<Self> =
            elements.into_iter().map(|text| Self::string(text.as_ref())).collect();
        Self::list(&elements)
    }

    /// A dict with string keys, all different, in the order given. It is a list at first, which
    /// costs less; the first who looks a key up has Tcl make a dict of it.
    pub(crate) fn dict<'k>(entries: impl IntoIterator<Item = (&'k str, Self)>) -> Self {
        let words = entries.into_iter().flat_map(|(key, value)| [Self::string(key), value]);
        Self::list(&words.collect::<Vec<_>>())
    }

    /// The value of `key`, where this is a dict that has it.
    pub(crate) fn dict_entry(&self, key: &Self) -> Option<Self> {
        let mut found = std::ptr::null_mut();
        // SAFETY: all values are alive; `found` is null or owned by the dict.
        unsafe {
            let interp = std::ptr::null_mut();
            sys::tcl_DictObjGet(interp, self.as_ptr(), key.as_ptr(), &raw mut found);
            Self::share(found)
        }
    }

    /// The elements, where this is a list.
    pub(crate) fn elements(&self) -> Option<Vec<Self>> {
        // SAFETY: the elements are shared before anything else happens to the list.
        unsafe {
            let elements = sys::list_elements(self.as_ptr())?;
            Some(elements.iter().map(|&element| Self::adopt(element)).collect())
        }
    }

    /// The integer that this is the decimal, hexadecimal, ... form of.
    pub(crate) fn to_integer(&self) -> Option<i64> {
        let mut number = 0;
        // SAFETY: the value is alive and `number` takes the result.
        let code = unsafe {
            sys::tcl_GetWideIntFromObj(std::ptr::null_mut(), self.as_ptr(), &raw mut number)
        };
        (code == sys::TCL_OK).then_some(number)
    }

    /// Shows the string to `look`, in Tcl's variant of UTF-8.
    ///
    /// `look` leaves Tcl alone: a conversion of this value would move the bytes.
    pub(super) fn with_string<R>(&self, look: impl FnOnce(&[u8]) -> R) -> R {
        // SAFETY: the value is alive, and nothing changes it while `look` runs.
        look(unsafe { sys::string(self.as_ptr()) })
    }

    /// The truth value that this is one of the forms of.
    pub(crate) fn to_boolean(&self) -> Option<bool> {
        // SAFETY: the value is alive.
        unsafe { sys::boolean(self.as_ptr()) }
    }

    /// The string as Rust has it.
    pub(crate) fn to_utf8(&self) -> Result<String, LoneSurrogate> {
        self.with_string(|string| from_tcl(string).map(Cow::into_owned))
    }

    /// The string for a message to a person: a lone surrogate becomes U+FFFD.
    pub(crate) fn to_utf8_lossy(&self) -> String {
        self.to_utf8().unwrap_or_else(|LoneSurrogate| {
            self.with_string(|string| String::from_utf8_lossy(string).into_owned())
        })
    }

    /// The string encoded in UTF-8, as a value that [`with_bytes`](Value::with_bytes) takes. An
    /// ASCII string is that already and is not copied.
    pub(crate) fn encoded(&self) -> Result<Self, LoneSurrogate> {
        self.with_string(|string| {
            if is_ascii_without_nul(string) {
                return Ok(self.clone());
            }
            Ok(Self::bytes(from_tcl(string)?.as_bytes()))
        })
    }

    /// The text that these bytes are the UTF-8 encoding of; an ASCII string is that already and is
    /// not copied. `Ok(None)` where they are no UTF-8.
    pub(crate) fn decoded(&self) -> Result<Option<Self>, NotBytes> {
        // SAFETY: the value is alive; see `with_bytes` about the head of the struct.
        let has_string = unsafe { !(*self.as_ptr()).bytes.is_null() };
        if has_string && self.with_string(is_ascii_without_nul) {
            return Ok(Some(self.clone()));
        }
        self.with_bytes(|bytes| simdutf8::basic::from_utf8(bytes).ok().map(Self::string))
    }

    /// Whether this is a byte array of which no string was made yet, so that its bytes are at hand.
    pub(crate) fn is_byte_array(&self) -> bool {
        // SAFETY: the value is alive; see `with_bytes` about the head of the struct.
        unsafe { (*self.as_ptr()).bytes.is_null() && is_byte_array_8(self) }
    }

    /// Shows the bytes to `look`, of a value that [was](Value::is_byte_array) a byte array once: at
    /// hand unless a script has made something else of it since. Empty if it is no longer a byte
    /// string.
    pub(crate) fn with_byte_array<R>(&self, look: impl FnOnce(&[u8]) -> R) -> R {
        // SAFETY: the value is alive, and nothing changes it while `look` runs.
        look(unsafe { sys::byte_array(self.as_ptr()) }.unwrap_or_default())
    }

    /// Shows the bytes to `look`: those of a byte array, or of a string whose characters are all
    /// at most U+00FF.
    ///
    /// `look` leaves Tcl alone: a conversion of this value would move the bytes.
    pub(crate) fn with_bytes<R>(&self, look: impl FnOnce(&[u8]) -> R) -> Result<R, NotBytes> {
        // SAFETY: the value is alive, and nothing changes it while `look` runs. Reading the head of
        // the struct is safe in either version: the offsets used agree.
        unsafe {
            let has_string = !(*self.as_ptr()).bytes.is_null();
            if has_string || !is_byte_array_8(self) {
                // A byte array without a string is bytes for sure. Anything else has to show
                // that it is; ASCII is its own bytes and need not be converted.
                let string = sys::string(self.as_ptr());
                if is_ascii_without_nul(string) {
                    return Ok(look(string));
                }
                // U+0080 to U+00FF start with C2 or C3, NUL with C0; what is above with more.
                if string.iter().any(|&byte| byte >= 0xC4) {
                    return Err(NotBytes);
                }
            }
            sys::byte_array(self.as_ptr()).map(look).ok_or(NotBytes)
        }
    }
}

/// Whether the value is a byte array, with or without a string.
///
/// # Safety
/// The value is alive.
unsafe fn is_byte_array_8(value: &Value) -> bool {
    /// The type of byte arrays, as an address: a constant of the Tcl library.
    static BYTE_ARRAY: OnceLock<usize> = OnceLock::new();
    let byte_array = *BYTE_ARRAY.get_or_init(|| {
        let sample = Value::bytes(b"x");
        // SAFETY: the sample is alive.
        unsafe { (*sample.as_ptr()).typePtr as usize }
    });
    // SAFETY: the caller's promise.
    unsafe { (*value.as_ptr()).typePtr as usize == byte_array }
}

impl Clone for Value {
    fn clone(&self) -> Self {
        // SAFETY: alive as long as `self` is.
        unsafe { Self::adopt(self.as_ptr()) }
    }
}

impl Drop for Value {
    fn drop(&mut self) {
        // SAFETY: gives back the share that was taken when this reference was made.
        unsafe { sys::tcl_DbDecrRefCount(self.as_ptr(), c"".as_ptr(), 0) };
    }
}

/// The empty string.
impl Default for Value {
    fn default() -> Self {
        Self::empty()
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.to_utf8_lossy())
    }
}

/// An integer, at most the largest that Tcl's wide integers have.
impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::integer(saturated(number))
    }
}

fn saturated(number: u64) -> i64 {
    number.try_into().unwrap_or(i64::MAX)
}

impl From<&CStr> for Value {
    fn from(text: &CStr) -> Self {
        Self::string(&text.to_string_lossy())
    }
}

/// UTF-8 to Tcl's variant of it; with `surrogates` to that of Tcl 8.6, which would keep a character
/// beyond U+FFFF as it is at first, but not find it equal to the same one made by a script.
fn to_tcl(text: &str, surrogates: bool) -> Cow<'_, [u8]> {
    /// The first byte of four, for a character beyond U+FFFF, is at least this.
    const FOUR_BYTES: u8 = 0xF0;
    let kept = |&byte: &u8| byte != 0 && (!surrogates || byte < FOUR_BYTES);
    if text.as_bytes().iter().all(kept) {
        return Cow::Borrowed(text.as_bytes());
    }
    let mut string = Vec::with_capacity(text.len() + text.len() / 2);
    for character in text.chars() {
        match u32::from(character) {
            0 => string.extend([0xC0, 0x80]),
            code @ 0x1_0000.. if surrogates => {
                let code = code - 0x1_0000;
                // Ten bits for each half, which has three bytes like any character below U+10000.
                for half in [0xD800 | (code >> 10), 0xDC00 | (code & 0x3FF)] {
                    let [_, _, high, low] = half.to_be_bytes();
                    let middle = (high & 0x0F) << 2 | low >> 6;
                    string.extend([0xE0 | high >> 4, 0x80 | middle, 0x80 | (low & 0x3F)]);
                }
            }
            _ => string.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    Cow::Owned(string)
}

/// Tcl's variant of UTF-8 to UTF-8 proper.
fn from_tcl(string: &[u8]) -> Result<Cow<'_, str>, LoneSurrogate> {
    if let Ok(text) = simdutf8::basic::from_utf8(string) {
        return Ok(Cow::Borrowed(text));
    }
    let mut text = String::with_capacity(string.len());
    let mut rest = string;
    while !rest.is_empty() {
        let valid = match std::str::from_utf8(rest) {
            Ok(valid) => valid,
            Err(error) => {
                // The bytes before the error were just found to be UTF-8.
                std::str::from_utf8(&rest[..error.valid_up_to()]).unwrap_or_default()
            }
        };
        text.push_str(valid);
        rest = &rest[valid.len()..];
        match *rest {
            [] => {}
            [0xC0, 0x80, ..] => {
                text.push('\0');
                rest = &rest[2..];
            }
            // A surrogate pair: ED A0..AF xx for the high half, ED B0..BF xx for the low one.
            [0xED, high @ 0xA0..=0xAF, high_end, 0xED, low @ 0xB0..=0xBF, low_end, ..] => {
                let half =
                    |byte: u8, end: u8| (u32::from(byte & 0x0F) << 6) | u32::from(end & 0x3F);
                let code = 0x1_0000 + (half(high, high_end) << 10) + half(low, low_end);
                text.push(char::from_u32(code).ok_or(LoneSurrogate)?);
                rest = &rest[6..];
            }
            _ => return Err(LoneSurrogate),
        }
    }
    Ok(Cow::Owned(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_beyond_tcls_integers_become_the_largest() {
        assert_eq!(saturated(0), 0);
        assert_eq!(saturated(i64::MAX as u64), i64::MAX);
        assert_eq!(saturated(i64::MAX as u64 + 1), i64::MAX);
        assert_eq!(saturated(u64::MAX), i64::MAX);
    }

    #[test]
    fn text_without_nul_is_passed_on_as_it_is() {
        let text = "grün 😀";
        assert!(matches!(to_tcl(text, false), Cow::Borrowed(bytes) if bytes == text.as_bytes()));
        assert!(matches!(to_tcl("grün €", true), Cow::Borrowed(_)));
    }

    #[test]
    fn nul_becomes_two_bytes_and_comes_back() {
        assert_eq!(&*to_tcl("a\0b\0", false), b"a\xC0\x80b\xC0\x80");
        assert_eq!(from_tcl(b"a\xC0\x80b\xC0\x80").unwrap(), "a\0b\0");
    }

    #[test]
    fn characters_beyond_16_bits_become_surrogates_for_tcl_86() {
        assert_eq!(&*to_tcl("<\u{1F600}>", true), b"<\xED\xA0\xBD\xED\xB8\x80>");
        for character in ['\u{10000}', '\u{103FF}', '\u{10400}', '\u{FFFFF}', '\u{10FFFF}'] {
            let text = character.to_string();
            assert_eq!(from_tcl(&to_tcl(&text, true)).unwrap(), text);
        }
    }

    #[test]
    fn surrogate_pairs_are_joined() {
        assert_eq!(from_tcl(b"<\xED\xA0\xBD\xED\xB8\x80>").unwrap(), "<\u{1F600}>");
        assert_eq!(from_tcl(b"\xED\xAF\xBF\xED\xBF\xBF").unwrap(), "\u{10FFFF}");
        assert_eq!(from_tcl("mixed \u{1F600}".as_bytes()).unwrap(), "mixed \u{1F600}");
    }

    #[test]
    fn a_lone_surrogate_is_refused_wherever_it_stands() {
        for string in [
            &b"\xED\xA0\xBD"[..],
            b"a\xED\xB8\x80b",
            b"\xED\xB8\x80\xED\xA0\xBD",
            b"\xED\xA0\xBD\xED\xA0\xBD\xED\xB8\x80",
            b"\xED\xA0\xBDx",
        ] {
            assert_eq!(from_tcl(string), Err(LoneSurrogate), "{string:x?}");
        }
    }
}
