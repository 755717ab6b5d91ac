"""What authorities publish: missing issuers, revocation lists, answers about certificates."""
