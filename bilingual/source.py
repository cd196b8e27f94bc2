"""Reading a source text: bytes in a declared or recognised encoding, and nothing lost.

The text is never altered: line ends, control characters and bidi overrides stay. Only the byte
order mark goes, for it belongs to the encoding. What cannot be an Arabic text is refused with
one clear line:

===== ===========================================================================
code  meaning
===== ===========================================================================
S0001 the declared encoding is none that Python knows, or is no encoding of text
S0002 the bytes are not valid in the encoding (declared, from the BOM, or UTF-8)
S0003 the source is empty
S0004 the source holds white space or invisible characters only
S0005 the source holds no Arabic letter
S0006 the source is binary: a known file format, or ridden with control characters
S0007 the text holds a lone surrogate, which no file can hold
S0008 the declared encoding contradicts the bytes (a BOM, or they are plainly UTF-8)
S0009 the text is UTF-8 that was once read as Windows-1256 and saved so
===== ===========================================================================

F0001 (of `bilingual.files`) says that a file cannot be read at all.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from pathlib import Path

from bilingual.document import SourceText
from bilingual.errors import BilingualError
from bilingual.files import printable, read_bytes
from bilingual.script import has_arabic

__all__ = ["decode_source", "from_text", "read_source"]

# The longer marks first: that of UTF-32 (little end first) begins with that of UTF-16.
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    (codecs.BOM_UTF8, "utf-8", "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
)
# What a file that is no text begins with, and what to do with it.
_FORMATS = (
    (b"%PDF-", "a PDF file; save its text as UTF-8"),
    (b"PK\x03\x04", "a zip, .docx, .odt or .epub file; save its text as UTF-8"),
    (b"\xd0\xcf\x11\xe0", "an old Word file; save its text as UTF-8"),
    (b"{\\rtf", "an RTF file; save its text as UTF-8"),
    (b"\x1f\x8b", "a gzip file; unpack it first"),
    (b"\x89PNG\r\n", "a PNG picture; give its text"),
    (b"\xff\xd8\xff", "a JPEG picture; give its text"),
    (b"GIF8", "a GIF picture; give its text"),
    (b"\x7fELF", "a program; give a text"),
    (b"SQLite format 3\x00", "a database; give a text"),
)
# Encodings met in old Arabic files, in the order they are tried for a hint.
_CANDIDATES = ("windows-1256", "iso-8859-6", "cp720", "mac-arabic")
_SAMPLE = 65_536
_CONTROL_BYTES = bytes([*range(9), *range(14, 32), 127])
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_VISIBLE = re.compile(
    "[^\\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff]"
)
_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_MOJIBAKE = re.compile("[ØÙ][\x80-\xff\u0152-\u2122]")


def read_source(path: Path, *, encoding: str | None = None) -> SourceText:
    """The text of a file.

    Without ``encoding`` the file is UTF-8, or what its byte order mark says (UTF-8, UTF-16,
    UTF-32). ``encoding`` is any name of a text codec that Python knows, such as
    ``windows-1256``. Raises F0001 and the S codes of this module.
    """
    return decode_source(read_bytes(path), name=path.stem, encoding=encoding, path=str(path))


def decode_source(
    data: bytes, *, name: str, encoding: str | None = None, path: str = ""
) -> SourceText:
    """The text that ``data`` holds; see `read_source`. Raises the S codes of this module."""
    # A file name need not be UTF-8; what is published of it must be.
    name, path = printable(name), printable(path)
    where = path or name
    declared = _codec_name(encoding, where) if encoding is not None else None
    if not data:
        raise _empty(where)
    codec, label, mark = _recognise(data, declared, where)
    _refuse_format(data, where)
    try:
        text = str(data[mark:], codec, "strict")
    except UnicodeDecodeError as error:
        # Codecs that work in passes report places that need not be of our bytes.
        offset = min(mark + error.start, len(data) - 1)
        raise _undecodable(data, offset, label, declared is not None, where) from error
    except UnicodeError as error:
        raise BilingualError("S0002", f"not valid {label}: {error}", where) from error
    _check(text, where)
    return SourceText(text, name, label, hashlib.sha256(data).hexdigest(), path)


def from_text(text: str, name: str = "text") -> SourceText:
    """A source from a string that the caller holds already; its checksum is that of its UTF-8.

    Raises S0003 to S0007 and S0009.
    """
    if not text:
        raise _empty(name)
    _check(text, name)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return SourceText(text, name, sha256=digest)


def _codec_name(encoding: str, where: str) -> str:
    """The codec's own name. Raises S0001."""
    mend = "give the name of a text encoding, such as utf-8, utf-16 or windows-1256"
    try:
        info = codecs.lookup(encoding)
    except (LookupError, ValueError) as error:
        raise BilingualError("S0001", f"unknown encoding {encoding!r}; {mend}", where) from error
    # codecs such as hex and rot13 turn bytes into bytes; Python itself marks them so
    if not getattr(info, "_is_text_encoding", True) or info.name in {"undefined", "idna"}:
        raise BilingualError("S0001", f"{encoding!r} is no encoding of text; {mend}", where)
    return "utf-8" if info.name == "utf-8-sig" else info.name


def _label(codec: str) -> str:
    """The name under which IANA registers the encoding, where Python's own differs."""
    name = re.sub(r"\Acp(125\d)\Z", r"windows-\1", codec)
    return re.sub(r"\Aiso8859-", "iso-8859-", name)


def _recognise(data: bytes, declared: str | None, where: str) -> tuple[str, str, int]:
    """The codec to decode with, the name to publish, the length of the BOM. Raises S0008."""
    codec, label, mark = declared or "utf-8", _label(declared or "utf-8"), 0
    for bom, bom_codec, bom_label in _BOMS:
        if not data.startswith(bom):
            continue
        if declared in (None, bom_codec, bom_label):
            return bom_codec, bom_label, len(bom)
        if bom_label != "utf-8" and declared and declared.startswith(bom_label[:6]):
            continue  # FF FE 00 00 is UTF-16 whose text begins with NUL, when so declared
        raise BilingualError(
            "S0008",
            f"declared {label}, but the byte order mark says {bom_label}; "
            f"leave --encoding out or declare {bom_label}",
            where,
        )
    if declared is not None and not declared.startswith("utf"):
        # UTF-8 read as Windows-1256 gives Arabic letters without sense and without an error;
        # an Arabic text in another encoding is never valid UTF-8 by chance.
        sample = data[:_SAMPLE]
        try:
            text = codecs.getincrementaldecoder("utf-8")().decode(sample, len(data) <= _SAMPLE)
        except UnicodeDecodeError:
            return codec, label, mark
        if len(re.findall("[\u0620-\u064a]", text)) >= 2:
            raise BilingualError(
                "S0008", f"declared {label}, but the bytes are UTF-8; leave --encoding out", where
            )
    return codec, label, mark


def _refuse_format(data: bytes, where: str) -> None:
    for magic, what in _FORMATS:
        if data.startswith(magic):
            raise BilingualError("S0006", f"not a text but {what}", where)


def _undecodable(
    data: bytes, offset: int, label: str, declared: bool, where: str
) -> BilingualError:
    """The error for bytes that do not decode, with the encoding to declare where one shows."""
    sample = data[:_SAMPLE]
    hint = _hint(sample)
    wide = label.startswith(("utf-16", "utf-32"))
    if hint is None and not wide and _control_share(sample) > 0.05:
        return BilingualError(
            "S0006", f"binary data, not a text (byte {offset:,}); give a text file", where
        )
    line = data.count(b"\n", 0, offset) + 1
    what = f"not valid {label}: byte {data[offset]:#04x} at offset {offset:,}"
    if len(data) - offset < 4 and label == "utf-8" and not hint:
        mend = "the file may be cut off in the middle of a character"
    elif hint and hint != label:
        mend = f"the text reads as {hint}: declare --encoding {hint}"
    elif declared:
        mend = "declare the encoding it was saved in, or save it as UTF-8"
    else:
        mend = "save it as UTF-8, or declare its encoding (--encoding windows-1256)"
    return BilingualError("S0002", f"{what}; {mend}", f"{where}:{line}")


def _hint(sample: bytes) -> str | None:
    """The encoding in which the bytes read as Arabic, by how often the article stands there."""
    zeros = sample.count(0)
    if zeros:
        candidates: tuple[str, ...] = ("utf-16-le", "utf-16-be")
        sample = sample[: len(sample) // 2 * 2]
    else:
        candidates = _CANDIDATES
    best, name = 0, None
    for candidate in candidates:
        found = sum(len(w) > 3 for w in re.findall(r"\bال\w+", sample.decode(candidate, "replace")))
        if found > best:
            best, name = found, candidate
    return name


def _control_share(sample: bytes) -> float:
    return 1 - len(sample.translate(None, _CONTROL_BYTES)) / len(sample)


def _empty(where: str) -> BilingualError:
    return BilingualError("S0003", "the source is empty; give an Arabic text", where)


def _line_of(text: str, offset: int) -> int:
    return sum(1 for _ in _BREAK.finditer(text, 0, offset)) + 1


def _check(text: str, where: str) -> None:
    """Refuse what is no Arabic text. Raises S0003 to S0007 and S0009."""
    if not text:
        raise _empty(where)
    if surrogate := _SURROGATE.search(text):
        offset = surrogate.start()
        raise BilingualError(
            "S0007",
            f"lone surrogate U+{ord(surrogate[0]):04X} at character {offset:,}; "
            "decode the text again from its bytes",
            f"{where}:{_line_of(text, offset)}",
        )
    if has_arabic(text):
        if len(_CONTROL.findall(text)) > len(text) / 4:
            raise _binary(text, where)
        if _saved_wrongly(text):
            raise BilingualError(
                "S0009",
                "the text is UTF-8 that was read as windows-1256 and saved again; "
                "take it from the original file",
                where,
            )
        return
    if not _VISIBLE.search(text):
        if "\x00" in text:
            raise _binary(text, where)
        raise BilingualError(
            "S0004", "the source holds only white space; give an Arabic text", where
        )
    hint = ""
    if text.count("\x00") > 2:
        hint = _hint(text[:_SAMPLE].encode("utf-8", "replace")) or ""
        if hint:
            raise BilingualError(
                "S0002",
                f"not UTF-8: the text reads as {hint} without a byte order mark; "
                f"declare --encoding {hint}",
                where,
            )
    if len(_CONTROL.findall(text)) > len(text) / 20:
        raise _binary(text, where)
    if len(_MOJIBAKE.findall(text)) > 2:
        hint = "; it looks like UTF-8 that was read as Latin-1: take it from the original file"
    raise BilingualError(
        "S0005", f"no Arabic letter in the source{hint or '; give an Arabic text'}", where
    )


def _binary(text: str, where: str) -> BilingualError:
    control = _CONTROL.search(text)
    place = f" (character {control.start():,})" if control else ""
    return BilingualError(
        "S0006", f"binary data, not a text: control characters{place}; give a text file", where
    )


def _saved_wrongly(text: str) -> bool:
    """Whether the text becomes Arabic in UTF-8 when put back into Windows-1256."""
    try:
        data = text[:2000].strip().encode("windows-1256")
        again = codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeError:
        return False
    return len(again) < len(data) and has_arabic(again)
