//! Runs the corpora of the fuzz targets as tests, without nightly Rust: an error that fuzzing found
//! once does not return.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

#[path = "../fuzz/src/lib.rs"]
pub mod fuzz;

macro_rules! targets {
    ($($target:ident)*) => {
        const TARGETS: &[&str] = &[$(stringify!($target)),*];

        $(#[test]
        fn $target() {
            replay(stringify!($target), fuzz::$target::check);
        })*
    };
}

targets! {
    acceptance authentication compress content cookies decompress extensions files frames request
    response url
}

#[test]
fn every_target_with_a_corpus_is_here() {
    let names = inputs(&corpus()).into_iter().map(|path| name(&path));
    assert_eq!(names.collect::<BTreeSet<_>>(), TARGETS.iter().map(ToString::to_string).collect());
}

fn replay(target: &str, check: fn(&[u8])) {
    for path in inputs(&corpus().join(target)) {
        // Shown if the check fails.
        println!("{}", path.display());
        check(&fs::read(&path).unwrap());
    }
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus")
}

/// The files in the folder, of which there is at least one.
fn inputs(folder: &Path) -> Vec<PathBuf> {
    let files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(!files.is_empty(), "nothing in {}", folder.display());
    files
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}
