"""Web pages as they are on the wire, hop by hop."""
