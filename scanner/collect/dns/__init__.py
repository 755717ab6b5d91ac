"""Names to addresses, through our own stub resolver."""
