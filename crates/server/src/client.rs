//! Who asks: the address of a client, behind proxies that are trusted.

use axum::http::HeaderMap;
use serde::Deserialize;
use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;

/// An address with the bits of it that count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Subnet {
    first: u128,
    bits: u32,
    is_v4: bool,
}

/// Addresses as one number, of so many bits.
fn number(address: IpAddr) -> (u128, bool) {
    match address.to_canonical() {
        IpAddr::V4(address) => (u128::from(address.to_bits()), true),
        IpAddr::V6(address) => (address.to_bits(), false),
    }
}

const fn width(is_v4: bool) -> u32 {
    if is_v4 { 32 } else { 128 }
}

impl FromStr for Subnet {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let expected = || format!("`{text}`: expected an address or a network, such as 10.0.0.0/8 or fd00::/8");
        let (address, bits) = text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
        let (first, is_v4) = number(address.parse().map_err(|_| expected())?);
        let most = width(is_v4);
        let bits = bits.map_or(Ok(most), str::parse).map_err(|_| expected())?;
        if bits > most {
            return Err(expected());
        }
        Ok(Self { first, bits, is_v4 })
    }
}

impl TryFrom<String> for Subnet {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl Subnet {
    /// Whether an address is one of it.
    pub fn contains(&self, address: IpAddr) -> bool {
        let (other, is_v4) = number(address);
        let shift = width(is_v4) - self.bits.min(width(is_v4));
        is_v4 == self.is_v4 && (self.first ^ other).checked_shr(shift).unwrap_or(0) == 0
    }
}

/// Whoever a rate belongs to: an IPv4 address, or the network of 64 bits that one customer has of IPv6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Client(IpAddr);

impl Client {
    /// The client behind a connection. A proxy that is trusted appends to `X-Forwarded-For` whom it serves: the last address that is no
    /// such proxy is the client, and whatever stands before it anybody may have written.
    pub fn of(peer: IpAddr, headers: &HeaderMap, trusted: &[Subnet]) -> Self {
        let is_trusted = |address: IpAddr| trusted.iter().any(|subnet| subnet.contains(address));
        let mut client = peer;
        let lines: Vec<&str> =
            headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok()).collect();
        for hop in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
            if !is_trusted(client) {
                break;
            }
            let Ok(address) = hop.trim().parse() else { break };
            client = address;
        }
        Self(match client.to_canonical() {
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
            v4 @ IpAddr::V4(_) => v4,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", line.parse().expect("a value"));
        }
        let trusted: Vec<Subnet> = trusted.iter().map(|text| text.parse().expect("a network")).collect();
        Client::of(peer.parse().expect("an address"), &headers, &trusted).0.to_string()
    }

    #[test]
    fn nobody_but_a_trusted_proxy_says_who_asks() {
        assert_eq!(client("203.0.113.9", &["198.51.100.1"], &[]), "203.0.113.9");
        assert_eq!(client("10.0.0.2", &["198.51.100.1"], &["10.0.0.0/8"]), "198.51.100.1");
        assert_eq!(client("10.0.0.2", &["1.1.1.1, 198.51.100.1, 10.3.0.1"], &["10.0.0.0/8"]), "198.51.100.1");
        assert_eq!(client("10.0.0.2", &["1.1.1.1", "198.51.100.1"], &["10.0.0.0/8"]), "198.51.100.1");
        assert_eq!(client("10.0.0.2", &["nonsense"], &["10.0.0.0/8"]), "10.0.0.2");
        assert_eq!(client("::1", &["9.9.9.9"], &["::1", "127.0.0.1"]), "9.9.9.9");
    }

    #[test]
    fn a_customer_of_ipv6_has_a_network() {
        assert_eq!(client("2001:db8:1:2:3:4:5:6", &[], &[]), "2001:db8:1:2::");
        assert_eq!(client("::ffff:192.0.2.7", &[], &[]), "192.0.2.7");
    }

    #[test]
    fn networks_have_edges() {
        let inside = |network: &str, address: &str| {
            network.parse::<Subnet>().expect("a network").contains(address.parse().expect("an address"))
        };
        assert!(inside("192.168.4.0/22", "192.168.7.255") && !inside("192.168.4.0/22", "192.168.8.0"));
        assert!(inside("0.0.0.0/0", "8.8.8.8") && !inside("0.0.0.0/0", "2001:db8::1"));
        assert!(inside("::/0", "2001:db8::1") && inside("fd00::/8", "fdff::1"));
        for wrong in ["", "10.0.0.0/33", "fd00::/129", "10.0.0/8", "a", "10.0.0.0/-1"] {
            assert!(wrong.parse::<Subnet>().is_err(), "{wrong}");
        }
    }
}
