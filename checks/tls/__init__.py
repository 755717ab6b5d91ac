"""Checks on certificates and on what a server offers in TLS."""
