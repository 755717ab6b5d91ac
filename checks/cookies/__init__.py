"""Checks of cookies."""
