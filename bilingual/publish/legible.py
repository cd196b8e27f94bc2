"""Characters and addresses that may stand in a published file."""

from __future__ import annotations

import re

__all__ = ["legible", "safe_url"]

# Not allowed in HTML (WHATWG 13.2.3.5) or XML 1.0 (2.2): controls but tab and line ends,
# surrogates, noncharacters. The C1 controls are legal in XML and shown by nothing.
_NONCHARACTERS = "".join(
    f"{chr(p * 0x10000 + 0xFFFE)}{chr(p * 0x10000 + 0xFFFF)}" for p in range(17)
)
_ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef" + _NONCHARACTERS + "]"
)
_CARRIAGE_RETURN = re.compile("\r\n?")
_URL = re.compile(r"https?://[^\s\x00-\x20\x7f-\x9f<>\"\\^`{|}]+", re.IGNORECASE)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)  # Control Pictures: the sign for NUL and its neighbours
    if code == 0x7F:
        return "\u2421"
    return f"[U+{code:04X}]"


def legible(text: str) -> str:
    """The text with every character no markup language allows shown as a sign for it.

    All else stays as it is; bidirectional controls of the source are legal and are kept.
    """
    return _CARRIAGE_RETURN.sub("\n", _ILLEGAL.sub(_picture, text))


def safe_url(url: str) -> str:
    """The address when it is plain ``http`` or ``https``, else the empty string."""
    url = url.strip()
    return url if _URL.fullmatch(url) else ""
