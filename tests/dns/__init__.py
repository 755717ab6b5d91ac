"""Tests of names: zones, name servers, DNSSEC, policies."""
