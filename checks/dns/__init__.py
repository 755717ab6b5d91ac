"""Checks of names, name servers and DNSSEC."""
