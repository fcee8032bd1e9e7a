//! How often one client may ask: a bucket of requests that fills again, for each of a bounded number of clients.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::client::Client;

/// Clients that are remembered. A client whose bucket is full again needs no memory.
const MOST_CLIENTS: usize = 1 << 16;

/// Requests that clients have left.
pub struct Rate {
    per_second: u32,
    burst: u32,
    buckets: Mutex<HashMap<Client, Bucket>>,
}

#[derive(Clone, Copy)]
struct Bucket {
    requests: f64,
    at: Instant,
}

impl Rate {
    /// So many requests a second on average, and so many at once.
    pub fn new(per_second: u32, burst: u32) -> Self {
        Self { per_second, burst, buckets: Mutex::default() }
    }

    /// Takes a request from the bucket of a client, or says after how many seconds there is one.
    ///
    /// # Errors
    /// With the seconds to wait.
    pub fn take(&self, client: Client, now: Instant) -> Result<(), u32> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST_CLIENTS && !buckets.contains_key(&client) {
            self.forget(&mut buckets, now);
        }
        let full = Bucket { requests: f64::from(self.burst), at: now };
        let bucket = buckets.entry(client).or_insert(full);
        *bucket = self.filled(*bucket, now);
        if bucket.requests < 1.0 {
            let seconds = (1.0 - bucket.requests) / f64::from(self.per_second.max(1));
            return Err((seconds.ceil() as u32).max(1));
        }
        bucket.requests -= 1.0;
        Ok(())
    }

    fn filled(&self, bucket: Bucket, now: Instant) -> Bucket {
        let passed = now.saturating_duration_since(bucket.at).as_secs_f64();
        let requests = (bucket.requests + passed * f64::from(self.per_second)).min(f64::from(self.burst));
        Bucket { requests, at: now }
    }

    /// Makes room: clients whose bucket is full again; if there are none, everybody who was quiet for a second; at last everybody.
    fn forget(&self, buckets: &mut HashMap<Client, Bucket>, now: Instant) {
        buckets.retain(|_, bucket| self.filled(*bucket, now).requests < f64::from(self.burst));
        if buckets.len() >= MOST_CLIENTS {
            buckets.retain(|_, bucket| now.saturating_duration_since(bucket.at) < Duration::from_secs(1));
        }
        if buckets.len() >= MOST_CLIENTS {
            buckets.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderMap;
    use std::net::{IpAddr, Ipv4Addr};

    fn client(number: u32) -> Client {
        Client::of(IpAddr::V4(Ipv4Addr::from_bits(number)), &HeaderMap::new(), &[])
    }

    #[test]
    fn a_bucket_empties_and_fills_again() {
        let rate = Rate::new(2, 3);
        let start = Instant::now();
        let after = |milliseconds| start + Duration::from_millis(milliseconds);
        assert_eq!([0, 0, 0, 0].map(|at| rate.take(client(1), after(at))), [Ok(()), Ok(()), Ok(()), Err(1)]);
        assert_eq!(rate.take(client(2), after(0)), Ok(()), "another client has a bucket of its own");
        assert_eq!([400, 500, 600].map(|at| rate.take(client(1), after(at))), [Err(1), Ok(()), Err(1)]);
        assert_eq!([9000; 4].map(|at| rate.take(client(1), after(at))), [Ok(()), Ok(()), Ok(()), Err(1)]);
    }

    #[test]
    fn memory_is_bounded_whoever_asks() {
        let rate = Rate::new(1, 2);
        let start = Instant::now();
        for number in 0..3 * MOST_CLIENTS as u32 {
            assert_eq!(rate.take(client(number), start), Ok(()));
        }
        assert!(rate.buckets.lock().expect("no panic").len() <= MOST_CLIENTS);
    }
}
