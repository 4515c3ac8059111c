//! The speed of the sans-I/O core: masking, parsing frames, checking UTF-8, deflate, content
//! codings. A copy of as many bytes is measured, too, as the limit that memory sets; `make
//! bench-core` runs this and shows each speed as a share of that of the copy.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use www_websocket::protocol::{
    http::coding::{Decoder, PIECE},
    websocket::{
        Header, Opcode, Receiver, Role, Rsv,
        deflate::{Agreed, Compressor, Decompressor, Level},
        frame,
        utf8::Utf8Validator,
    },
};
use zlib_rs::{Deflate, DeflateFlush};

const KEY: [u8; 4] = [0x37, 0xFA, 0x21, 0x3D];

/// The most bytes that one read from a socket returns, here as in the driver.
const CHUNK: usize = 64 << 10;

/// The amounts of bytes: one that fits the fastest caches, and one that fits none.
const AMOUNTS: [(&str, usize); 2] = [("64 KiB", 64 << 10), ("16 MiB", 16 << 20)];

fn main() {
    let mut criterion = Criterion::default().sample_size(30).configure_from_args();
    for (name, length) in AMOUNTS {
        bytes(&mut criterion, name, length);
    }
    deflate(&mut criterion);
    codings(&mut criterion);
    criterion.final_summary();
}

fn bytes(criterion: &mut Criterion, name: &str, length: usize) {
    let ascii = vec![b'a'; length];
    let mixed: Vec<u8> = "Grüße, 世界! ".bytes().cycle().take(length).collect();
    let mut target = vec![0; length];
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Bytes(length as u64));

    group.bench_function("copy", |bencher| {
        bencher.iter(|| black_box(&mut target).copy_from_slice(black_box(&ascii)));
    });

    let header = header(Role::Client, Opcode::Binary, length);
    let mut frame = Vec::with_capacity(frame::encoded_len(Role::Client, length));
    group.bench_function("encode and mask a frame", |bencher| {
        bencher.iter(|| {
            frame.clear();
            frame::encode(&header, black_box(&ascii), |bytes| frame.extend_from_slice(bytes));
            black_box(&mut frame);
        });
    });

    for (us, masked) in [(Role::Client, ""), (Role::Server, "masked ")] {
        let frame = |opcode, payload: &[u8]| frame_of(us.peer(), opcode, payload);
        let texts = frame(Opcode::Text, &[b'a'; 125]).repeat(length.div_ceil(127));
        let messages = [
            (format!("receive {masked}125 B texts"), texts),
            (format!("receive a {masked}binary"), frame(Opcode::Binary, &ascii)),
            (format!("receive a {masked}text"), frame(Opcode::Text, &ascii)),
        ];
        for (name, input) in messages {
            group.bench_function(name, |bencher| bencher.iter(|| receive(us, black_box(&input))));
        }
    }

    let texts = [("check ASCII", &ascii), ("check mixed UTF-8", &mixed)];
    for (name, text) in texts {
        group.bench_function(name, |bencher| {
            bencher.iter(|| Utf8Validator::new().push(black_box(text)).is_ok());
        });
    }
    group.finish();
}

/// The header of a frame that `sender` sends.
fn header(sender: Role, opcode: Opcode, length: usize) -> Header {
    let mask = (sender == Role::Client).then_some(KEY);
    Header { fin: true, rsv: Rsv::NONE, opcode, mask, length: length as u64 }
}

/// A frame as `sender` sends it.
fn frame_of(sender: Role, opcode: Opcode, payload: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let header = header(sender, opcode, payload.len());
    frame::encode(&header, payload, |part| bytes.extend_from_slice(part));
    bytes
}

/// Receives all messages, in chunks as from a socket, and counts their bytes.
fn receive(us: Role, input: &[u8]) -> usize {
    let mut receiver = Receiver::<Vec<u8>>::new(us, None);
    let mut received = 0;
    for mut chunk in input.chunks(CHUNK) {
        while let Some(message) = receiver.receive(&mut chunk).expect("a message") {
            received += message.payload.len();
        }
    }
    received
}

fn deflate(criterion: &mut Criterion) {
    let messages = orders(4096);
    let agreed = Agreed::default();
    let (level, threshold) = (Level::default(), Compressor::DEFAULT_THRESHOLD);
    let compressor = || Compressor::new(Role::Client, &agreed, level, threshold);
    let mut buffer = Vec::new();
    let mut group = criterion.benchmark_group("4 KiB JSON");
    group.throughput(Throughput::Bytes((messages.len() * messages[0].len()) as u64));

    let mut endless = compressor();
    group.bench_function("compress", |bencher| {
        bencher.iter(|| {
            for message in &messages {
                black_box(endless.compress(black_box(message), &mut buffer));
            }
        });
    });

    let mut fresh = compressor();
    let compressed: Vec<Vec<u8>> = messages
        .iter()
        .map(|message| fresh.compress(message, &mut buffer).expect("a gain").to_vec())
        .collect();
    group.bench_function("decompress", |bencher| {
        bencher.iter(|| {
            // What was compressed refers to the messages before, so the window must begin empty.
            let mut decompressor = Decompressor::new(Role::Server, &agreed);
            for message in &compressed {
                black_box(decompressor.decompress(black_box(message), None, &mut buffer).is_ok());
            }
        });
    });
    group.finish();
}

fn codings(criterion: &mut Criterion) {
    let content = orders(100 << 10).swap_remove(0);
    let mut gzip = vec![0; content.len()];
    // As zlib-rs has it, 16 stands for the format of gzip.
    let mut deflate = Deflate::new(6, true, 16 + 15);
    deflate.compress(&content, &mut gzip, DeflateFlush::Finish).expect("less");
    gzip.truncate(deflate.total_out() as usize);
    let mut zstd = vec![0; content.len()];
    let length = zstd_safe::compress(&mut zstd[..], &content, 3).expect("less");
    zstd.truncate(length);
    // Of the same content, by the reference implementation at quality 5.
    let brotli = include_bytes!("orders.json.br").to_vec();

    let mut buffer = vec![0; PIECE];
    let mut group = criterion.benchmark_group("100 KiB JSON");
    group.throughput(Throughput::Bytes(content.len() as u64));
    for (coding, body) in [("gzip", gzip), ("br", brotli), ("zstd", zstd)] {
        let headers = [("Content-Encoding", coding)].into_iter().collect();
        group.bench_function(format!("decode {coding}"), |bencher| {
            bencher.iter(|| {
                let mut decoder = Decoder::for_headers(&headers);
                let (mut input, mut length) = (black_box(&body[..]), 0);
                while let Some(piece) = decoder.decode(&mut input, &mut buffer).expect("valid") {
                    length += black_box(piece).len();
                }
                assert_eq!((length, decoder.finish()), (content.len(), Ok(())));
            });
        });
    }
    group.finish();
}

/// Messages as an exchange might send them, of `length` bytes each, together more than a window.
fn orders(length: usize) -> Vec<Vec<u8>> {
    let mut state = 7692_u32;
    let mut next = |limit: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % limit
    };
    let mut order = || {
        let symbol = ["ACME", "GLOBEX", "INITECH", "UMBRELLA"][next(4) as usize];
        format!(
            r#"{{"id": {}, "symbol": "{symbol}", "price": {}.{:02}, "quantity": {}}}, "#,
            next(10_000_000),
            next(300),
            next(100),
            next(500),
        )
    };
    let mut message = || {
        let mut text = String::from("[");
        while text.len() < length {
            text += &order();
        }
        text.into_bytes()[..length].to_vec()
    };
    (0..16).map(|_| message()).collect()
}
