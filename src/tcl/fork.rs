//! Whether the process was forked, known without a system call.

use std::{
    io,
    sync::{
        OnceLock,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
};

use super::guard::callback;

/// How many forks lie between the process that loaded the library and this one.
static GENERATION: AtomicU32 = AtomicU32::new(0);

/// Whether this process was forked off or has forked.
static HAS_FORKED: AtomicBool = AtomicBool::new(false);

/// Takes note of forks from now on.
///
/// Errors where the system has no memory for that.
pub(super) fn notice() -> io::Result<()> {
    static CODE: OnceLock<i32> = OnceLock::new();
    // SAFETY: the library is never unloaded, and both only set a number.
    let begin = || unsafe { libc::pthread_atfork(Some(about_to_fork), None, Some(forked_off)) };
    match *CODE.get_or_init(begin) {
        0 => Ok(()),
        code => Err(io::Error::from_raw_os_error(code)),
    }
}

/// A number that is another one in a process that was forked off.
pub(super) fn generation() -> u32 {
    GENERATION.load(Ordering::Relaxed)
}

/// Whether another process may have the same files open.
pub(super) fn has_forked() -> bool {
    HAS_FORKED.load(Ordering::Relaxed)
}

callback! {
    silent fn about_to_fork() {
        HAS_FORKED.store(true, Ordering::Relaxed);
    }
}

callback! {
    silent fn forked_off() {
        GENERATION.fetch_add(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::{env, process::Command};

    use super::*;

    /// In a process of its own, which has no Tcl: in a process that was forked off while a thread
    /// of the notifier of Tcl 8.6 waits, Tcl waits for that thread, which is not there.
    #[test]
    fn both_processes_know_and_the_child_has_another_number() {
        let output = Command::new(env::args_os().next().unwrap())
            .args(["--exact", "tcl::fork::tests::forks", "--ignored"])
            .output()
            .unwrap();
        let printed = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && printed.contains(" 1 passed"), "{printed}");
    }

    #[test]
    #[ignore = "run by both_processes_know_and_the_child_has_another_number"]
    fn forks() {
        notice().unwrap();
        let before = generation();
        // SAFETY: the child does nothing but end.
        let status = unsafe {
            let child = libc::fork();
            if child == 0 {
                libc::_exit(i32::from(generation() != before + 1 || !has_forked()));
            }
            let mut status = 0;
            assert_eq!(libc::waitpid(child, &raw mut status, 0), child);
            status
        };
        assert_eq!(status, 0);
        assert!(generation() == before && has_forked());
    }
}
