//! Looks host names up. The system's resolver may take long over one, and nothing can interrupt it,
//! so that it is asked in threads of their own: few of them, shared by the whole process. Nobody
//! waits for their end, and they end when there is nothing to look up.

use std::{
    collections::VecDeque,
    io,
    net::{SocketAddr, ToSocketAddrs},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
};

/// How many threads ask the system at most. Names that are found are found in milliseconds, so that
/// these are plenty; they are all busy only where name servers keep quiet.
const MAX_THREADS: usize = 16;

/// How many of them look the same name up at most, so that one whose name server keeps quiet leaves
/// room for others.
const MAX_THREADS_FOR_NAME: usize = 4;

/// The addresses of a name, in the order of the system's resolver (RFC 6724); at least one.
pub(crate) type Answer = io::Result<Vec<SocketAddr>>;

/// Looks a name up, and hands the answer to `reply`, in another thread or before this returns.
/// Where many names are looked up, it has to wait for its turn.
pub(crate) fn look_up(
    name: &str,
    port: u16,
    reply: impl FnOnce(Answer) + Send + 'static,
) -> LookUp {
    static SYSTEM: Resolver = Resolver::new(ask_system);
    SYSTEM.look_up(name, port, reply)
}

/// Asks the system's resolver. Blocks as long as that takes.
pub(super) fn ask_system(name: &str, port: u16) -> Answer {
    let addresses = Vec::from_iter((name, port).to_socket_addrs()?);
    match addresses.is_empty() {
        true => Err(io::Error::other("no address for this name")),
        false => Ok(addresses),
    }
}

/// A name that is being looked up, or waits for its turn. Dropping it gives the turn up; an answer
/// that is under way already may still come.
pub(crate) struct LookUp {
    resolver: &'static Resolver,
    number: u64,
}

impl Drop for LookUp {
    fn drop(&mut self) {
        let query = self.resolver.queue().remove(self.number);
        // The queue is free again, whatever the end of the query does.
        drop(query);
    }
}

struct Resolver {
    ask: fn(&str, u16) -> Answer,
    queue: Mutex<Queue>,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Query>,
    /// What the threads look up.
    running: Vec<String>,
    threads: usize,
    next_number: u64,
}

struct Query {
    number: u64,
    name: String,
    port: u16,
    reply: Box<dyn FnOnce(Answer) + Send>,
}

impl Resolver {
    const fn new(ask: fn(&str, u16) -> Answer) -> Self {
        let waiting = VecDeque::new();
        let queue = Queue { waiting, running: Vec::new(), threads: 0, next_number: 0 };
        Self { ask, queue: Mutex::new(queue) }
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look_up(
        &'static self,
        name: &str,
        port: u16,
        reply: impl FnOnce(Answer) + Send + 'static,
    ) -> LookUp {
        let mut queue = self.queue();
        let number = queue.add(name, port, Box::new(reply));
        let has_room = queue.threads < MAX_THREADS;
        queue.threads += usize::from(has_room);
        drop(queue);
        if has_room {
            let thread = thread::Builder::new().name("resolver".to_owned());
            if let Err(error) = thread.spawn(|| self.work()) {
                self.report(number, error);
            }
        }
        LookUp { resolver: self, number }
    }

    /// A thread for this query could not be started. Others may still come to it, if there are any.
    fn report(&self, number: u64, error: io::Error) {
        let mut queue = self.queue();
        queue.threads -= 1;
        let query = if queue.threads == 0 { queue.remove(number) } else { None };
        drop(queue);
        if let Some(query) = query {
            (query.reply)(Err(error));
        }
    }

    /// What a thread does: looks up what waits, until nothing does.
    fn work(&self) {
        loop {
            let Some(Query { name, port, reply, .. }) = self.queue().start_next() else { return };
            let answer = catch_unwind(AssertUnwindSafe(|| (self.ask)(&name, port)));
            self.queue().finish(&name);
            reply(answer.unwrap_or_else(|_| Err(io::Error::other("the resolver failed"))));
        }
    }
}

impl Queue {
    /// Has a name wait to be looked up.
    fn add(&mut self, name: &str, port: u16, reply: Box<dyn FnOnce(Answer) + Send>) -> u64 {
        let number = self.next_number;
        self.next_number += 1;
        self.waiting.push_back(Query { number, name: name.to_owned(), port, reply });
        number
    }

    /// Takes the next one out, for the calling thread to look it up, which ends where there is
    /// none.
    fn start_next(&mut self) -> Option<Query> {
        let threads_for =
            |name: &String| self.running.iter().filter(|running| *running == name).count();
        let next =
            self.waiting.iter().position(|query| threads_for(&query.name) < MAX_THREADS_FOR_NAME);
        let query = next.and_then(|next| self.waiting.remove(next));
        match &query {
            Some(query) => self.running.push(query.name.clone()),
            None => self.threads -= 1,
        }
        query
    }

    /// The calling thread has looked the name up.
    fn finish(&mut self, name: &str) {
        if let Some(place) = self.running.iter().position(|running| running == name) {
            self.running.swap_remove(place);
        }
    }

    /// Takes one out that still waits.
    fn remove(&mut self, number: u64) -> Option<Query> {
        let place = self.waiting.iter().position(|query| query.number == number)?;
        self.waiting.remove(place)
    }
}

#[cfg(test)]
mod tests {
    use std::{
        collections::HashSet,
        net::Ipv4Addr,
        sync::{
            Condvar,
            mpsc::{self, Receiver, RecvTimeoutError, Sender},
        },
        time::Duration,
    };

    use super::*;

    /// Far more than any of this takes.
    const PATIENCE: Duration = Duration::from_secs(30);

    /// Names that hang until they are let go, and those that were asked for.
    #[derive(Default)]
    struct Hanging {
        asked: Mutex<(Vec<String>, HashSet<String>)>,
        changed: Condvar,
    }

    impl Hanging {
        fn ask(&self, name: &str, port: u16) -> Answer {
            let mut state = self.asked.lock().unwrap();
            state.0.push(name.to_owned());
            self.changed.notify_all();
            while name.starts_with("hung") && !state.1.contains(name) {
                state = self.changed.wait(state).unwrap();
            }
            drop(state);
            assert_ne!(name, "panic");
            Ok(vec![(Ipv4Addr::LOCALHOST, port).into()])
        }

        fn let_go(&self, name: &str) {
            self.asked.lock().unwrap().1.insert(name.to_owned());
            self.changed.notify_all();
        }

        fn asked(&self) -> Vec<String> {
            self.asked.lock().unwrap().0.clone()
        }

        fn wait_asked(&self, count: usize) {
            let state = self.asked.lock().unwrap();
            let in_vain = self
                .changed
                .wait_timeout_while(state, PATIENCE, |state| state.0.len() < count)
                .unwrap()
                .1
                .timed_out();
            assert!(!in_vain, "{count} are not asked for");
        }
    }

    /// A resolver of its own for a test, and what its names hang on.
    macro_rules! hanging {
        () => {{
            static HANGING: std::sync::LazyLock<Hanging> =
                std::sync::LazyLock::new(Hanging::default);
            static RESOLVER: Resolver = Resolver::new(|name, port| HANGING.ask(name, port));
            (&RESOLVER, &*HANGING)
        }};
    }

    fn look_up(
        resolver: &'static Resolver,
        name: &str,
        answers: &Sender<(String, Answer)>,
    ) -> LookUp {
        let (answers, own) = (answers.clone(), name.to_owned());
        resolver.look_up(name, 80, move |answer| {
            // Nobody may be there any more.
            let _ = answers.send((own, answer));
        })
    }

    fn next(answers: &Receiver<(String, Answer)>) -> String {
        let (name, answer) = answers.recv_timeout(PATIENCE).unwrap();
        assert_eq!(answer.unwrap(), [(Ipv4Addr::LOCALHOST, 80).into()]);
        name
    }

    fn wait_idle(resolver: &Resolver) {
        for _ in 0..3000 {
            if resolver.queue().threads == 0 {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("threads do not end");
    }

    #[test]
    fn names_are_looked_up() {
        let (sender, answers) = mpsc::channel();
        let _look_up = super::look_up("localhost", 80, move |answer| sender.send(answer).unwrap());
        let addresses = answers.recv_timeout(PATIENCE).unwrap().unwrap();
        assert!(addresses.iter().all(|address| address.ip().is_loopback() && address.port() == 80));
        assert!(!addresses.is_empty());
    }

    #[test]
    fn threads_are_few_and_end() {
        let (resolver, hanging) = hanging!();
        let (sender, answers) = mpsc::channel();
        let names: Vec<_> = (0..60).map(|number| format!("hung{number}")).collect();
        let look_ups: Vec<_> = names.iter().map(|name| look_up(resolver, name, &sender)).collect();
        hanging.wait_asked(MAX_THREADS);
        {
            let queue = resolver.queue();
            assert_eq!((queue.threads, queue.running.len()), (MAX_THREADS, MAX_THREADS));
            assert_eq!(queue.waiting.len(), 60 - MAX_THREADS);
        }
        names.iter().for_each(|name| hanging.let_go(name));
        let answered: HashSet<_> = (0..60).map(|_| next(&answers)).collect();
        assert_eq!(answered, names.into_iter().collect());
        wait_idle(resolver);
        drop(look_ups);
    }

    #[test]
    fn whoever_gives_up_has_no_turn() {
        let (resolver, hanging) = hanging!();
        let (sender, answers) = mpsc::channel();
        let names: Vec<_> = (0..MAX_THREADS).map(|number| format!("hung{number}")).collect();
        let hung: Vec<_> = names.iter().map(|name| look_up(resolver, name, &sender)).collect();
        hanging.wait_asked(MAX_THREADS);
        let given_up: Vec<_> = (0..20).map(|_| look_up(resolver, "given up", &sender)).collect();
        let last = look_up(resolver, "last", &sender);
        drop(given_up);
        assert_eq!(resolver.queue().waiting.len(), 1);
        hanging.let_go("hung3");
        assert_eq!((next(&answers), next(&answers)), ("hung3".to_owned(), "last".to_owned()));
        assert!(!hanging.asked().contains(&"given up".to_owned()));
        drop((hung, last));
        names.iter().for_each(|name| hanging.let_go(name));
        wait_idle(resolver);
    }

    #[test]
    fn a_name_that_hangs_leaves_room_for_others() {
        let (resolver, hanging) = hanging!();
        let (sender, answers) = mpsc::channel();
        let hung: Vec<_> = (0..60).map(|_| look_up(resolver, "hung", &sender)).collect();
        hanging.wait_asked(MAX_THREADS_FOR_NAME);
        let other = look_up(resolver, "other", &sender);
        assert_eq!(next(&answers), "other");
        assert_eq!(answers.recv_timeout(Duration::ZERO).err(), Some(RecvTimeoutError::Timeout));
        hanging.let_go("hung");
        (0..60).for_each(|_| assert_eq!(next(&answers), "hung"));
        wait_idle(resolver);
        drop((hung, other));
    }

    #[test]
    fn a_panic_costs_no_thread() {
        let (resolver, _) = hanging!();
        let (sender, answers) = mpsc::channel();
        let look_ups: Vec<_> = (0..20).map(|_| look_up(resolver, "panic", &sender)).collect();
        for _ in 0..20 {
            let (_, answer) = answers.recv_timeout(PATIENCE).unwrap();
            assert_eq!(answer.unwrap_err().to_string(), "the resolver failed");
        }
        let good = look_up(resolver, "good", &sender);
        assert_eq!(next(&answers), "good");
        wait_idle(resolver);
        drop((look_ups, good));
    }
}
