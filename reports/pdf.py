"""A report as a tagged PDF (PDF/UA-1), from the same HTML, by WeasyPrint: the extra `rasoat[pdf]`.

The layout engine is given the text of the file and the letters to set it in: every address it asks for is refused.
"""

import io
import secrets
from pathlib import Path
from typing import Any

from reports import pdf_page
from reports.writing import ReportError

VARIANT = "pdf/ua-1"
HEAD = b"%PDF-"
END = b"%%EOF"


def to_pdf(html: str) -> bytes:
    """The document as PDF. Raises ReportError when the extra is not installed."""
    engine = _engine()
    nothing = engine.urls.URLFetcher(allowed_protocols=())
    inline = engine.urls.URLFetcher(allowed_protocols=("data",))
    fonts = engine.text.fonts.FontConfiguration()
    page = engine.HTML(string=pdf_page.prepared(html), url_fetcher=nothing)
    letters = engine.CSS(string=pdf_page.faces(), url_fetcher=inline, font_config=fonts)

    def laid_out(corrections: str) -> bytes:
        sheet = engine.CSS(string=corrections, url_fetcher=nothing, font_config=fonts)
        pdf: bytes = page.write_pdf(
            stylesheets=[letters, sheet], font_config=fonts, pdf_variant=VARIANT, pdf_identifier=b"rasoat"
        )
        return pdf

    try:
        return laid_out(pdf_page.CORRECTIONS)
    except (
        AssertionError
    ):  # the engine gives up on rows that may not be cut and fit on no page: long hostile text
        return laid_out(pdf_page.CORRECTIONS + pdf_page.CUT_ANYWHERE)


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


def proved(data: bytes) -> None:
    """Raises ValueError when the bytes are no whole PDF."""
    if not data.startswith(HEAD) or not data.rstrip().endswith(END):
        raise ValueError("the PDF is not whole")


def _engine() -> Any:
    try:
        import weasyprint.text.fonts  # noqa: PLC0415 - an extra, and slow to load
        import weasyprint.urls  # noqa: PLC0415 - likewise
    except (ImportError, OSError) as error:  # OSError: its libraries (Pango) are not on this machine
        raise ReportError(Path("pdf"), f"PDF needs the extra: pip install 'rasoat[pdf]' ({error})") from error
    return weasyprint
