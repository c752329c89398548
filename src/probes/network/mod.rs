//! Proxy, DNS, TLS, clock.
