"""Expanding rules: one item of a pack file, checked, becomes rules of one shape with their anchors and literal forms.

A rule after expansion is a mapping of plain values:

    id, pack, kind, why, from, source   what a person reads
    pattern, exact, replace             a pattern rule; `replace` is None where there is nothing to put
    forms                               a term rule: each literal form with its replacement
    near, unless, needs, safety, quotes, line, position, where, article    the conditions (docs/rules.md)
    examples, keeps                     its tests
    anchors                             lower-case literals of which one must occur
    cased                               the anchors as they are written, where nothing else will do
    also, width                         more sets of such literals, and how many characters a match has: for a look at a
                                        block before the pattern runs
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cleaner.packs import forms
from cleaner.packs.literals import MIXED, plain, rate, required, width
from cleaner.packs.yaml import Mapping

KINDS = [
    "boilerplate",
    "byline",
    "duplicate",
    "caption",
    "name",
    "date",
    "number",
    "term",
    "translationese",
    "grammar",
    "typography",
    "case",
    "encoding",
    "untranslated",
]
SHARED = ("alone", "near", "unless", "needs", "safety", "quotes", "source", "form", "article", "gloss")
RULE_KEYS = {
    *(
        "id",
        "kind",
        "why",
        "from",
        "match",
        "case",
        "replace",
        "line",
        "position",
        "where",
        "anchor",
        "within",
        "examples",
    ),
    *SHARED,
}
TABLE_KEYS = {"id", "kind", "why", "terms", *SHARED}
TERM_KEYS = {"from", "literal", "right", "why", "yes", "keep", *SHARED}
CHOICES = {
    "kind": KINDS,
    "needs": ["translated"],
    "safety": ["safe", "translated", "unsafe", "manual"],
    "quotes": ["any", "own", "skip"],
    "case": ["any", "exact"],
    "position": ["top", "bottom", "edge"],
    "form": ["phrase", "noun", "verb", "name", "adjective"],
}
EXAMPLE = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]")
LIST = re.compile(r"\{([a-z][a-z-]*)\}")


def expand(pack: str, item: Mapping, words: dict[str, list[str]]) -> Iterator[dict[str, Any]]:
    """Yield the rules of one item. Raises PackError, with file and line, where it is not valid."""
    table = "terms" in item
    _keys(item, TABLE_KEYS if table else RULE_KEYS)
    for key in ("id", "kind", "why"):
        if not isinstance(item.get(key), str):
            raise item.fail(f"'{key}' is missing" if key not in item else f"'{key}' must be text", key)
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", item["id"]):
        raise item.fail(f"id '{item['id']}' must be lower-case words joined by hyphens", "id")
    base = {"id": f"{pack}/{item['id']}", "pack": pack, "kind": item["kind"], "why": item["why"]}
    yield from _terms(base, item, words) if table else [_pattern(base, item, words)]


def _keys(item: Mapping, allowed: set[str]) -> None:
    for key in item:
        if key not in allowed:
            import difflib

            near = difflib.get_close_matches(key, allowed, 1)
            raise item.fail(f"unknown key '{key}'" + (f"; did you mean '{near[0]}'?" if near else ""), key)
    for key, choices in CHOICES.items():
        if key in item and item[key] not in choices:
            raise item.fail(f"'{key}' must be one of {', '.join(choices)}, not '{item[key]}'", key)


def _conditions(
    item: Mapping, base: Mapping | None, words: dict[str, list[str]], safety: str = "safe"
) -> dict[str, Any]:
    """Return the conditions that rules and terms share; a term's own go before its table's. `safety` holds where none is said."""

    def get(key: str, default: Any = None) -> Any:
        return item[key] if key in item else base.get(key, default) if base is not None else default

    return {
        "near": _words(get("near"), item, "near", words),
        "unless": _words(get("unless"), item, "unless", words),
        "needs": get("needs"),
        "safety": get("safety", safety),
        "quotes": get("quotes", "own"),
        "gloss": bool(get("gloss", True)),
        "source": get("source", ""),
        "article": get("article"),
        "alone": bool(get("alone", False)),
    }


def _words(value: Any, item: Mapping, key: str, words: dict[str, list[str]]) -> list[str]:
    """Return a list of lower-case words; `+name` stands for a list of words.yaml."""
    out: list[str] = []
    for word in _list(value, item, key):
        if word.startswith("+"):
            if word[1:] not in words:
                raise item.fail(f"no list '{word[1:]}' in any words.yaml", key)
            out += (w.lower() for w in words[word[1:]])
        else:
            out.append(word.lower())
    return list(dict.fromkeys(out))


def _list(value: Any, item: Mapping, key: str) -> list[str]:
    if value is None:
        return []
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(v, (str, int)) and not isinstance(v, bool) for v in values):
        raise item.fail(f"'{key}' must be text or a list of texts", key)
    return [str(v) for v in values]


def _examples(item: Mapping, key: str, values: Any) -> tuple[list[str], list[str]]:
    """Return (examples, keeps) of a rule's list: a text with [wrong|right] in it, or {keep: text}."""
    examples: list[str] = []
    keeps: list[str] = []
    for value in values if isinstance(values, list) else [values]:
        if isinstance(value, Mapping) and list(value) == ["keep"]:
            keeps.append(str(value["keep"]))
        elif isinstance(value, str) and EXAMPLE.search(value):
            examples.append(value)
        else:
            raise item.fail("an example is a text with [wrong|right] in it, or {keep: text}", key)
    return examples, keeps


# ---- pattern rules ----


def _pattern(base: dict[str, Any], item: Mapping, words: dict[str, list[str]]) -> dict[str, Any]:
    match = item.get("match")
    if not isinstance(match, str) or not match:
        raise item.fail("'match' (or 'terms') is missing", "match")
    examples, keeps = _examples(item, "examples", item.get("examples", []))
    if len(examples) < 2 or len(keeps) < 2:
        raise item.fail(f"rule '{item['id']}' needs two examples and two 'keep:' at least", "examples")
    pattern = _fill(match, item, words)
    replace = item.get("replace")
    if replace is not None and not isinstance(replace, str):
        raise item.fail("'replace' must be text", "replace")
    exact = item["case"] == "exact" if "case" in item else smart_case(pattern)
    import regex

    try:
        compiled = regex.compile(pattern)
    except regex.error as error:
        raise item.fail(f"the pattern does not compile: {error}", "match") from None
    if compiled.match("") and not item.get("line"):
        raise item.fail("the pattern matches the empty text", "match")
    for group in re.findall(r"\\(\d)|\{(\d)[:}]", replace or ""):
        if int(group[0] or group[1]) > compiled.groups:
            raise item.fail(f"'replace' names group {group[0] or group[1]}, which the pattern does not have", "replace")
    common = frozenset(words.get("lower-case", ())) | frozenset(words.get("either-case", ()))
    spelt = required(pattern, common)
    sets = [sorted({plain(o) for o in options}) for options in spelt]
    anchors = [a.lower() for a in _list(item.get("anchor"), item, "anchor")]
    if anchors:
        sets = sorted([anchors, *sets], key=lambda options: rate(options, common))
    if not sets or min(map(len, sets[0])) < 1:
        raise item.fail("no literal that the pattern must contain: name one with 'anchor:'", "match")
    engine = base["pack"] == "english" or "-" in base["pack"]
    return {
        **base,
        # What engines do to grammar, people do by a slip: without words of the subject it is no proof.
        **_conditions(item, None, words, "translated" if engine and not item.get("near") else "safe"),
        "from": item.get("from", ""),
        "pattern": pattern,
        "exact": exact,
        "replace": replace,
        "line": bool(item.get("line")),
        "position": item.get("position"),
        "within": _number(item, "within"),
        "where": _list(item.get("where"), item, "where"),
        "cased": sorted(spelt[0])
        if exact and spelt and sets[0] == sorted({plain(o) for o in spelt[0]}) and MIXED not in "".join(spelt[0])
        else None,
        "also": [options for options in sets[1:] if len(options) <= 24][:3],
        "width": width(pattern),
        "forms": {},
        "examples": examples,
        "keeps": keeps,
        "anchors": sets[0],
        "path": item.path,
        "at": item.line,
    }


def _number(item: Mapping, key: str) -> int | None:
    value = item.get(key)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
        raise item.fail(f"'{key}' must be a whole number", key)
    return value


def _fill(pattern: str, item: Mapping, words: dict[str, list[str]]) -> str:
    """Put the alternatives of words.yaml in for `{name}`, and any run of blanks for a blank."""

    def choices(match: re.Match[str]) -> str:
        if match[1] not in words:
            raise item.fail(f"no list '{match[1]}' in any words.yaml", "match")
        if all(len(word) == 1 for word in words[match[1]]):  # one class is read faster than many alternatives
            return "[" + "".join(map(re.escape, words[match[1]])) + "]"
        return "(?:" + "|".join(re.escape(w).replace(r"\ ", " ") for w in sorted(words[match[1]], key=len)[::-1]) + ")"

    filled = LIST.sub(choices, pattern)
    return re.sub(r"(?<!\\)(\[[^\]]*\])|(?<!\\) ", lambda m: m[1] or "[ \\xa0]", filled)


def smart_case(pattern: str) -> bool:
    """Return True where a pattern has a capital letter of its own, and so means the case as written."""
    return bool(re.search(r"[A-Z]", re.sub(r"\\[A-Za-z]|\(\?P?<[^>]*>|\\p\{\w+\}|\(\?[a-zA-Z]+\)", "", pattern)))


# ---- tables of terms ----


def _terms(base: dict[str, Any], table: Mapping, words: dict[str, list[str]]) -> Iterator[dict[str, Any]]:
    rows = table["terms"]
    if not isinstance(rows, list) or not rows:
        raise table.fail("'terms' must be a list of terms", "terms")
    taken: dict[str, Mapping] = {}
    examples = keeps = 0
    for row in rows:
        if not isinstance(row, Mapping):
            raise table.fail(f"every term must be a mapping, not {row!r}", "terms")
        _keys(row, TERM_KEYS)
        rule = _term(base, table, row, words)
        for form in rule["forms"]:
            if form in taken and taken[form] is not row and not (rule["near"] or rule["unless"]):
                raise row.fail(f"'{form}' stands already at line {taken[form].line}", "literal")
            taken[form] = row
        examples, keeps = examples + len(rule["examples"]), keeps + len(rule["keeps"])
        yield rule
    if examples < 2 or keeps < 2:
        raise table.fail(f"table '{table['id']}' needs two examples and two 'keep:' at least", "terms")


def _term(base: dict[str, Any], table: Mapping, row: Mapping, words: dict[str, list[str]]) -> dict[str, Any]:
    literals, rights = _list(row.get("literal"), row, "literal"), _list(row.get("right"), row, "right")
    if not literals:
        raise row.fail("'literal' is missing", "literal")
    if len(rights) > 1:
        raise row.fail("'right' is one wording: the best", "right")
    conditions = _conditions(row, table, words)
    form = row.get("form", table.get("form", "phrase"))
    examples: list[str] = []
    keeps: list[str] = []
    for key, into in (("yes", examples), ("keep", keeps)):
        for text in _list(row.get(key), row, key):
            if (key == "yes") != bool(EXAMPLE.search(text)):
                raise row.fail("'yes' is a text with [wrong|right] in it, 'keep' one without", key)
            into.append(text)
    if not examples:
        raise row.fail("a term needs an example: yes: text with [wrong|right]", "literal")
    if not keeps and (conditions["near"] or conditions["unless"]):
        raise row.fail("a term with a context needs a 'keep:', where the same words are ordinary English", "literal")
    spelt: dict[str, str | None] = {}
    for literal in literals:
        spelt.update(_forms(literal, rights[0] if rights else None, form))
    for wrong, right in spelt.items():
        if right is not None and not conditions["near"] and _contains(right, spelt, exact=form == "name"):
            raise row.fail(f"'{right}' holds '{wrong}' again: it would be replaced for ever", "right")
    return {
        **base,
        **conditions,
        "why": row.get("why", base["why"]),
        "from": row.get("from", ""),
        "pattern": None,
        "exact": form == "name",
        "replace": rights[0] if rights else None,
        "line": False,
        "position": None,
        "within": None,
        "where": [],
        "forms": spelt,
        "examples": examples,
        "keeps": keeps,
        "anchors": sorted({w.lower() for w in spelt}),
        "path": row.path,
        "at": row.line,
    }


def _contains(right: str, spelt: dict[str, str | None], *, exact: bool) -> bool:
    flags = re.NOFLAG if exact else re.IGNORECASE
    inside = [wrong for wrong in spelt if wrong.lower() in right.lower()]
    return any(re.search(rf"(?<!\w){re.escape(wrong)}(?!\w)", right, flags) for wrong in inside)


def _forms(literal: str, right: str | None, form: str) -> dict[str, str | None]:
    """Return each inflected form of a literal rendering with the same form of the right wording."""
    out: dict[str, str | None] = {literal: right}
    if form == "noun":
        out[forms.plural(literal)] = right and forms.plural(right)
    elif form == "verb":
        for tense in ("s", "past", "participle", "ing"):
            wrong = forms.verb_phrase(literal, tense)
            if wrong not in out:
                out[wrong] = right and forms.verb_phrase(right, tense)
    return out
