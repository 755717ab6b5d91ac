"""The few bytes of DER that are read by hand, where the library refuses a key for one odd number (X.690 section 8)."""

from collections.abc import Iterator
from typing import NamedTuple

INTEGER, BIT_STRING, OBJECT, SEQUENCE = 0x02, 0x03, 0x06, 0x30


class DerError(ValueError):
    """The bytes are no DER of the expected shape."""


class Element(NamedTuple):
    """One value: its tag, its content, and the whole of it."""

    tag: int
    content: bytes
    whole: bytes


def elements(data: bytes) -> Iterator[Element]:
    """The values that stand one after the other. Raises DerError where they are damaged."""
    at = 0
    while at < len(data):
        length, start = _length(data, at + 1)
        end = start + length
        if end > len(data):
            raise DerError("cut short")
        yield Element(data[at], data[start:end], data[at:end])
        at = end


def sequence(data: bytes) -> tuple[Element, ...]:
    """What one SEQUENCE holds. Raises DerError when it is none."""
    first = next(elements(data), None)
    if first is None or first.tag != SEQUENCE:
        raise DerError("no sequence")
    return tuple(elements(first.content))


def unsigned(element: Element) -> int:
    """A number that is not negative. Raises DerError when it is none."""
    if element.tag != INTEGER or not element.content or element.content[0] & 0x80:
        raise DerError("no number")
    return int.from_bytes(element.content)


def _length(data: bytes, at: int) -> tuple[int, int]:
    """The length that begins here, and where the content begins (definite form only)."""
    if at >= len(data):
        raise DerError("no length")
    first = data[at]
    if first < 0x80:
        return first, at + 1
    size = first & 0x7F
    if not 1 <= size <= 4 or at + 1 + size > len(data):
        raise DerError("odd length")
    return int.from_bytes(data[at + 1 : at + 1 + size]), at + 1 + size
