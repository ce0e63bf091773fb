"""The client: what LanguageTool says about texts, each by itself, in offsets of code points."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
from collections.abc import Iterable, Sequence
from http.client import HTTPException
from typing import Any, NamedTuple

from cleaner.grammar.server import opener
from cleaner.text.files import InputError

LANGUAGE = "en-US"
BATCH = 10_000  # characters of a request, unless a single text is longer
TIMEOUT = 300.0  # seconds
GAP = "\n\n"  # LanguageTool ends a paragraph there
KEPT = 4096  # texts whose matches are remembered: a document is checked several times while it is being fixed
REASON = 200  # characters of a server's complaint that are shown


class Match(NamedTuple):
    """What LanguageTool says about `[start, end)` of a text."""

    start: int
    end: int
    rule: str
    category: str
    message: str
    suggestions: tuple[str, ...]
    url: str


_kept: dict[tuple[str, str, str], tuple[Match, ...]] = {}


def ask(url: str, texts: Sequence[str], settings: str) -> list[tuple[Match, ...]]:
    """Return the matches in each text; `settings` is the rest of the request, encoded. Raises InputError."""
    new = [text for text in dict.fromkeys(texts) if (url, settings, text) not in _kept]
    if len(_kept) + len(new) > KEPT:
        _kept.clear()
        new = list(dict.fromkeys(texts))
    for batch in _batches(new):
        found = _request(url, GAP.join(batch), settings)
        start = 0
        for text in batch:
            end = start + len(text)
            inside = (m for m in found if start <= m.start and m.end <= end)
            _kept[url, settings, text] = tuple(m._replace(start=m.start - start, end=m.end - start) for m in inside)
            start = end + len(GAP)
    return [_kept[url, settings, text] for text in texts]


def _batches(texts: Iterable[str]) -> Iterable[list[str]]:
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and size + len(text) > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text) + len(GAP)
    if batch:
        yield batch


def _request(url: str, text: str, settings: str) -> list[Match]:
    data = f"language={LANGUAGE}&{settings}&" + urllib.parse.urlencode({"text": text}, errors="replace")
    base = url.rstrip("/").removesuffix("/v2")
    try:
        with opener(url).open(f"{base}/v2/check", data.encode("ascii"), timeout=TIMEOUT) as answer:
            matches = json.load(answer)["matches"]
        place = _code_points(text)
        return [_match(match, place) for match in matches]
    except urllib.error.HTTPError as error:
        said = error.read(REASON).decode("utf-8", "replace").strip().partition("\n")[0]
        raise InputError(f"LanguageTool at {url} refuses: {error.code} {said or error.reason}") from None
    except OSError as error:  # URLError too
        reason = getattr(error, "reason", error)
        raise InputError(
            f"LanguageTool at {url} does not answer: {getattr(reason, 'strerror', None) or reason}"
        ) from None
    except (HTTPException, ValueError, KeyError, TypeError, IndexError):
        raise InputError(f"what answers at {url} is not LanguageTool") from None


def _match(match: Any, place: Sequence[int]) -> Match:
    rule = match["rule"]
    return Match(
        place[match["offset"]],
        place[match["offset"] + match["length"]],
        rule["id"],
        rule["category"]["id"],
        match["message"],
        tuple(suggestion["value"] for suggestion in match["replacements"]),
        next((link["value"] for link in rule.get("urls", ())), ""),
    )


def _code_points(text: str) -> Sequence[int]:
    """Return the offset in code points of each offset in UTF-16 units, which Java counts in."""
    if len(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2:
        return range(len(text) + 1)
    out: list[int] = []
    for number, character in enumerate(text):
        out += [number] * (2 if ord(character) > 0xFFFF else 1)
    return [*out, len(text)]
