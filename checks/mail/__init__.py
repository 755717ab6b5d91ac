"""Checks of mail authentication."""
