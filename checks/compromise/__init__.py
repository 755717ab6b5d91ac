"""Checks for signs that a site was taken over."""
