"""Checks of what a page loads and asks for."""
