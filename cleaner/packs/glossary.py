"""The glossary of the house: `prefer: {wrong: right}`, `never: [...]`, `keep: [...]`, checked, as rules and lists of words."""

from __future__ import annotations

import difflib
import re
from typing import Any

from cleaner.packs.yaml import Mapping

PACK = "glossary"
PREFER, NEVER = f"{PACK}/prefer", f"{PACK}/never"
KEYS = ("prefer", "never", "keep")


def read(item: Mapping) -> tuple[list[dict[str, Any]], list[str], list[str]]:
    """Return the rules of a glossary, the words that it keeps, and those that it prefers. Raises PackError."""
    for key in item:
        if key not in KEYS:
            near = difflib.get_close_matches(key, KEYS, 1)
            raise item.fail(f"unknown key '{key}'" + (f"; did you mean '{near[0]}'?" if near else ""), key)
    prefer = item.get("prefer")
    if prefer is not None and not isinstance(prefer, Mapping):
        raise item.fail("'prefer' must be a mapping of wrong words to right ones", "prefer")
    rules = [_prefer(prefer, wrong) for wrong in prefer] if prefer else []
    if prefer:
        _no_circle(prefer)
    keep = _words(item, "keep")
    for word in _words(item, "never"):
        if word in (prefer or ()):
            raise item.fail(f"'{word}' stands under 'prefer' too", "never")
        rules.append(_rule(item, "never", NEVER, "A word that the glossary of the house does not have.", {word: None}))
    for word in keep:
        if word in (prefer or ()):
            raise item.fail(f"'{word}' stands under 'prefer' too", "keep")
    return rules, keep, list(dict.fromkeys((prefer or {}).values()))


def _words(item: Mapping, key: str) -> list[str]:
    words = item.get(key)
    if words is None:
        return []
    if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
        raise item.fail(f"'{key}' must be a list of words", key)
    return list(words)


def _prefer(prefer: Mapping, wrong: str) -> dict[str, Any]:
    right = prefer[wrong]
    if not isinstance(right, str) or not right.strip() or not wrong.strip():
        raise prefer.fail(f"'{wrong}' needs the right word behind it", wrong)
    if right == wrong:
        raise prefer.fail(f"'{wrong}' is preferred to itself", wrong)
    forms: dict[str, str | None] = {wrong: right}
    same = right.lower() == wrong.lower()  # a matter of capitals: only the wrong ones are wrong
    if same:
        forms.update({form: right for form in (wrong.capitalize(),) if form != right})
    elif re.search(rf"(?<!\w){re.escape(wrong)}(?!\w)", right, re.IGNORECASE if wrong.islower() else re.NOFLAG):
        raise prefer.fail(f"'{right}' holds '{wrong}' again: it would be replaced for ever", wrong)
    return _rule(prefer, wrong, PREFER, "The glossary of the house prefers this.", forms, exact=same)


def _no_circle(prefer: Mapping) -> None:
    for wrong in prefer:
        word, seen = prefer[wrong], {wrong}
        while word in prefer:
            if word in seen:
                raise prefer.fail(f"'{wrong}' and '{prefer[wrong]}' are preferred to each other", wrong)
            seen.add(word)
            word = prefer[word]


def _rule(
    item: Mapping, key: str, name: str, why: str, forms: dict[str, str | None], *, exact: bool = False
) -> dict[str, Any]:
    """Return a rule of literal forms in the shape of expand.py, that needs no evidence."""
    return {
        "id": name,
        "pack": PACK,
        "kind": "term",
        "why": why,
        "near": [],
        "unless": [],
        "needs": None,
        "safety": "safe",
        "quotes": "any",
        "gloss": False,
        "source": "",
        "article": None,
        "alone": True,
        "from": "",
        "pattern": None,
        "exact": exact,
        "replace": next(iter(forms.values())),
        "line": False,
        "position": None,
        "within": None,
        "where": [],
        "forms": forms,
        "examples": [],
        "keeps": [],
        "anchors": sorted({form.lower() for form in forms}),
        "path": item.path,
        "at": item.lines.get(key, item.line),
    }
