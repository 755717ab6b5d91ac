"""The TXT records that announce mail transport: MTA-STS (RFC 8461 section 3.1), TLS-RPT (RFC 8460 section 3)."""

from collections.abc import Iterable

from scanner.parse.tag_list import read_tags

ID_LONGEST = 32


def sts_id(texts: Iterable[str]) -> str | None:
    """The id of the one valid MTA-STS record among the texts; None when there is none or more than one."""
    found = [text for text in texts if _begins(text, "STSv1")]
    if len(found) != 1:
        return None
    tags = read_tags(found[0])
    if isinstance(tags, str):
        return None
    given = dict(tags).get("id", "")
    return given if given.isascii() and given.isalnum() and len(given) <= ID_LONGEST else None


def tls_report_addresses(texts: Iterable[str]) -> tuple[str, ...]:
    """Where reports on mail transport go; empty when no single valid TLS-RPT record is there."""
    found = [text for text in texts if _begins(text, "TLSRPTv1")]
    if len(found) != 1:
        return ()
    tags = read_tags(found[0])
    if isinstance(tags, str):
        return ()
    uris = (part.strip() for part in dict(tags).get("rua", "").split(","))
    return tuple(uri for uri in uris if uri.lower().startswith(("mailto:", "https:")))


def _begins(text: str, version: str) -> bool:
    head, _, _ = text.partition(";")
    name, _, value = head.partition("=")
    return name.strip() == "v" and value.strip() == version
