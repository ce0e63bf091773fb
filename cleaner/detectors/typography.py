"""Typography: what the page's own habits decide: full-width marks, glued sentences, lost apostrophes, torn links.

Marks and blanks that are wrong everywhere are rules (rules/typography).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from cleaner.findings import Finding, Fix, Safety
from cleaner.packs.load import Knowledge
from cleaner.packs.scan import Hits
from cleaner.text.document import OBJECT, Block, Document

WIDE = re.compile(r"[、。〜．，：；！？（）％＆＋－～０-９Ａ-Ｚａ-ｚ]+|[「『][^「」『』\n]{1,80}[」』]|\u3000+")
CJK = re.compile("[\u3040-\u30ff\u3100-\u9fff\uac00-\ud7a3]")
NARROW = {chr(0xFF01 + n): chr(0x21 + n) for n in range(94)} | {"、": ",", "。": ".", "〜": "~", "\u3000": " "}
GLUED = re.compile(r"(?<=[a-z\ufffc)])([.!?])(?=([A-Z][a-z]*)(?=[ ,’']))")
GLUED_COMMA = re.compile(
    r"(?<=[a-z]{2}),(?=(?:and|but|the|which|who|where|while|because|it|they|he|she|we|in|to|so|as|with|for) [a-z])"
)
ADDRESS = re.compile(r"[/@_\\=<>#:|{}\[\]$*`]|\w\.\w+\.|\(\)|^\W*(?:www|http)")
LINK = re.compile(
    r"(?:(?P<image>!) (?=\[[^\]\n]*\] ?\())|(?<=\])(?P<gap> +)(?=\((?:\ufffc|#|\./|\.\./|/[\w.]|https?:|"
    r"[\w/.-]+\.(?:md|html?|png|jpe?g|gif|svg|pdf|apk|zip|txt)\)))"
)
LINK_BLANK = re.compile(r"(?<=\]\((?:#|\.)) (?=\w)|(?<=\]\(\./) (?=\w)|(?<=\] \((?:#|\.)) (?=\w)|(?<=\] \(\./) (?=\w)")
BULLET = re.compile(r"^[ \t]*([●•·◆■○▪‣▶►]|・)[ \t]*(?=[\w\"“‘(（\[*`])", re.MULTILINE)
SUFFIXES = frozenset(["ai", "cc", "co", "com", "cs", "css", "doc", "edu", "exe", "gov", "go", "gz", "htm", "html", "io", "jpg", "js", "json", "md", "me", "net", "org", "pdf", "php", "png", "py", "rb", "rs", "sh", "so", "sql", "tar", "ts", "tv", "txt", "uk", "us", "vb", "xml", "yml", "zip"])
QUOTES = re.compile("[“”]")
BOLD = re.compile(r"(?<![\w*])\*\*( ?)(?=[^\s*])([^*\n]{2,120}?)( ?)\*\*(?![\w*])")
BEFORE_STOP = re.compile(r"(?<=[\w)\]”’\"%])[ \xa0]+(?=[.,](?:[\s”’\")]|$)(?![.,]? ?[.,…})\]]))")
BEFORE_MARK = re.compile(r"(?<=[a-z]{2}) +(?=[:;!?](?:[ ”’\"]|$))(?!! ?\[)")
BEFORE_HYPHEN = re.compile(r"(?<![\w-])([a-z]{2,}) (?=-([a-z]{2,})(?![\w-]))", re.IGNORECASE)
COMMAND = re.compile(r"\b(?:options?|flags?|commands?|arguments?|parameters?|switch(?:es)?|shell|terminal)\b|--\w")


def find(document: Document, known: Knowledge, hits: Hits, language: str | None) -> Iterator[Finding]:
    """Yield what is wrong with marks and blanks in this document."""
    if not document.prose.isascii():
        yield from _wide(document)
        yield from _bullets(document)
        yield from _unpaired(document)
    yield from _before_stops(document, known)
    yield from _before_hyphens(document, known)
    yield from _glued(document, known)
    yield from _apostrophes(document, known)
    if document.format == "markdown":
        yield from _links(document)


def _finding(document: Document, rule: str, start: int, end: int, new: str | None, why: str, safety: Safety) -> Finding:
    edits = None if new is None else document.edits(start, end, new, exact=True)
    fixes = () if edits is None else (Fix(edits, safety),)
    return Finding(f"typography/{rule}", "typography", *document.source(start, end), why, fixes)


# ---- blanks before marks ----


def _plain(document: Document, start: int, end: int) -> bool:
    """Return True where a blank of the prose is one in the text too: no markup beside it, no end of a line."""
    begin, stop = document.source(start - 1, end + 1)
    return document.text[begin:stop] == document.prose[start - 1 : end + 1] and "\n" not in document.text[begin:stop]


def _before_stops(document: Document, known: Knowledge) -> Iterator[Finding]:
    """Yield blanks before stops: "at sea .", "7% ,"; a text cut into tokens has them everywhere, and keeps them."""
    prose = document.prose
    if any(blank in prose for blank in (" .", " ,", "\xa0.", "\xa0,")):
        found = list(BEFORE_STOP.finditer(prose))
        habit = len(found) >= 6 and len(found) * 2 > prose.count(",") + prose.count(". ")
        small = frozenset(known.words.get("function-word", ()))
        for match in () if habit else found:
            start, end = match.span()
            word = re.search(r"(\w*)$", prose[max(0, start - 20) : start])
            if (word and word[1].lower() in small) or not _plain(document, start, end) or prose[end + 1 : end + 3] == " .":
                continue  # a lost word, not a stray blank
            yield _finding(document, "space-before-stop", start, end, "", "No space stands before a stop.", Safety.safe)
    if any(blank in prose for blank in (" :", " ;", " !", " ?")):
        for match in BEFORE_MARK.finditer(prose):
            if _plain(document, *match.span()):
                why = "No space stands before this mark."
                yield _finding(document, "space-before-mark", *match.span(), "", why, Safety.unsafe)


def _before_hyphens(document: Document, known: Knowledge) -> Iterator[Finding]:
    """Yield compounds torn before the hyphen: "high -precision"; a dash between clauses, and a command's flag, stay."""
    prose = document.prose
    if " -" not in prose:
        return
    first = frozenset(known.words.get("compound-first", ()))
    small = frozenset(known.words.get("function-word", ()))
    particles = frozenset(known.words.get("particle-compound", ()))
    for match in BEFORE_HYPHEN.finditer(prose):
        start, end = match.end(1), match.end()
        one, two = match[1].lower(), match[2].lower()
        particle = two in ("in", "on", "up", "off", "out", "down", "over") and one in particles
        if (two in small and not particle) or one in small or len(two) < 2 or not _plain(document, start, end):
            continue
        number = document.block_at(start)
        if number < 0 or COMMAND.search(document.content(document.blocks[number])):
            continue
        sure = (one in first and len(two) > 2) or particle
        if not sure and not (match[1].islower() and prose[match.end(2) : match.end(2) + 2].strip().islower()):
            continue
        why = "The two parts of a compound, torn before the hyphen."
        safety = Safety.safe if sure else Safety.unsafe
        yield _finding(document, "torn-hyphen", start, end, "", why, safety)


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
        if _among_cjk(prose, block, start, end):
            continue
        old = match.group()
        if old[0] in "「『":
            marks = '""' if '"' in prose and "“" not in prose else "“”"
            new = marks[0] + old[1:-1] + marks[1]
            new = " " * prose[start - 1 : start].isalnum() + new + " " * prose[end : end + 1].isalnum()
            yield _finding(document, "wide", start, end, new, "Quotation marks of an Asian type.", Safety.safe)
            continue
        new = "".join(NARROW.get(c, c) for c in old)
        start, end, new = _spaced(prose, block, start, end, new)
        if prose[start:end] != new:
            yield _finding(document, "wide", start, end, new, "A full-width character in English text.", Safety.safe)


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
    elif new[0] == "(" and (before.isalnum() or before in "”’\")") and before:
        new = " " + new
    if new[-1] == "(":
        while end < block.end and prose[end] == " ":
            end += 1
    elif new[-1] in ",.:;!?)" and after and (after.isalnum() or after in "“\"(（‘"):
        figures = before.isdigit() and after.isdigit() and new in (",", ".", ":")
        if not figures:
            new += " "
    return start, end, new


# ---- glued sentences ----


@lru_cache(maxsize=4)
def _starters(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words)


def _glued(document: Document, known: Knowledge) -> Iterator[Finding]:
    """Yield stops with no blank behind them: "at sea.The crew"; names of files, sites, versions and code stay."""
    prose = document.prose
    starters = common = None
    for match in GLUED.finditer(prose):
        start, end = match.span()
        left = prose[max(0, start - 40) : start].split()[-1:] or [""]
        right = prose[end : end + 40].split()[:1] or [""]
        if ADDRESS.search(left[0]) or ADDRESS.search(right[0]) or "." in left[0] or document.block_at(start) < 0:
            continue
        if starters is None:
            starters = _starters(tuple(known.words.get("sentence-start", ())))
            common = frozenset(known.words.get("lower-case", ())) | frozenset(known.words.get("either-case", ()))
        word = re.sub(r"^\W+", "", left[0].replace(OBJECT, ""))
        if word and not (word.rstrip(")").islower() and len(word) > 1) and not left[0].endswith((OBJECT, ")")):
            continue
        stop = match[1] if match[1] == "." else "!"
        if match[2] not in starters and not re.match(r" [a-z]", prose[match.end(2) : match.end(2) + 2]):
            continue
        safe = match[2] in starters and (stop == "!" or word in (common or ()) or word not in SUFFIXES)
        why = "No space behind the end of the sentence."
        yield _finding(document, "glued", end, end, " ", why, Safety.safe if safe else Safety.unsafe)
    if prose.count(",") > prose.count(", ") + prose.count(",\n"):
        for match in GLUED_COMMA.finditer(prose):
            yield _finding(document, "glued-comma", match.end(), match.end(), " ", "No space behind the comma.", Safety.safe)


# ---- apostrophes ----


@lru_cache(maxsize=4)
def _stripped(words: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    table = {word.replace("'", ""): word for word in words}
    return re.compile(r"(?<![\w’'.-])(?:" + "|".join(sorted(table, key=len, reverse=True)) + r")(?![\w’'.-]\w)(?!\w)"), table


def _apostrophes(document: Document, known: Knowledge) -> Iterator[Finding]:
    """Yield contractions whose apostrophe was stripped: "doesnt". A text that never writes one does so on purpose."""
    words = tuple(known.words.get("contraction", ()))
    if not words:
        return
    pattern, table = _stripped(words)
    found = list(pattern.finditer(document.lower))
    if not found:
        return
    prose = document.prose
    kept = len(re.findall(r"\w(?:n[’']t|[’'](?:re|ve|ll|s|m|d))\b", prose))
    safe = kept >= len(found) or (len(found) <= 2 and prose.count(" ") > 150)
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
            if start < end and _plain(document, start, end):
                yield _finding(document, "torn-bold", start, end, "", "A blank keeps the text from being bold.", Safety.unsafe)
    if "] (" not in prose and "! [" not in prose and "](" not in prose:
        return
    for match in LINK.finditer(prose):
        start, end = match.span("gap") if match["gap"] else (match.end() - 1, match.end())
        yield _finding(document, "torn-link", start, end, "", "A link torn by a blank.", Safety.safe)
    for match in LINK_BLANK.finditer(prose):
        yield _finding(document, "torn-link", *match.span(), "", "A link's address torn by a blank.", Safety.safe)


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
        fix = Fix((Edit(start, end, "- "),), safety)
        yield Finding("typography/bullet", "typography", start, end, "A sign in place of a list's bullet.", (fix,))


# ---- quotation marks ----


def _unpaired(document: Document) -> Iterator[Finding]:
    """Yield curly marks that close what nothing opened; a quotation may run over paragraphs, so openings are left."""
    if "”" not in document.prose:
        return
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
