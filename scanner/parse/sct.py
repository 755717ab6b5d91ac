"""Lists of signed certificate timestamps (RFC 6962 section 3.3): how many, and of which logs."""

LOG_ID_BYTES = 32
LIMIT = 50


def log_ids(data: bytes) -> tuple[str, ...]:
    """The logs that signed, in hex, each once. A damaged list gives those before the damage."""
    found: list[str] = []
    end = min(len(data), 2 + int.from_bytes(data[:2], "big"))
    at = 2
    while at + 2 <= end and len(found) < LIMIT:
        size = int.from_bytes(data[at : at + 2], "big")
        entry = data[at + 2 : at + 2 + size]
        if at + 2 + size > end or size <= LOG_ID_BYTES:
            break
        if entry[0] == 0:  # version 1 of timestamps is written as zero
            found.append(entry[1 : 1 + LOG_ID_BYTES].hex())
        at += 2 + size
    return tuple(dict.fromkeys(found))
