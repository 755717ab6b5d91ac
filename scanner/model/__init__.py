"""The nouns every room shares: frozen dataclasses, tuples, aware UTC times; standard library only."""
