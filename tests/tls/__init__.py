"""Readings, revocation, classes of suites, and the lab of TLS servers."""
