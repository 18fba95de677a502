"""Bytes of a text file as text, whatever its encoding."""

import codecs
import re

from charset_normalizer import from_bytes

from quizzes.formats.errors import TableError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1252": "Windows-1252",
    "cp1253": "Windows-1253",
    "cp1255": "Windows-1255",
    "cp1256": "Windows-1256",
}
_GUESSED = [*_NAMES, "koi8_r", "cp932", "euc_jp", "gb18030", "big5", "euc_kr", "cp949", "cp1254", "cp874"]
_FREQUENT = {
    "cp1251": "оеаинтсрвл",
    "koi8_r": "оеаинтсрвл",
    "cp1253": "αοιετσνηυρ",
    "cp1255": "ויהלאתרבמש",
    "cp1256": "اليمونرتبة",
}
_JAPANESE = ("cp932", "euc_jp")
_KANA = 0.2
_SAMPLE = 200_000
_FEW = 0.15
_JUNK = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_JUNK = 0.02
_ODD = re.compile(r"[À-ÿŠŽŒšžœŸ]{3,}|(?<=[A-Za-z])[¡-¶¸-¿‚ƒ„…†‡ˆ‰‹•˜™›](?=[a-z])")
NOT_A_TABLE = "This is neither a CSV file nor an XLSX workbook. Save the table as one of the two and try again."


def decoded(data: bytes, encoding: str = "") -> tuple[str, str]:
    """The text, without byte order mark and NULs, and the name of an encoding that was guessed, else "".

    `encoding` is one of Python's names; empty finds it out: a byte order mark, UTF-8, else the likeliest. Raises
    TableError where the bytes are no text.
    """
    text, guessed = (_as_said(data, encoding), "") if encoding else _found(data)
    text = text.removeprefix("\ufeff")
    if len(_JUNK.findall(text[:_SAMPLE].replace("\x00", ""))) > _MOST_JUNK * min(len(text), _SAMPLE):
        raise TableError(NOT_A_TABLE)
    return text.replace("\x00", ""), guessed


def _as_said(data: bytes, encoding: str) -> str:
    try:
        return str(data, encoding)
    except (LookupError, UnicodeError) as error:
        raise TableError(
            f"The file cannot be read as {encoding}: {error}. Leave the encoding out, or name another."
        ) from error


def _found(data: bytes) -> tuple[str, str]:
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "") or _unmarked_wide(data)
    if marked:
        return data.decode(marked, "replace"), ""
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        name = _likeliest(data)
        return data.decode(name, "replace"), _NAMES.get(name, name)


def _unmarked_wide(data: bytes) -> str:
    """UTF-16 without its mark: every other byte of Latin text is NUL."""
    sample = data[: 2 * (_SAMPLE // 2)]
    half = len(sample) // 2
    if half and sample[1::2].count(0) > 0.4 * half and sample[::2].count(0) < 0.05 * half:
        return "utf-16-le"
    if half and sample[::2].count(0) > 0.4 * half and sample[1::2].count(0) < 0.05 * half:
        return "utf-16-be"
    return ""


def _likeliest(data: bytes) -> str:
    """Windows-1252 where few letters are beyond ASCII, as in western languages; else the best guess."""
    sample = data[:_SAMPLE]
    beyond = sum(byte > 127 for byte in sample)
    if beyond <= _FEW * len(sample) and _reads_as_western(sample):
        return "cp1252"
    if japanese := next((name for name in _JAPANESE if _has_kana(sample, name)), ""):
        return japanese
    best = from_bytes(sample, cp_isolation=_GUESSED).best()
    if best is None:
        return "cp1252"
    return max(_FREQUENT, key=lambda name: _share(sample, name)) if best.encoding in _FREQUENT else best.encoding


def _has_kana(sample: bytes, name: str) -> bool:
    """Whether the bytes, read so, are a text with many hiragana and katakana, as Japanese alone is."""
    try:
        letters = [letter for letter in str(sample, name) if ord(letter) > 127]
    except UnicodeDecodeError:
        return False
    return sum("\u3041" <= letter <= "\u30ff" for letter in letters) >= _KANA * len(letters)


def _share(sample: bytes, name: str) -> float:
    """The share of the most frequent letters of the encoding's language among letters beyond ASCII."""
    letters = [letter for letter in sample.decode(name, "replace") if ord(letter) > 127]
    return sum(letter in _FREQUENT[name] for letter in letters) / len(letters)


def _reads_as_western(sample: bytes) -> bool:
    """Whether most of what is beyond ASCII becomes letters, at most two in a row, or signs outside of words."""
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        return False
    odd = sum(len(match[0]) for match in _ODD.finditer(text))
    return odd <= 0.1 * sum(ord(letter) > 127 for letter in text)
