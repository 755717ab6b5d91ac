"""rasoat: looks, keeps and runs. The rooms stand in docs/architecture.md."""

OWNER = "rasoat"
__version__ = "0.1.0"
