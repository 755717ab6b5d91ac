"""The rule book of rasoat: one file per check, in a folder per topic."""

OWNER = "rasoat"
