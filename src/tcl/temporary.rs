//! Files that are of no use once their process, or the interpreter that writes them, is gone. They
//! are deleted past Tcl then, so that no script runs.

use std::{
    ffi::c_void,
    fs,
    path::PathBuf,
    process,
    sync::{Mutex, Once, PoisonError},
};

use super::{guard::callback, sys};

/// Those of all threads, each with the process that made it: one that was forked off may exit while
/// its parent goes on.
static FILES: Mutex<Vec<(u32, PathBuf)>> = Mutex::new(Vec::new());

/// A file that is deleted when the process exits, unless this is dropped before.
pub(crate) struct Temporary(PathBuf);

impl Temporary {
    /// The one of this path, by which the system will know it when it is made.
    pub(crate) fn new(path: PathBuf) -> Self {
        /// Exit handlers belong to the process.
        static HANDLER: Once = Once::new();
        HANDLER.call_once(|| {
            // SAFETY: there is an interpreter, so the tables are there.
            unsafe { sys::tcl_CreateExitHandler(Some(delete_all), std::ptr::null_mut()) }
        });
        with_files(|files| files.push((process::id(), path.clone())));
        Self(path)
    }

    /// Deletes the file, which has just been made, if the process has begun to exit meanwhile.
    pub(crate) fn delete_if_exiting(&self) {
        if with_files(|files| files.iter().all(|(_, path)| *path != self.0)) {
            self.delete();
        }
    }

    /// Deletes the file, if it is there and that can be done.
    pub(crate) fn delete(&self) {
        let _ = fs::remove_file(&self.0);
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        with_files(|files| {
            let index = files.iter().position(|(_, path)| *path == self.0);
            index.map(|index| files.swap_remove(index))
        });
    }
}

fn with_files<R>(call: impl FnOnce(&mut Vec<(u32, PathBuf)>) -> R) -> R {
    call(&mut FILES.lock().unwrap_or_else(PoisonError::into_inner))
}

callback! {
    silent fn delete_all(_data: *mut c_void) {
        let here = process::id();
        for (process, path) in with_files(std::mem::take) {
            if process == here {
                let _ = fs::remove_file(path);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcl::testing::run;

    #[test]
    fn what_is_dropped_is_left_alone() {
        run(|_| {
            let path = |name: &str| {
                let path = std::env::temp_dir().join(format!("www-{name}-{}", process::id()));
                fs::write(&path, name).unwrap();
                path
            };
            let (kept, deleted) = (path("kept"), path("deleted"));
            drop(Temporary::new(kept.clone()));
            let temporary = Temporary::new(deleted.clone());
            temporary.delete_if_exiting();
            assert!(deleted.exists());
            assert!(with_files(|files| files.iter().any(|(_, path)| *path == deleted)));
            assert!(!with_files(|files| files.iter().any(|(_, path)| *path == kept)));
            temporary.delete();
            assert!(kept.exists() && !deleted.exists());
            fs::remove_file(kept).unwrap();
        });
    }
}
