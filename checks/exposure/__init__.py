"""Checks for what a site leaves lying about: files, listings and pages that give too much away."""
