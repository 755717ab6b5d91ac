"""Checks of what a site is: declared, reachable, retired."""
