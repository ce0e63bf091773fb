"""Encoding: text decoded with the wrong character set, entities left as text, invisible and look-alike characters.

Each check looks for its own few trigger characters first; ftfy is imported only where mojibake is likely. Nothing here
changes quotes, width, ligatures, line breaks or the normal form of text that is as it should be, and a page that speaks
of encodings keeps its samples.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from cleaner.findings import Finding, Fix, Safety
from cleaner.packs.knowledge import Knowledge
from cleaner.packs.scan import Hits
from cleaner.text.document import Document
from cleaner.text.lazy import lazy

# UTF-8 read as a single-byte set: a lead byte's letter with a trail byte's sign behind it (Windows, Mac, DOS, Cyrillic).
MOJIBAKE = lazy("[\x80-\x9f]|[ÂÃÄÅÎÏâãäåæçèéêëìíîïðÐÑØÙ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â(?= )|вЂ|в„|‚Ä|ΓÇ|Ã\\w")
LEADS = frozenset("ÂÃÄÅÎÏâãäåæçèéêëìíîïðÐÑØÙв‚Γ")
# UTF-8 read as GBK or Shift-JIS: the characters that the lead bytes of curly quotes, dashes and wide marks become.
READ_ASIAN = lazy("[鈥锛銆窶縲][\u3400-\u9fff\ue000-\uf8ff\uff61-\uff9f]+")
# The same read as a Korean set: the first two bytes lost, the third one with the letter behind it a syllable.
READ_KOREAN = lazy("(?<=[A-Za-z])[?\ufffd]{1,2}([\uac00-\ud7a3])(?=[a-z]{0,2}\\b)")
READ_LETTER = lazy("(?<=[A-Za-z])[\u4e00-\u9fff](?=[a-z]*\\b)")
ENTITY = lazy(r"(?:&(?:amp;)*(?:#\d{2,5}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z][a-zA-Z0-9]{1,8});)+")
ESCAPE = lazy(r"\\u(00[a-fA-F0-9]{2}|20[12][0-9a-fA-F])")
INVISIBLE = lazy("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff")
LOST = lazy("\ufffd+")
RIGHT_TO_LEFT = lazy("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
MIXED = lazy("[A-Za-z][\u0370-\u04ff]|[\u0370-\u04ff][A-Za-z]")
WORD = lazy(r"[^\W_]+")
TALK = lazy(
    r"\b(?:mojibake|encodings?|unicode|utf-?8|charsets?|character sets?|html|xml|entity|entities|markup|escap(?:e|ed|ing)|"
    r"homoglyphs?|code ?points?)\b|</\w+>|\{\{"
)
LOOKALIKE = str.maketrans(
    "асеорхуіјѕԁһАВЕКМНОРСТХІЈЅοΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aceopxyijsdhABEKMHOPCTXIJSoABEZHIKMNOPTYX",
)  # fmt: skip
SCRIPT = lazy("[\u0370-\u04ff\u0500-\u052f]")


def find(document: Document, known: Knowledge, hits: Hits, language: str | None) -> Iterator[Finding]:
    """Yield what a wrong decoding, escaping or input method left in the prose."""
    prose = document.prose
    if prose.isascii():
        if "&" in prose or "\\u" in prose:
            yield from _entities(document)
        return
    signs = {sign for sign in set(prose) if sign > "\x7f"}
    if signs & LEADS or any("\x80" <= sign <= "\x9f" for sign in signs):
        yield from _mojibake(document)
    if any("\u3400" <= sign <= "\ud7a3" for sign in signs):
        yield from _asian(document)
    yield from _entities(document)
    if signs & UNSEEN:
        yield from _invisible(document, language is not None)
    yield from _lost(document)
    if any("\u0370" <= sign <= "\u04ff" for sign in signs):
        yield from _lookalikes(document)


def _finding(
    document: Document,
    rule: str,
    start: int,
    end: int,
    new: str | None,
    message: str,
    safety: Safety,
    exact: bool = True,
) -> Finding:
    edits = None if new is None else document.edits(start, end, new, exact=exact)
    fixes = () if edits is None else (Fix(edits, safety),)
    return Finding(f"encoding/{rule}", "encoding", *document.source(start, end), message, fixes)


def _level(document: Document) -> Safety:
    """Return how far a fix may go: a page about encodings may show its samples on purpose."""
    return Safety.unsafe if TALK.search(document.lower) else Safety.safe


@lru_cache(maxsize=1)
def _ftfy() -> Callable[[str], str]:
    """Return ftfy's repair of wrongly decoded text, with all that would change good text switched off."""
    import ftfy

    config: Any = ftfy.TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
    )
    return lambda text: str(ftfy.fix_text_segment(text, config))


def _mojibake(document: Document) -> Iterator[Finding]:
    """UTF-8 that was read as Latin-1, Windows-125x, Mac Roman or a DOS page: "Itâ€™s"."""
    if not MOJIBAKE.search(document.prose):
        return
    for block in document.blocks:
        if not MOJIBAKE.search(document.prose, block.start, block.end):
            continue
        old = document.content(block)
        new = old.replace("ΓÇÖ", "’").replace("ΓÇ£", "“").replace("ΓÇ¥", "”").replace("ΓÇô", "–").replace("ΓÇö", "—")
        new = _ftfy()(new)
        if new == old:
            continue
        if new[0] == "\u3000" and old[0] != "\u3000":  # an indent, now that it can be read
            new = new.lstrip("\u3000 ")
        message = "UTF-8 text that was read in another encoding."
        yield _finding(document, "mojibake", block.start, block.end, new, message, _level(document), exact=False)


def _reread(text: str, codec: str) -> str | None:
    """Return what `text` says when its bytes are UTF-8 after all; None where they are not."""
    try:
        return text.encode(codec).decode("utf-8")
    except UnicodeError:
        return None


def _asian(document: Document) -> Iterator[Finding]:
    """UTF-8 that was read as GBK, Shift-JIS or a Korean set: "it鈥檚"."""
    prose = document.prose
    for match in READ_ASIAN.finditer(prose):
        for end in range(match.end(), match.start() + 1, -1):
            old = prose[match.start() : end]
            new = _reread(old, "gb18030") or _reread(old, "cp932")
            if new:
                message = "UTF-8 text that was read in a Chinese or Japanese encoding."
                yield _finding(document, "mojibake-asian", match.start(), end, new, message, _level(document))
                break
    for match in READ_KOREAN.finditer(prose):
        try:
            new = (b"\xe2\x80" + match[1].encode("cp949")).decode("utf-8")
        except UnicodeError:
            continue
        if new[0] in "’‘“”–—":
            message = "UTF-8 text that was read in a Korean encoding."
            yield _finding(document, "mojibake-asian", *match.span(), new, message, _level(document))
    for match in READ_LETTER.finditer(prose):
        new = _reread(match[0], "gb18030") or ""
        if len(new) == 1 and "\u00c0" <= new <= "\u00ff":
            message = "A letter with an accent that was read in a Chinese encoding."
            yield _finding(document, "mojibake-letter", *match.span(), new, message, Safety.unsafe)


def _entities(document: Document) -> Iterator[Finding]:
    """Entities and escapes that nobody decoded: "Tom&#39;s", "here.&nbsp;There"; not "&lt;", which may be meant."""
    prose = document.prose
    if "&" in prose:
        import html

        for match in ENTITY.finditer(prose):
            new = html.unescape(html.unescape(html.unescape(match[0])))
            if ("&" in new and new != "&" * len(new)) or not new:
                continue
            start, end = match.span()
            if not new.replace("\xa0", " ").strip(" \u200b\u2003\u2002"):
                beside = start == 0 or prose[start - 1] in " \n" or end == len(prose) or prose[end] in " \n"
                new = "" if beside else " "
            meant = "<" in new or ">" in new
            message = "A character written as an entity, left undecoded."
            safety = min(_level(document), Safety.unsafe if meant else Safety.safe)
            yield _finding(document, "entity", start, end, new, message, safety)
    if "\\u" in prose:
        for match in ESCAPE.finditer(prose):
            new = chr(int(match[1], 16))
            inside = new == "’" and prose[match.start() - 1 : match.start()].isalpha()
            if new.isprintable() or new == "\xa0":
                message = "A character written as an escape, left undecoded."
                safety = _level(document) if inside else Safety.unsafe
                yield _finding(document, "escape", *match.span(), new.replace("\xa0", " "), message, safety)


def _invisible(document: Document, translated: bool) -> Iterator[Finding]:
    """Characters of no width inside and between Latin words; joiners of other scripts and of emoji stay.

    Beside a blank they harm nobody: people's editors leave them too, so there they are sure in a translated page only.
    """
    prose = document.prose
    for match in INVISIBLE.finditer(prose):
        start, end = match.span()
        before, after = prose[start - 1 : start] or " ", prose[end : end + 1] or " "
        if not (before.isascii() or before in "“”‘’—–…") or not (after.isascii() or after in "“”‘’—–…"):
            continue
        letters = before.isalnum() and after.isalnum()
        if re.search("[\u200c\u200d\u00ad]", match[0]) and not letters:
            continue
        if re.search("[\u200e\u200f\u202a-\u202e]", match[0]) and RIGHT_TO_LEFT.search(prose):
            continue
        if "\u00ad" in match[0] and document.format == "html":  # there it says where a long word may break
            continue
        end += before == after == " "
        doubtful = (before.islower() and after.isupper()) or (not translated and " " in (before, after))
        safety = Safety.unsafe if doubtful else Safety.safe
        yield _finding(document, "invisible", start, end, "", "A character of no width, left from the page.", safety)


def _lost(document: Document) -> Iterator[Finding]:
    """U+FFFD, the sign for a character that could not be read: an apostrophe where it stands as one."""
    prose = document.prose
    if "\ufffd" not in prose:
        return
    mark = "’" if "’" in prose or "'" not in prose else "'"
    for match in LOST.finditer(prose):
        start, end = match.span()
        before, after = prose[:start][-1:], prose[end : end + 12]
        new: str | None = None
        safety = Safety.unsafe
        if before.isalnum() and re.match(r"(?:s|t|re|ve|ll|d|m)\b", after):
            new, safety = mark, _level(document)
        elif (before.isdigit() and after[:1].isdigit()) or before == after[:1] == " ":
            new = "–"
        message = "A character that could not be read."
        yield _finding(document, "lost", start, end, new, message, safety)


def _lookalikes(document: Document) -> Iterator[Finding]:
    """Cyrillic and Greek letters that look like Latin ones, inside a Latin word; words of another script stay."""
    seen = -1
    for match in MIXED.finditer(document.prose):
        if match.start() < seen:
            continue
        start = match.start()
        while start and (document.prose[start - 1].isalnum()):
            start -= 1
        word = WORD.match(document.prose, start)
        if word is None:
            continue
        seen = word.end()
        old = word.group()
        new = old.translate(LOOKALIKE)
        foreign = len(SCRIPT.findall(old))
        latin = sum(c.isascii() and c.isalpha() for c in old)
        if not SCRIPT.search(new) and latin >= 2 and latin > foreign:
            message = "A letter of another alphabet that looks like the Latin one."
            yield _finding(document, "lookalike", start, word.end(), new, message, _level(document))
