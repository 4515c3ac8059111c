//! Connections that are kept for further requests, and how many there are to one origin (RFC 9112
//! section 9.3).
//!
//! Whoever has a connection to an origin of the pool, or makes one, holds a [`Lease`]: dropping it
//! makes room for the next one who waits.

use std::{
    cell::{Cell, RefCell},
    collections::{HashMap, VecDeque},
    hash::{DefaultHasher, Hash, Hasher},
    rc::{Rc, Weak},
    time::{Duration, Instant},
};

use crate::{
    io::{Received, Stream},
    protocol::http::url::Url,
    tcl::{Interp, Soon, Timer},
};

/// The connections of an interpreter.
pub(crate) struct Pool {
    interp: Interp,
    limits: Cell<PoolLimits>,
    origins: RefCell<HashMap<Rc<Origin>, Connections>>,
    /// Closes those that nobody has used for long.
    sweep: RefCell<Option<Timer>>,
}

/// How much is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct PoolLimits {
    /// Connections to one origin, in use or not; `None`: as many as requests.
    pub(crate) connections: Option<u64>,
    /// How long a connection may be unused; `None`: as long as its server keeps it.
    pub(crate) idle: Option<Duration>,
}

impl PoolLimits {
    /// Whether there is no room for one more than so many connections.
    fn is_reached(self, count: usize) -> bool {
        self.connections.is_some_and(|limit| count as u64 >= limit)
    }
}

/// Which requests may share connections: those to the same server, by the same way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) scheme: String,
    /// The path, where it is a Unix domain socket; the port is 0 then.
    pub(crate) host: String,
    pub(crate) port: u16,
    /// The route, the name to verify, and the settings of the way, as text.
    way: Vec<String>,
    /// The hash of all that, which is long.
    hash: u64,
}

impl Origin {
    /// That of a URL which is reached by this `way`.
    pub(super) fn new(url: &Url, way: Vec<String>) -> Self {
        let zone = url.zone().map(|zone| format!("%{zone}")).unwrap_or_default();
        let (host, port) = match url.socket() {
            Some(path) => (path.to_string(), 0),
            None => (url.host().to_string() + &zone, url.port()),
        };
        let scheme = url.scheme_name().to_owned();
        let mut hasher = DefaultHasher::new();
        (&scheme, &host, port, &way).hash(&mut hasher);
        Self { scheme, host, port, way, hash: hasher.finish() }
    }
}

impl Hash for Origin {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.hash);
    }
}

/// The connections to one origin.
#[derive(Default)]
struct Connections {
    all: Vec<Rc<Entry>>,
    /// Those that nobody uses, the last one that was used at the end.
    idle: Vec<Idle>,
    waiting: VecDeque<Weak<Waiter>>,
}

/// What is known of a connection.
#[derive(Default)]
struct Entry {
    requests: Cell<u64>,
    idle_since: Cell<Option<Instant>>,
}

struct Idle {
    entry: Rc<Entry>,
    stream: Rc<Stream>,
}

/// A place among the connections to an origin.
pub(crate) struct Lease {
    pool: Weak<Pool>,
    origin: Rc<Origin>,
    entry: Rc<Entry>,
}

/// What was asked for.
pub(super) enum Grant {
    /// A connection that served other requests.
    Used(Lease, Rc<Stream>),
    /// The permission to connect.
    New(Lease),
}

impl Grant {
    /// The same, or, where the connection has ended or something has come on it, the permission to
    /// make another in its place.
    fn checked(self) -> Self {
        match self {
            Self::Used(lease, stream) if !is_quiet(&stream) => {
                stream.close();
                lease.entry.requests.set(0);
                Self::New(lease)
            }
            other => other,
        }
    }
}

/// A grant on its way to who waits for it. Where that is nobody any more, the next one gets the
/// connection.
struct Handover(Option<Grant>);

impl Handover {
    fn end(mut self, granted: Granted) {
        if let Some(grant) = self.0.take() {
            granted(grant.checked());
        }
    }
}

impl Drop for Handover {
    fn drop(&mut self) {
        if let Some(Grant::Used(lease, stream)) = self.0.take() {
            lease.keep(stream);
        }
    }
}

/// Who gets what was asked for, when there is room. Dropping it takes the wish back.
pub(super) struct Waiting(#[expect(dead_code, reason = "the queue has a weak share")] Rc<Waiter>);

type Granted = Box<dyn FnOnce(Grant)>;

struct Waiter {
    wants_new: bool,
    granted: Cell<Option<Granted>>,
    /// Hands the grant over.
    task: Cell<Option<Soon>>,
}

/// A connection as scripts see it.
pub(crate) struct Shown {
    pub(crate) origin: Rc<Origin>,
    /// How many requests it took.
    pub(crate) requests: u64,
    /// For how long nobody has used it; `None` while somebody does.
    pub(crate) idle: Option<Duration>,
}

impl Pool {
    pub(crate) fn new(interp: &Interp) -> Rc<Self> {
        Rc::new(Self {
            interp: interp.clone(),
            limits: Cell::default(),
            origins: RefCell::default(),
            sweep: RefCell::default(),
        })
    }

    /// Sets the limits. Those who wait may get what they want now.
    pub(crate) fn limit(self: &Rc<Self>, limits: PoolLimits) {
        if self.limits.replace(limits) == limits {
            return;
        }
        self.close_idle();
        let origins: Vec<_> = self.origins.borrow().keys().cloned().collect();
        origins.iter().for_each(|origin| self.serve(origin));
    }

    /// All connections, those to one origin together.
    pub(crate) fn shown(&self) -> Vec<Shown> {
        let origins = self.origins.borrow();
        let mut shown: Vec<_> = origins
            .iter()
            .flat_map(|(origin, connections)| {
                connections.all.iter().map(|entry| Shown {
                    origin: Rc::clone(origin),
                    requests: entry.requests.get(),
                    idle: entry.idle_since.get().map(|since| since.elapsed()),
                })
            })
            .collect();
        shown.sort_by(|a, b| {
            let place = |shown: &Shown| (shown.origin.host.clone(), shown.origin.port);
            place(a).cmp(&place(b))
        });
        shown
    }

    /// Asks for a connection to an origin: a new one, or any. Where there is no room, `granted` is
    /// called later, from the event loop.
    pub(super) fn ask(
        self: &Rc<Self>,
        origin: Origin,
        wants_new: bool,
        granted: impl FnOnce(Grant) + 'static,
    ) -> Result<Grant, Waiting> {
        let origin = self.known(origin);
        // Those who have waited come first.
        if !self.has_waiters(&origin)
            && let Some(grant) = self.grant(&origin, wants_new)
        {
            return Ok(grant);
        }
        let granted = Cell::new(Some(Box::new(granted) as Granted));
        let waiter = Rc::new(Waiter { wants_new, granted, task: Cell::default() });
        if let Some(connections) = self.origins.borrow_mut().get_mut(&origin) {
            connections.waiting.push_back(Rc::downgrade(&waiter));
        }
        Err(Waiting(waiter))
    }

    fn known(&self, origin: Origin) -> Rc<Origin> {
        let mut origins = self.origins.borrow_mut();
        if let Some((known, _)) = origins.get_key_value(&origin) {
            return Rc::clone(known);
        }
        let origin = Rc::new(origin);
        origins.insert(Rc::clone(&origin), Connections::default());
        origin
    }

    fn has_waiters(&self, origin: &Rc<Origin>) -> bool {
        let origins = self.origins.borrow();
        let waiting = origins.get(origin).map(|connections| &connections.waiting);
        waiting.is_some_and(|waiting| waiting.iter().any(|waiter| waiter.strong_count() > 0))
    }

    /// A connection, or the permission to make one; `None` where there is no room.
    fn grant(self: &Rc<Self>, origin: &Rc<Origin>, wants_new: bool) -> Option<Grant> {
        let lease = |entry| Lease { pool: Rc::downgrade(self), origin: Rc::clone(origin), entry };
        loop {
            let mut origins = self.origins.borrow_mut();
            let connections = origins.get_mut(origin)?;
            let is_full = self.limits.get().is_reached(connections.all.len());
            let idle = match wants_new {
                false => connections.idle.pop(),
                // The one that was unused for longest makes room.
                true if is_full && !connections.idle.is_empty() => Some(connections.idle.remove(0)),
                true => None,
            };
            let Some(Idle { entry, stream }) = idle else {
                if is_full {
                    return None;
                }
                let entry = Rc::new(Entry::default());
                connections.all.push(Rc::clone(&entry));
                return Some(Grant::New(lease(entry)));
            };
            drop(origins);
            entry.idle_since.set(None);
            stream.on_ready(|_| {});
            let lease = lease(entry);
            if !wants_new && is_quiet(&stream) {
                return Some(Grant::Used(lease, stream));
            }
            // Nobody waits who could get its place.
            stream.close();
            lease.forget();
        }
    }

    /// Gives those who wait for a connection to this origin what there is.
    fn serve(self: &Rc<Self>, origin: &Rc<Origin>) {
        loop {
            let waiter = {
                let mut origins = self.origins.borrow_mut();
                let Some(connections) = origins.get_mut(origin) else { return };
                connections.waiting.retain(|waiter| waiter.strong_count() > 0);
                let Some(waiter) = connections.waiting.front().and_then(Weak::upgrade) else {
                    if connections.all.is_empty() {
                        origins.remove(origin);
                    }
                    return;
                };
                waiter
            };
            let Some(grant) = self.grant(origin, waiter.wants_new) else { return };
            if let Some(connections) = self.origins.borrow_mut().get_mut(origin) {
                connections.waiting.pop_front();
            }
            if let Some(granted) = waiter.granted.take() {
                let handover = Handover(Some(grant));
                let task = Soon::new(&self.interp, move || handover.end(granted));
                waiter.task.set(Some(task));
            }
        }
    }

    /// Takes a connection out.
    fn remove(&self, origin: &Rc<Origin>, entry: &Rc<Entry>) -> Option<Idle> {
        let mut origins = self.origins.borrow_mut();
        let connections = origins.get_mut(origin)?;
        connections.all.retain(|other| !Rc::ptr_eq(other, entry));
        let idle = connections.idle.iter().position(|idle| Rc::ptr_eq(&idle.entry, entry));
        idle.map(|index| connections.idle.remove(index))
    }

    /// Drops a connection that nobody uses.
    fn close(self: &Rc<Self>, origin: &Rc<Origin>, entry: &Rc<Entry>) {
        let idle = self.remove(origin, entry);
        if let Some(Idle { stream, .. }) = idle {
            stream.close();
        }
        self.serve(origin);
    }

    /// Closes the connections that were not used for long, and comes back for the others.
    fn close_idle(self: &Rc<Self>) {
        let Some(limit) = self.limits.get().idle else { return };
        let now = Instant::now();
        let (mut due, mut next) = (Vec::new(), None);
        for (origin, connections) in self.origins.borrow().iter() {
            for Idle { entry, .. } in &connections.idle {
                let unused = entry.idle_since.get().map_or(limit, |since| now - since);
                match limit.checked_sub(unused).filter(|left| !left.is_zero()) {
                    None => due.push((Rc::clone(origin), Rc::clone(entry))),
                    Some(left) => next = Some(next.map_or(left, |next: Duration| next.min(left))),
                }
            }
        }
        due.iter().for_each(|(origin, entry)| self.close(origin, entry));
        let this = Rc::downgrade(self);
        self.sweep.replace(next.map(|next| {
            Timer::after(&self.interp, next, move || {
                if let Some(this) = this.upgrade() {
                    this.sweep.take();
                    this.close_idle();
                }
            })
        }));
    }
}

impl Lease {
    /// Counts a request.
    pub(super) fn count_request(&self) {
        self.entry.requests.update(|requests| requests + 1);
    }

    /// Keeps the connection for the next one who asks.
    pub(super) fn keep(self, stream: Rc<Stream>) {
        let (Some(pool), origin, entry) =
            (self.pool.upgrade(), Rc::clone(&self.origin), Rc::clone(&self.entry))
        else {
            return stream.close();
        };
        let limits = pool.limits.get();
        let is_too_many = {
            let origins = pool.origins.borrow();
            let count = origins.get(&origin).map_or(0, |connections| connections.all.len());
            limits.is_reached(count.saturating_sub(1))
        };
        if is_too_many {
            stream.close();
            return;
        }
        // What arrives while nobody has asked is nothing that could be used.
        let (watching, watched) = (Rc::downgrade(&pool), Rc::downgrade(&stream));
        let (its_origin, its_entry) = (Rc::clone(&origin), Rc::clone(&entry));
        stream.on_ready(move |_| {
            if let (Some(pool), Some(stream)) = (watching.upgrade(), watched.upgrade())
                && !is_quiet(&stream)
            {
                pool.close(&its_origin, &its_entry);
            }
        });
        stream.watch(true);
        entry.idle_since.set(Some(Instant::now()));
        if let Some(connections) = pool.origins.borrow_mut().get_mut(&origin) {
            connections.idle.push(Idle { entry, stream });
        }
        self.forget_lease();
        pool.serve(&origin);
        if pool.sweep.borrow().is_none() {
            pool.close_idle();
        }
    }

    /// The connection is the pool's now.
    fn forget_lease(mut self) {
        self.pool = Weak::new();
    }

    /// Gives the place up; nobody waits for it.
    fn forget(mut self) {
        if let Some(pool) = std::mem::take(&mut self.pool).upgrade() {
            pool.remove(&self.origin, &self.entry);
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(pool) = self.pool.upgrade() {
            pool.close(&self.origin, &self.entry);
        }
    }
}

/// Whether a connection that nobody uses is open, and nothing came but what belongs to TLS.
fn is_quiet(stream: &Stream) -> bool {
    loop {
        match stream.read() {
            Ok(Received::Nothing) => return !stream.has_more(),
            Ok(Received::Bytes { .. }) if !stream.has_more() => {}
            _ => return false,
        }
    }
}
