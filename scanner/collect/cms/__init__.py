"""Targeted requests for files that name a product or its version."""
