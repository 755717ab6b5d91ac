"""Pure: bytes and text -> types. Every parser gives a value or one typed error, never a surprise."""
