"""In which writing a text is: letters of Latin and Vietnamese, or of scripts read elsewhere."""

import re

SAMPLE = 5_000
VIETNAMESE = re.compile("[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]")
MALAY = re.compile(r"\b(?:yang|dan|dengan|untuk|situs|dari|pada|adalah|tidak|bisa|anda|terbaru|daftar)\b")
LETTER = re.compile(r"[^\W\d_]")


def foreign_share(text: str) -> float:
    """The share of characters beyond the Latin script and its Vietnamese letters."""
    sample = text[:SAMPLE]
    return sum(0x0400 <= ord(sign) < 0x1E00 or ord(sign) >= 0x2E80 for sign in sample) / max(1, len(sample))


def is_malay(text: str) -> bool:
    """True for Indonesian and Malay: many of their small words, and hardly a Vietnamese letter."""
    sample = text[:SAMPLE].lower()
    letters = len(LETTER.findall(sample))
    accents = len(VIETNAMESE.findall(sample))
    return letters >= 200 and accents * 100 < letters and len(MALAY.findall(sample)) * 60 >= letters / 6
