"""How Vietnamese header text goes on the wire, so that every mail program reads it back letter by letter.

The folding of `email.policy` up to Python 3.11 moves blanks between encoded words: a long "mạng và phòng"
arrives as "mạng vàphòng". The older `email.header.Header` splits between characters and keeps each blank
inside an encoded word (RFC 2047 section 5), so text that is not ASCII goes through it; all else stays with
the policy.
"""

from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy

LINE = 75  # RFC 2047 section 2: no encoded word is longer


class WirePolicy(EmailPolicy):
    """The policy of `email`, with our own folding of subjects and of names before an address."""

    def fold(self, name: str, value: str) -> str:
        """The header as text, lines ended."""
        return _folded(name, value) or super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        """The header as bytes, lines ended."""
        own = _folded(name, value)
        return own.encode("ascii") if own else super().fold_binary(name, value)


WIRE = WirePolicy(linesep="\r\n", cte_type="7bit", message_factory=EmailMessage)
"""What messages of ours are written with: CRLF, and nothing beyond 7 bit."""


def _folded(name: str, value: str) -> str:
    """Our folding, or nothing when the header has no text of ours that needs it."""
    address = _only_address(value)
    if address is not None and not address.display_name.isascii():
        words = _encoded(name, address.display_name)
        return f"{name}: {words}\r\n <{address.addr_spec}>\r\n"
    if name.lower() == "subject" and not value.isascii():
        return f"{name}: {_encoded(name, str(value))}\r\n"
    return ""


def _only_address(value: str) -> Address | None:
    addresses: tuple[Address, ...] = getattr(value, "addresses", ())
    return addresses[0] if len(addresses) == 1 else None


def _encoded(name: str, words: str) -> str:
    return Header(words, "utf-8", maxlinelen=LINE, header_name=name).encode(linesep="\r\n")
