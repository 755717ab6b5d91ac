"""Checks of transport, redirects and security headers."""
