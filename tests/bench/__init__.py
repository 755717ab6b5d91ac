"""Measurements, never verdicts: `make bench` prints figures and ratios of one run."""
