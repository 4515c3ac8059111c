//! The path `/ticks`: prices, ten times a second, as JSON such as
//! `{"cocoa":82.10,"coffee":120.35}`.

use std::{io::ErrorKind, net::TcpStream, time::Duration};

use tungstenite::{Error, Message, WebSocket};

const INTERVAL: Duration = Duration::from_millis(100);

const START: [(&str, f64); 3] = [("cocoa", 82.0), ("coffee", 118.0), ("tea", 100.0)];

/// Sends prices until the connection has ended, which is always an error. Messages are ignored.
pub(crate) fn ticks(mut websocket: WebSocket<TcpStream>) -> Result<(), Error> {
    websocket.get_ref().set_read_timeout(Some(INTERVAL))?;
    let mut market = Market::new();
    loop {
        match websocket.read() {
            Ok(_) => {}
            Err(Error::Io(error))
                if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) =>
            {
                websocket.send(Message::text(market.tick()))?;
            }
            Err(error) => return Err(error),
        }
    }
}

/// Prices that wander about where they started, the same way for every client.
struct Market {
    prices: [f64; START.len()],
    seed: u32,
}

impl Market {
    fn new() -> Self {
        Self { prices: START.map(|(_, price)| price), seed: 7 }
    }

    /// The next prices.
    fn tick(&mut self) -> String {
        for (price, (_, start)) in self.prices.iter_mut().zip(START) {
            // A linear congruential generator, with the constants of Numerical Recipes.
            self.seed = self.seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let chance = f64::from(self.seed >> 8) / f64::from(1 << 24) - 0.5;
            *price += 2.0 * chance + 0.03 * (start - *price);
        }
        let members: Vec<_> = self
            .prices
            .iter()
            .zip(START)
            .map(|(price, (name, _))| format!("\"{name}\":{price:.2}"))
            .collect();
        format!("{{{}}}", members.join(","))
    }
}
