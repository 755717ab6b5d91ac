"""Targeted requests for files that name a product; empty until a check asks for one."""
