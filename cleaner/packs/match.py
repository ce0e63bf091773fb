"""Matching: a rule's own pattern or forms around its anchors, the context that makes it certain, and the repair."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from cleaner.findings import Evidence, Finding, Fix, Safety
from cleaner.packs import forms
from cleaner.packs.scan import whole_words
from cleaner.text.document import OBJECT, Block, Document
from cleaner.text.lazy import lazy
from cleaner.text.quotes import quotation

# Signs beside a word that make it part of an address, a path, an option or an identifier.
BESIDE = lazy(r"^[./\\@#:_$=~+-]|\|(?:[/\\@_=#$+-]\w|[.:(]\w|\(\))")
TIMEOUT = 0.5  # seconds one pattern may take on one block
GLOSS = lazy(
    r"\b(?:mean(?:s|ing|t)\b|literal(?:ly)?\b|nicknamed?\b|so[- ]called\b|translat(?:es|ed|ion)\b|known (?:\S+ ){0,3}as\b"
    r"|named after\b|folk ?tale\b|the (?:word|phrase|term|character|name|expression)s?\b)"
)
TEMPLATE = lazy(r"\\(\d)|\{(\d)(?::([a-z]+))?\}")
LONGEST_LINE = 450  # characters; what is longer is a paragraph, and no line that a rule takes whole
SAFE, UNSAFE = 2.0, 1.0  # points of evidence a fix needs
PLENTY = 4  # words of the subject after which no more are looked for
PAGE = 6000  # characters either way that count as the same page: a book holds every word somewhere


class Hit(NamedTuple):
    """A confirmed match: prose span, and the text to put there (None: nothing to put)."""

    start: int
    end: int
    new: str | None


@lru_cache(maxsize=4096)
def _compiled(pattern: str, exact: bool) -> Any:
    import regex

    return regex.compile(pattern, regex.MULTILINE | (0 if exact else regex.IGNORECASE))


@lru_cache(maxsize=2048)
def _word_finder(words: tuple[str, ...]) -> re.Pattern[str]:
    parts = [re.escape(w[:-1]) + r"\w*" if w.endswith("*") else re.escape(w) + r"(?:e?s)?" for w in words]
    return re.compile(r"(?<!\w)(?:" + "|".join(sorted(parts, key=len, reverse=True)) + r")(?!\w)")


def find(
    rule: dict[str, Any], anchors: Iterable[tuple[int, int]], document: Document, language: str | None
) -> Iterator[Finding]:
    """Yield the findings of one rule at its anchors; spans and edits are offsets of the document's text."""
    for hit in _forms(rule, anchors, document) if rule["forms"] else _pattern(rule, anchors, document):
        finding = _judge(rule, hit, document, language)
        if finding is not None:
            yield finding


# ---- where a rule matches ----


def _forms(rule: dict[str, Any], anchors: Iterable[tuple[int, int]], document: Document) -> Iterator[Hit]:
    """Yield the places where a literal form stands as whole words, in a case that it allows; of two that overlap the longer."""
    prose = document.prose
    spelt: dict[str, list[tuple[str, str | None]]] = {}
    for form, right in rule["forms"].items():
        spelt.setdefault(form.lower(), []).append((form, right))  # they may differ by case only
    end_of_last = 0
    for start, end in sorted(anchors, key=lambda span: (span[0], -span[1])):
        text = prose[start:end]
        if end <= end_of_last or not whole_words(prose, start, end):
            continue
        if rule["alone"] and BESIDE.search(prose[max(0, start - 1) : start] + "|" + prose[end : end + 2]):
            continue
        for form, right in spelt[document.lower[start:end]]:
            if text == form or (not rule["exact"] and (form.islower() or text[1:] == form[1:])):
                end_of_last = end
                if not _stands(document.lower, start, form.lower(), right):
                    yield Hit(start, end, right)
                break


def _stands(low: str, start: int, form: str, right: str | None) -> bool:
    """Return True where a form is part of its own right form, and that stands there: "exchange market" of "foreign ..."."""
    at = right.lower().find(form) if right else -1
    return at >= 0 and right is not None and form != right.lower() and low.startswith(right.lower(), max(0, start - at))


def _pattern(rule: dict[str, Any], anchors: Iterable[tuple[int, int]], document: Document) -> Iterator[Hit]:
    """Yield the matches of a rule's pattern in the blocks that hold one of its anchors.

    The pattern is compiled only once a block has all that a match must have.
    """
    seen = -1
    for start, end in anchors:
        if start <= seen or (rule["cased"] is not None and document.prose[start:end] not in rule["cased"]):
            continue
        number = document.block_at(start)
        if number < 0:
            continue
        block = document.blocks[number]
        seen = block.end
        if rule["within"] is not None and start - block.start > rule["within"]:
            continue
        if not _possible(rule, number, document):
            continue
        compiled = _compiled(rule["pattern"], rule["exact"])
        try:
            if rule["line"]:
                if block.end - block.start > LONGEST_LINE:
                    continue
                match = compiled.fullmatch(document.prose, block.start, block.end, timeout=TIMEOUT)
                found = [match] if match else []
            else:
                found = list(compiled.finditer(document.prose, block.start, block.end, timeout=TIMEOUT))
        except TimeoutError:
            continue  # a pattern that takes this long has nothing certain to say
        for match in found:
            new = None if rule["replace"] is None else fill(rule["replace"], match)
            yield Hit(match.start(), match.end(), new)


def _possible(rule: dict[str, Any], number: int, document: Document) -> bool:
    """Return True where a block is of a kind, length and place that a rule speaks of, and holds its other literals."""
    block = document.blocks[number]
    low, high = rule["width"]
    if block.end - block.start < low or (rule["line"] and block.end - block.start > high):
        return False
    if not _placed(rule, number, document):
        return False
    text = document.lower
    start, end = block.start, block.end
    for options in rule["also"]:
        for part in options:
            if text.find(part, start, end) >= 0:
                break
        else:
            return False
    return True


def _placed(rule: dict[str, Any], number: int, document: Document) -> bool:
    """Return True where a rule may speak of this block: of its kind, and at its place in the document."""
    if rule["where"] and document.blocks[number].kind not in rule["where"]:
        return False
    top, bottom = number < 6, number >= len(document.blocks) - 6
    return {None: True, "top": top, "bottom": bottom, "edge": top or bottom}[rule["position"]]


def fill(template: str, match: Any) -> str:
    """Fill a replacement: `\\1` a group, `{1:lower}` the group in lower case, `{1:past}` its verb's past, and so on."""

    def part(found: re.Match[str]) -> str:
        text = match.group(int(found[1] or found[2])) or ""
        how = found[3]
        if how is None:
            return text
        if how == "lower":
            return text[:1].lower() + text[1:]
        if how == "upper":
            return text[:1].upper() + text[1:]
        if how == "plural":
            return forms.plural(text)
        if how == "a":
            return forms.article(text) + " " + text
        return forms.verb_phrase(forms.lemma(text), how)

    return TEMPLATE.sub(part, template)


# ---- whether it is certain, and the repair ----


def _judge(rule: dict[str, Any], hit: Hit, document: Document, language: str | None) -> Finding | None:
    number = document.block_at(hit.start)
    if number < 0:
        return None
    block = document.blocks[number]
    translated = language is not None and rule["pack"].startswith(language)
    if rule["needs"] == "translated" and not (translated or (language and "-" not in rule["pack"])):
        return None
    quoted = quotation(document.prose, block.start, block.end, hit.start)
    if quoted and quoted != (hit.start, hit.end):
        if rule["quotes"] == "skip":
            return None
    elif quoted is None or rule["quotes"] == "any":
        quoted = None
    scope = (
        quoted if quoted and rule["quotes"] == "own" and quoted != (hit.start, hit.end) else (block.start, block.end)
    )
    low = document.lower
    if rule["unless"] and _near(rule["unless"], low, block.start, block.end, hit):
        return None
    if rule["gloss"] and rule["kind"] in ("term", "name") and _gloss(document, block, hit):
        return None
    points, evidence = _points(rule, hit, document, scope, translated, quoted=scope == quoted)
    if points < UNSAFE:
        return None
    level = Safety.safe if points >= SAFE else Safety.unsafe
    limit = rule["safety"]
    if limit == "translated":
        limit = "safe" if language else "unsafe"
    level = min(level, Safety[limit])
    edits = _edits(rule, hit, document, number)
    fixes = () if edits is None else (Fix(edits, level),)
    start, end = document.source(hit.start, hit.end)
    if rule["source"]:
        evidence = (*evidence, Evidence(rule["why"], source=rule["source"]))
    return Finding(rule["id"], rule["kind"], start, end, message(rule, hit, document), fixes, evidence)


def message(rule: dict[str, Any], hit: Hit, document: Document) -> str:
    """Return what a person reads: the reason, with the source expression where it is known."""
    return f"{rule['why']}" + (f" ({rule['from']})" if rule["from"] else "")


def _near(words: list[str], low: str, start: int, end: int, hit: Hit) -> dict[str, tuple[int, int]]:
    """Return each of `words` (a plural or * ending allowed) found in `[start, end)` outside the hit, with its place."""
    # A paragraph as long as a book is looked at for a page either way.
    start, end = max(start, hit.start - PAGE), min(end, hit.end + PAGE)
    found: dict[str, tuple[int, int]] = {}
    own = set(re.findall(r"\w+", low[hit.start : hit.end]))
    for match in _word_finder(tuple(words)).finditer(low, start, end):
        if match.group() not in own and (match.end() <= hit.start or match.start() >= hit.end):
            found.setdefault(match.group(), match.span())
            if len(found) == PLENTY:
                break
    return found


def _gloss(document: Document, block: Block, hit: Hit) -> bool:
    """Return True where the sentence explains the words: "the name means ...", "literally ..."."""
    low = document.lower
    begin = max(block.start, hit.start - 60)
    for stop in (". ", "! ", "? "):
        begin = max(begin, low.rfind(stop, begin, hit.start) + 1)
    after = low[hit.end : min(block.end, hit.end + 40)]
    return bool(GLOSS.search(low, begin, hit.start)) or bool(
        re.match(r"[\"”’']?,? (?:means|meaning|is the literal)\b", after)
    )


def _points(
    rule: dict[str, Any], hit: Hit, document: Document, scope: tuple[int, int], translated: bool, *, quoted: bool
) -> tuple[float, tuple[Evidence, ...]]:
    """Weigh the evidence: each context word in the block 1 point, elsewhere in the document a half (at most 1.5 in all),
    the right form elsewhere in the page 1 (a name: 2), and 1 for a page known to be translated, once anything else speaks.
    """
    if not rule["near"]:
        return SAFE, ()
    low = document.lower
    here = _near(rule["near"], low, *scope, hit)
    around = max(0, hit.start - PAGE), min(len(low), hit.end + PAGE)
    everywhere = _near(rule["near"], low, *around, hit) if len(here) < SAFE else here
    points = len(here) + (0.0 if quoted and not here else min(1.5, 0.5 * sum(word not in here for word in everywhere)))
    evidence = []
    for _word, (start, end) in list({**here, **everywhere}.items())[:3]:
        evidence.append(_span(document, start, end, "a word of the subject"))
    right = hit.new if rule["forms"] else None
    if right and len(right) > 3 and not (quoted and not here):
        at = _elsewhere(right, document.prose, hit)
        # One common word ("points", "results") stands in many a text: it counts only where the subject is there too.
        if at >= 0 and (points or not right.isalpha() or not right.islower()):
            points += 2.0 if rule["kind"] == "name" else 1.0
            evidence.insert(0, _span(document, at, at + len(right), "the right form, elsewhere in the text"))
    if points >= UNSAFE and translated:
        points += 1
    return points, tuple(evidence)


def _elsewhere(right: str, prose: str, hit: Hit) -> int:
    """Return where the right form stands as whole words outside the hit (which may hold it itself); -1 if nowhere."""
    at = prose.find(right)
    while at >= 0 and (hit.start <= at < hit.end or not whole_words(prose, at, at + len(right))):
        at = prose.find(right, at + 1)
    return at


def _span(document: Document, start: int, end: int, says: str) -> Evidence:
    begin, stop = document.source(start, end)
    return Evidence(says, begin, stop, document.prose[start:end])


def _edits(rule: dict[str, Any], hit: Hit, document: Document, number: int) -> tuple[Any, ...] | None:
    """Return the edits of a hit: the whole block for a line rule that deletes, else the words that change."""
    if hit.new is None:
        return None
    block = document.blocks[number]
    if rule["line"] and hit.new == "":
        return document.removal(number)
    return fit(document, block, hit.start, hit.end, hit.new, article=rule["article"], sentence=bool(rule["forms"]))


def fit(
    document: Document,
    block: Block,
    start: int,
    end: int,
    new: str,
    *,
    article: bool | None = None,
    sentence: bool = True,
) -> tuple[Any, ...] | None:
    """Return the edits that put `new` at prose `[start, end)`, fitted to the words around it.

    `sentence` carries a capital over. The article before it agrees (a, an); "the" is not doubled, and goes where `article`
    is False. A word that would stand twice at the end, and blanks left by a deletion, go too.
    """
    prose = document.prose
    old = prose[start:end]
    if OBJECT in old:
        return None
    if sentence and old[:1].isupper() and new[:1].islower():
        words = re.findall(r"[A-Za-z][\w’'-]*", old)
        if len(words) > 1 and all(w[0].isupper() for w in words if len(w) > 3):
            if old.isupper():
                new = new.upper()
            elif not _starts_sentence(prose, block, start):
                new = new.title() if block.kind == "heading" else new
            else:
                new = new[:1].upper() + new[1:]
        elif _starts_sentence(prose, block, start) or len(words) == 1:
            new = new[:1].upper() + new[1:] if _starts_sentence(prose, block, start) else new
    before = prose[max(block.start, start - 5) : start]
    lead = re.search(r"\b([Aa]n?|[Tt]he) $", before)
    if lead and new:
        word = lead[1]
        if word.lower() == "the":
            if new.lower().startswith("the "):
                new = new[4:]
            elif article is False:
                start -= len(lead[0])
                new = new[:1].upper() + new[1:] if word == "The" else new
        elif new.lower().startswith("the "):
            start -= len(lead[0])
            new = new[:1].upper() + new[1:] if word[0] == "A" else new
        elif not re.match(r"an? ", new):
            right = forms.article(new)
            if right != word.lower():
                start -= len(lead[0])
                new = (right.capitalize() if word[0] == "A" else right) + " " + new
    last = re.search(r"(\w+)$", new)
    if last and len(last[1]) > 2 and re.match(rf" {re.escape(last[1])}\b", prose[end : block.end], re.IGNORECASE):
        end += 1 + len(last[1])
    if new == "":
        if end < block.end and prose[end] == " " and (start == block.start or prose[start - 1] in " ("):
            end += 1
        elif start > block.start and prose[start - 1] == " " and (end == block.end or prose[end] in ".,;:!?)"):
            start -= 1
    return document.edits(start, end, new)


def _starts_sentence(prose: str, block: Block, start: int) -> bool:
    return not prose[block.start : start].strip(" \"“‘'([«*▲•-") or bool(
        re.search(r"[.!?…:][\"”’')]*\s+[\"“‘'(]*$", prose[max(block.start, start - 8) : start])
    )
