"""Typography: full-width marks, lost apostrophes, torn links, bullets and quotation marks.

Marks that are wrong everywhere are rules (rules/typography); blanks are in blanks.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from cleaner.detectors.blanks import in_line
from cleaner.findings import Finding, Fix, Safety
from cleaner.packs.knowledge import Knowledge
from cleaner.packs.scan import Hits
from cleaner.text.document import Block, Document
from cleaner.text.lazy import lazy

WIDE = lazy(r"[、。〜．，：；！？（）％＆＋－～０-９Ａ-Ｚａ-ｚ]+|[「『][^「」『』\n]{1,80}[」』]|\u3000+")
CJK = lazy("[\u3040-\u30ff\u3100-\u9fff\uac00-\ud7a3]")
NARROW = {chr(0xFF01 + n): chr(0x21 + n) for n in range(94)} | {"、": ",", "。": ".", "〜": "~", "\u3000": " "}
LINK = lazy(
    r"(?:(?P<image>!) (?=\[[^\]\n]*\] ?\())|(?<=\])(?P<gap> +)(?=\((?:\ufffc|#|\./|\.\./|/[\w.]|https?:|"
    r"[\w/.-]+\.(?:md|html?|png|jpe?g|gif|svg|pdf|apk|zip|txt)\)))"
)
LINK_BLANK = lazy(r"(?<=\]\((?:#|\.)) (?=\w)|(?<=\]\(\./) (?=\w)|(?<=\] \((?:#|\.)) (?=\w)|(?<=\] \(\./) (?=\w)")
LONE_MARK = lazy(r"(?<!\S)! (?=\S)")
WHOLE_LINK = lazy(r"\[[^\]\n]*\]\([^)\s]+\.(?:png|jpe?g|gif|svg|webp|bmp)\)", re.IGNORECASE)
BULLET = lazy(r"^[ \t]*([●•·◆■○▪‣▶►]|・)[ \t]*(?=[\w\"“‘(（\[*`])", re.MULTILINE)
BULLETS = frozenset("●•·◆■○▪‣▶►・")
QUOTES = lazy("[“”]")
BOLD = lazy(r"(?<![\w*])\*\*( ?)(?=[^\s*])([^*\n]{2,120}?)( ?)\*\*(?![\w*])")


def find(document: Document, known: Knowledge, hits: Hits, language: str | None) -> Iterator[Finding]:
    """Yield what is wrong with marks and blanks in this document."""
    if not document.prose.isascii():
        signs = {sign for sign in set(document.prose) if sign > "\x7f"}
        if any("\u3000" <= sign <= "\u301c" or "\uff00" <= sign <= "\uff5e" for sign in signs):
            yield from _wide(document)
        if signs & BULLETS:
            yield from _bullets(document)
        if "”" in signs:
            yield from _unpaired(document)
    yield from _apostrophes(document, known, language is not None)
    if document.format == "markdown":
        yield from _links(document)


def _finding(
    document: Document,
    rule: str,
    start: int,
    end: int,
    new: str | None,
    why: str,
    safety: Safety,
    *,
    markup: bool = False,
) -> Finding:
    edits = None if new is None else document.edits(start, end, new, exact=True)
    fixes = () if edits is None else (Fix(edits, safety, markup),)
    return Finding(f"typography/{rule}", "typography", *document.source(start, end), why, fixes)


# ---- full-width marks ----


def _wide(document: Document) -> Iterator[Finding]:
    """Yield full-width marks, letters and figures in English; beside Chinese, Japanese or Korean text they stay."""
    prose = document.prose
    for match in WIDE.finditer(prose):
        start, end = match.span()
        number = document.block_at(start)
        if number < 0:
            continue
        block = document.blocks[number]
        if _among_cjk(prose, block, start, end) or _asian(prose, block):
            continue
        old = match.group()
        if old[0] in "「『":
            marks = '""' if '"' in prose and "“" not in prose else "“”"
            new = marks[0] + old[1:-1] + marks[1]
            new = " " * prose[start - 1 : start].isalnum() + new + " " * prose[end : end + 1].isalnum()
            yield _finding(document, "wide", start, end, new, "Quotation marks of an Asian type.", Safety.safe)
            continue
        new = "".join(NARROW.get(c, c) for c in old)
        if old == "、" and prose[block.start : start].strip().isdigit():
            new = "."  # "1、Install": the number of an item
        start, end, new = _spaced(prose, block, start, end, new)
        if prose[start:end] != new:
            yield _finding(document, "wide", start, end, new, "A full-width character in English text.", Safety.safe)


def _asian(prose: str, block: Block) -> bool:
    """Return True for a block that is not English, with English words in it at most."""
    return len(CJK.findall(prose, block.start, block.end)) * 5 > block.end - block.start


def _among_cjk(prose: str, block: Block, start: int, end: int) -> bool:
    """Return True where the characters belong to text in an Asian script: beside it, or around it in brackets."""
    before = prose[max(block.start, start - 2) : start].rstrip()[-1:]
    after = prose[end : min(block.end, end + 2)].lstrip()[:1]
    if CJK.match(before) or CJK.match(after) or CJK.search(prose, start + 1, end - 1):
        return True
    if prose[start] in "（「『":
        return bool(CJK.search(prose, end, min(block.end, max(end, prose.find("）", end)))))
    if prose[end - 1] in "）」』":
        opening = prose.rfind("（", block.start, start)
        return opening >= 0 and bool(CJK.search(prose, opening, start))
    return False


def _spaced(prose: str, block: Block, start: int, end: int, new: str) -> tuple[int, int, str]:
    """Return the span and text with blanks as English has them: none before a mark, one behind it, none in figures."""
    before = prose[start - 1] if start > block.start else ""
    after = prose[end] if end < block.end else ""
    if not new.strip():
        return start, end, "" if not before.strip() or not after.strip() else " "
    if new[0] in ",.:;!?)%" and before == " " and not (new[0] == "." and after.isalnum()):
        while start > block.start and prose[start - 1] == " ":
            start -= 1
    elif new[0] == "(" and (before.isalnum() or before in '”’")') and before:
        new = " " + new
    if new[-1] == "(":
        while end < block.end and prose[end] == " ":
            end += 1
    elif new[-1] in ",.:;!?)" and after and (after.isalnum() or after in '“"(（‘'):
        figures = before.isdigit() and after.isdigit() and new in (",", ".", ":")
        if not figures:
            new += " "
    return start, end, new


# ---- apostrophes ----


@lru_cache(maxsize=4)
def _stripped(words: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    table = {word.replace("'", ""): word for word in words}
    return re.compile(
        r"(?<![\w’'.-])(?:" + "|".join(sorted(table, key=len, reverse=True)) + r")(?![\w’'.-]\w)(?!\w)"
    ), table


def _apostrophes(document: Document, known: Knowledge, translated: bool) -> Iterator[Finding]:
    """Yield contractions whose apostrophe was stripped: "doesnt". A text that never writes one does so on purpose.

    Where it was the page's software, it was more than one word; a single one in a page of nobody's translation is a slip.
    """
    words = tuple(known.words.get("contraction", ()))
    if not words:
        return
    pattern, table = _stripped(words)
    low = document.lower
    if not any(word in low for word in table):
        return
    found = list(pattern.finditer(document.lower))
    if not found:
        return
    prose = document.prose
    kept = len(re.findall(r"\w(?:n[’']t|[’'](?:re|ve|ll|s|m|d))\b", prose))
    stripped = translated or len({match.group() for match in found}) > 2
    safe = stripped and (kept >= len(found) or (len(found) <= 2 and prose.count(" ") > 150))
    mark = "’" if "’" in prose else "'"
    for match in found:
        old = prose[match.start() : match.end()]
        at = table[match.group()].index("'")
        if old.islower() or old[1:].islower():
            new = old[:at] + mark + old[at:]
            level = Safety.safe if safe else Safety.unsafe
            yield _finding(document, "apostrophe", *match.span(), new, "The apostrophe was lost.", level)


# ---- Markdown ----


def _links(document: Document) -> Iterator[Finding]:
    """Yield Markdown links and images torn by blanks: "[text] (target)", "! [alt](target)"."""
    prose = document.prose
    for match in BOLD.finditer(prose) if "**" in prose else ():
        for start, end in (match.span(1), match.span(3)):
            if start < end and in_line(document, start, end):
                yield _finding(
                    document,
                    "torn-bold",
                    start,
                    end,
                    "",
                    "A blank keeps the text from being bold.",
                    Safety.unsafe,
                    markup=True,
                )
    for match in LONE_MARK.finditer(prose) if "! " in prose else ():
        begin, stop = document.source(match.start() + 1, match.end())
        if stop == begin + 1 and WHOLE_LINK.match(document.text, stop):  # a whole link: its brackets are no prose
            why = "A picture torn by a blank."
            yield _finding(document, "torn-link", match.start() + 1, match.end(), "", why, Safety.safe, markup=True)
    if "] (" not in prose and "! [" not in prose and "](" not in prose:
        return
    for match in LINK.finditer(prose):
        start, end = match.span("gap") if match["gap"] else (match.end() - 1, match.end())
        yield _finding(document, "torn-link", start, end, "", "A link torn by a blank.", Safety.safe, markup=True)
    for match in LINK_BLANK.finditer(prose):
        yield _finding(
            document, "torn-link", *match.span(), "", "A link's address torn by a blank.", Safety.safe, markup=True
        )


def _bullets(document: Document) -> Iterator[Finding]:
    """Yield signs that stand for the bullets of a list, two lines or more in a row that begin with the same one."""
    found: list[tuple[int, int, str, int]] = []
    text = document.text
    for block in document.blocks:
        if block.kind in ("heading", "cell", "value"):
            continue
        begin, stop = document.source(block.start, block.end)
        for match in BULLET.finditer(text, begin, stop):
            if match.start() == begin or text[match.start() - 1] == "\n":
                found.append((match.start(1), match.end(), match[1], text.count("\n", 0, match.start())))
    for k, (start, end, sign, line) in enumerate(found):
        beside = [f for f in found[max(0, k - 1) : k + 2] if f[2] == sign and 0 < abs(f[3] - line) <= 2]
        if not beside:
            continue
        from cleaner.text.edits import Edit

        safety = Safety.safe if document.format == "markdown" else Safety.unsafe
        fix = Fix((Edit(start, end, "- "),), safety, document.format == "markdown")
        yield Finding("typography/bullet", "typography", start, end, "A sign in place of a list's bullet.", (fix,))


# ---- quotation marks ----


def _unpaired(document: Document) -> Iterator[Finding]:
    """Yield curly marks that close what nothing opened; a quotation may run over paragraphs, so openings are left."""
    opened = 0
    for block in document.blocks:
        fresh = True
        for match in QUOTES.finditer(document.prose, block.start, block.end):
            if match.group() == "“":
                opened = opened + 1 if not fresh else 1
            elif opened:
                opened -= 1
            else:
                why = "This quotation mark closes nothing."
                yield _finding(document, "unpaired-quote", *match.span(), None, why, Safety.manual)
            fresh = False
