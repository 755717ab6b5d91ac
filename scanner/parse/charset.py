"""Bytes of a page -> text. The server never chooses the codec: only names on our list are used.

Order: the charset of the header, a byte order mark, the first `<meta>`, UTF-8 if it fits, else windows-1252 (HTML
standard section 13.2.3.2, shortened). TCVN3 and VNI are fonts, not charsets: such pages decode as windows-1252.
"""

import codecs
import re

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# name as written, lower case -> codec; `iso-8859-1` means windows-1252 to every browser (Encoding standard 4.2)
CODECS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "windows-1252": "cp1252",
    "windows-1258": "cp1258",
    "utf-16": "utf-16-le",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
    "shift_jis": "cp932",
    "euc-jp": "euc_jp",
    "euc-kr": "cp949",
    "windows-874": "cp874",
    "tis-620": "cp874",
    "windows-1251": "cp1251",
}
META = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9_\-]{2,20})", re.IGNORECASE)
META_WINDOW = 1024
PARAMETER = re.compile(r";\s*charset\s*=\s*\"?([A-Za-z0-9_\-]{2,20})", re.IGNORECASE)


def declared_charset(content_type: str) -> str:
    """The charset parameter of a Content-Type value, lower case; "" when there is none."""
    found = PARAMETER.search(content_type[:500])
    return found[1].lower() if found else ""


def stated_charset(content: bytes, declared: str) -> str:
    """The charset a page states: byte order mark, header or the first `<meta>`; "" when it leaves browsers to guess."""
    return next((name for name in _candidates(content, declared) if name), "")


def decode(content: bytes, *, charset: str = "") -> str:
    """The text of a page; every byte gives some text, nothing raises. NUL is dropped."""
    for name in _candidates(content, charset):
        codec = CODECS.get(name)
        if codec is not None:
            return content.decode(codec, "replace").replace("\0", "").removeprefix("\ufeff")
    try:
        return content.decode("utf-8").replace("\0", "")
    except UnicodeDecodeError:
        pass
    if _is_cut_utf8(content):
        return content.decode("utf-8", "replace").replace("\0", "")
    return content.decode("cp1252", "replace").replace("\0", "")


def _candidates(content: bytes, charset: str) -> tuple[str, ...]:
    mark = next((name for bom, name in BOMS if content.startswith(bom)), "")
    if mark:
        return (mark.replace("-le", "le").replace("-be", "be"),)
    meta = META.search(content[:META_WINDOW])
    written = meta[1].decode("ascii").lower() if meta else ""
    # a page that can be read as ASCII by its meta is no UTF-16, whatever it says
    return (charset.lower(), "utf-8" if written.startswith("utf-16") else written)


def _is_cut_utf8(content: bytes) -> bool:
    """True for UTF-8 that ends in the middle of a character, as a body cut at the cap may."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        return not decoder.decode(content).isascii()
    except UnicodeDecodeError:
        return False
