"""The encoding of a text file: UTF-8, UTF-16 or that of an older Windows, Mac or MS-DOS."""

from __future__ import annotations

import codecs
import re

from typology.problems import InputError, Problem
from typology.words.phrases import Phrase, phrase

_EXPECTED = phrase(
    "a table of answers: one row a respondent, columns separated by commas, semicolons or tabs"
)

_PIECE = 1 << 20
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# Letters, quotes and dashes of UTF-8: in Windows-1252 they would be "Ã©", "Å“" or "â€™".
_UTF_8_LETTERS = re.compile(
    b"\xc3[\x80-\xbf]|\xc5[\x92\x93]|\xe2\x80[\x90-\xbf]|\xe2\x82\xac|\xc2[\xab\xb0\xbb]"
)
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_LETTERS = "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœß"
_SIGNS = "“”„«»‹›–—…°€·•§²³©®™\xa0\u202f"
_SAMPLE = 400_000
_FEWEST_LETTERS = 5
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f]")


def text_encoding(content: bytes, name: str) -> tuple[str, list[Phrase]]:
    """Return a codec that reads the whole of a text file, and what was decided about it.

    Text is taken as UTF-8; if it is not valid UTF-8, as Windows-1252 (which holds Latin-1's
    letters), unless as Mac Roman or as that of MS-DOS (what Excel calls "CSV (MS-DOS)") it has
    more letters where words have them. Where no encoding fits, two are mixed, or the bytes are no
    text, `InputError` is raised.

    >>> text_encoding("id;âge".encode("cp1252"), "a.csv")[0]
    'cp1252'
    >>> text_encoding("id;très âgé;à l'hôpital".encode("cp850"), "a.csv")[0]
    'cp850'
    """
    marked = next((e for mark, e in _BYTE_ORDER_MARKS if content.startswith(mark)), "")
    marked = marked or utf_16_without_mark(content)
    wide = marked.startswith(("utf-16", "utf-32"))
    first = marked or "utf-8"
    encoding = first if _reads(content, first) else None if wide else _likeliest(content)
    if encoding is None:
        raise no_table(name, phrase("text cut in the middle of a character"))
    _refuse_controls(content, encoding, name, wide=wide)
    if wide or encoding.startswith("utf"):
        return encoding, _replaced(content, encoding)
    if _UTF_8_LETTERS.search(content):
        raise _mixed_encodings(content, name)
    names = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "cp850": "MS-DOS (cp850)"}
    notice = phrase(
        "The file is not UTF-8; it was read as {encoding}. Check the accents.",
        encoding=names[encoding],
    )
    return encoding, [notice]


def utf_16_without_mark(content: bytes) -> str:
    """Return which UTF-16 a text without byte order mark is in, "" if it is none.

    Every second byte of most European text in UTF-16 is nought.
    """
    sample = content[:2000]
    first, second = sample[::2], sample[1::2]
    if len(sample) < 8 or len(content) % 2:
        return ""
    if b"\x00" not in first and second.count(0) > 0.7 * len(second):
        return "utf-16-le"
    if b"\x00" not in second and first.count(0) > 0.7 * len(first):
        return "utf-16-be"
    return ""


def no_table(name: str, found: Phrase) -> InputError:
    """Return the error of a text that is no table."""
    remedy = phrase("Export the answers from the survey tool again, as CSV or .xlsx.")
    return InputError(Problem("", "", found, _EXPECTED, remedy, where=name))


def _likeliest(content: bytes) -> str | None:
    """Return the encoding with one byte a letter that makes most sense, None where none reads.

    Windows-1252, where it reads, unless hardly a letter makes sense in it and all do in another.
    """
    read = [each for each in ("cp1252", "mac_roman", "cp850") if _reads(content, each)]
    found = {each: _sense(content[:_SAMPLE].decode(each)) for each in read}
    best = max(read, key=lambda each: sum(found[each]), default=None)
    if best is None or read[0] != "cp1252":
        return best
    sure = found[best].count(1) >= _FEWEST_LETTERS and min(found[best]) > 0
    return best if sure and sum(found["cp1252"]) < 0 else "cp1252"


def _sense(text: str) -> list[int]:
    """Return of each letter and sign beyond ASCII 1 where it stands as in words, -1 where not.

    >>> _sense("très d’accord"), _sense("trŠs dÕaccord")
    ([1, 1], [-1, -1])
    """
    return [
        1 if _fits(text[at], text[at - 1 : at], text[at + 1 : at + 2]) else -1
        for at in (found.start() for found in _BEYOND_ASCII.finditer(text))
    ]


def _fits(letter: str, before: str, after: str) -> bool:
    """Return whether a letter or a sign may stand between two others."""
    if letter in _SIGNS:
        return not (before.isalpha() and after.isalpha())
    if letter in "’‘":
        return before.isalpha() or after.isalpha()
    return letter in _LETTERS or (letter.lower() in _LETTERS and not before.islower())


def _reads(content: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(content), _PIECE):
            decoder.decode(content[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_controls(content: bytes, encoding: str, name: str, *, wide: bool) -> None:
    """Raise for bytes that stand for no text: noughts, or many control characters."""
    sample = content[:400_000].decode(encoding, "ignore")
    controls = len(_CONTROL.findall(sample))
    if controls > max(len(sample) / 200, 3):
        raise no_table(name, phrase("bytes that are no text"))
    nought = _nought(content, encoding, wide=wide)
    if nought is not None:
        raise InputError(
            Problem(
                str(nought),
                "",
                phrase("the character U+{code}", code="0000"),
                phrase("text"),
                phrase("Export the answers again as UTF-8, or as .xlsx."),
                where=name,
            )
        )


def _nought(content: bytes, encoding: str, *, wide: bool) -> int | None:
    """Return the line of the first character U+0000, None without one."""
    if not wide:
        at = content.find(b"\x00")
        return None if at < 0 else content.count(b"\n", 0, at) + 1
    decoder, lines = codecs.getincrementaldecoder(encoding)(), 1
    for start in range(0, len(content), _PIECE):
        text = decoder.decode(content[start : start + _PIECE])
        if "\x00" in text:
            return lines + text[: text.index("\x00")].count("\n")
        lines += text.count("\n")
    return None


def _replaced(content: bytes, encoding: str) -> list[Phrase]:
    """Return a notice where letters were lost before the file came here."""
    lost = content.count("\ufffd".encode("utf-8")) if encoding.startswith("utf-8") else 0
    if not lost:
        return []
    return [
        phrase(
            "Letters lost in an earlier conversion (shown as \ufffd): {count}. "
            "Export the answers again if they matter.",
            count=lost,
        )
    ]


def _mixed_encodings(content: bytes, name: str) -> InputError:
    """Return the error for a file that is UTF-8 but for some bytes."""
    try:
        content.decode("utf-8")
        position = 0
    except UnicodeDecodeError as error:
        position = error.start
    line = content.count(b"\n", 0, position) + 1
    return InputError(
        Problem(
            str(line),
            "",
            phrase("the byte {byte}", byte=f"{content[position]:#04x}"),
            phrase("one encoding in the whole file, UTF-8 or Windows-1252"),
            phrase("Export the answers again as UTF-8, or as .xlsx."),
            where=name,
        )
    )
