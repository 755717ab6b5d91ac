"""Our own prober of TLS: raw hellos out, the first flight of the server in, facts left behind."""
