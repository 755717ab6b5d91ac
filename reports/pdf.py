"""A report as a tagged PDF (PDF/UA-1), from the same HTML, by WeasyPrint: the extra `rasoat[pdf]`.

The layout engine is given the text of the file and nothing else: every address it asks for is refused.
"""

import io
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reports.writing import ReportError

VARIANT = "pdf/ua-1"
HEAD = b"%PDF-"
END = b"%%EOF"
_SYMBOL = re.compile(r'<symbol id="(i-[a-z]+)"([^>]*)>(.*?)</symbol>', re.DOTALL)
_USE = re.compile(r'<svg([^>]*)><use href="#(i-[a-z]+)"/></svg>')
# What the engine lays out otherwise than browsers: it shrinks the words in a row of flex boxes.
CORRECTIONS = """
.facts { display: block !important; }
.facts div { display: inline-block !important; margin-right: 1.5rem; }
.facts dt, .facts dd { display: inline !important; }
"""


def to_pdf(html: str) -> bytes:
    """The document as PDF. Raises ReportError when the extra is not installed."""
    engine = _engine()
    nothing = engine.urls.URLFetcher(allowed_protocols=())
    page = engine.HTML(string=with_symbols(html), url_fetcher=nothing)
    sheet = engine.CSS(string=CORRECTIONS, url_fetcher=nothing)
    pdf: bytes = page.write_pdf(stylesheets=[sheet], pdf_variant=VARIANT, pdf_identifier=b"rasoat")
    return pdf


def locked(pdf: bytes, password: str) -> bytes:
    """The PDF, encrypted so that only the password opens it (AES-256, ISO 32000-2 section 7.6.4.4).

    Screen readers may read it and everybody may print it. ReportError when the extra is not installed.
    """
    try:
        import pikepdf  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ReportError(
            Path("pdf"), f"a protected PDF needs the extra: pip install 'rasoat[pdf]' ({error})"
        ) from error
    kept = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        secret = pikepdf.Encryption(owner=secrets.token_hex(16), user=password, R=6)
        document.save(kept, encryption=secret)
    return kept.getvalue()


def with_symbols(html: str) -> str:
    """The same page with each mark drawn where it stands: the engine follows no reference between drawings."""
    drawn: Mapping[str, tuple[str, str]] = {i: (kept, inner) for i, kept, inner in _SYMBOL.findall(html)}

    def draw(found: re.Match[str]) -> str:
        attributes, name = found.groups()
        kept, inner = drawn.get(name, ("", ""))
        return f"<svg{attributes}{kept}>{inner}</svg>"

    return _USE.sub(draw, html)


def proved(data: bytes) -> None:
    """Raises ValueError when the bytes are no whole PDF."""
    if not data.startswith(HEAD) or not data.rstrip().endswith(END):
        raise ValueError("the PDF is not whole")


def _engine() -> Any:
    try:
        import weasyprint.urls  # noqa: PLC0415 - an extra, and slow to load
    except (ImportError, OSError) as error:  # OSError: its libraries (Pango) are not on this machine
        raise ReportError(Path("pdf"), f"PDF needs the extra: pip install 'rasoat[pdf]' ({error})") from error
    return weasyprint
