//! How far the contents of a request and of its response have come, and telling that from time to
//! time.

use std::{
    cell::Cell,
    rc::Rc,
    time::{Duration, Instant},
};

use super::{
    error::Error,
    request::{Direction, Progress},
};

/// How often it is told at most: more often than that, nobody sees it.
const INTERVAL: Duration = Duration::from_millis(100);

/// What is told to whom.
pub(super) struct Meter {
    progress: Rc<dyn Progress>,
    up: Count,
    down: Count,
}

/// One direction.
#[derive(Default)]
struct Count {
    bytes: Cell<u64>,
    total: Cell<Option<u64>>,
    /// When it was last told, or has begun.
    told: Cell<Option<Instant>>,
}

impl Meter {
    pub(super) fn new(progress: Rc<dyn Progress>) -> Self {
        Self { progress, up: Count::default(), down: Count::default() }
    }

    /// Content begins, of this length if that is known. It may be that of another try.
    pub(super) fn begin(&self, way: Direction, total: Option<u64>) {
        let count = self.count(way);
        count.bytes.set(0);
        count.total.set(total);
        count.told.set(Some(Instant::now()));
    }

    /// So many bytes more have gone.
    pub(super) fn add(&self, way: Direction, bytes: u64) {
        self.count(way).bytes.update(|count| count + bytes);
    }

    /// Tells how many, if that was not told a moment ago.
    pub(super) fn tell(&self, way: Direction) -> Result<(), Error> {
        let count = self.count(way);
        let now = Instant::now();
        if count.told.get().is_some_and(|told| now.duration_since(told) < INTERVAL) {
            return Ok(());
        }
        count.told.set(Some(now));
        self.finish(way)
    }

    /// Tells how many, at the end.
    pub(super) fn finish(&self, way: Direction) -> Result<(), Error> {
        let count = self.count(way);
        self.progress.tell(way, count.bytes.get(), count.total.get())
    }

    fn count(&self, way: Direction) -> &Count {
        match way {
            Direction::Up => &self.up,
            Direction::Down => &self.down,
        }
    }
}
