"""Facts: who is who. Checking the entries of rules/facts, and the index of every name they give."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from cleaner.packs.yaml import Mapping

KEYS = {
    "name",
    "type",
    "is",
    "in",
    "also",
    "misnamed",
    "article",
    "confused_with",
    "topics",
    "gender",
    "people",
    "source",
}
PERSON_KEYS = {"name", "office", "from", "to", "gender", "also"}
TYPES = ("body", "person", "place", "mission", "work", "product", "event")
MONTH = re.compile(r"(\d{4})(?:-(\d{2}))?$")


def index(entries: Sequence[Mapping]) -> tuple[list[dict[str, Any]], list[tuple[str, int, str]]]:
    """Check the entries and return them with the index of their names: (name, entry number, role).

    A role is `name`, `also`, `misnamed`, or the number of a person in the entry's `people`.
    Raises PackError at the first contradiction: a name that two entries claim, an office held by two at one time.
    """
    facts: list[dict[str, Any]] = []
    names: list[tuple[str, int, str]] = []
    owner: dict[str, Mapping] = {}
    for entry in entries:
        _check(entry)
        number = len(facts)
        own: set[str] = set()
        facts.append(_plain(entry))
        for role in ("name", "also", "misnamed"):
            for name in [entry["name"]] if role == "name" else entry.get(role, []):
                other = owner.setdefault(name.lower(), entry)
                if role == "misnamed" and " " not in name.strip():
                    raise entry.fail(f"'{name}' is one word: a misnomer must be unmistakable", role)
                if other is not entry or name.lower() in own:
                    raise entry.fail(f"'{name}' stands already at {other.path}:{other.line}", role)
                own.add(name.lower())
                names.append((name, number, role))
        _offices(entry)
        for place, person in enumerate(entry.get("people", [])):
            names += ((spelt, number, str(place)) for spelt in (person["name"], *person.get("also", [])))
    for entry in entries:
        for other_name in entry.get("confused_with", []):
            if other_name.lower() not in owner:
                raise entry.fail(f"'{other_name}' is in no facts file", "confused_with")
    return facts, names


def people(facts: Sequence[dict[str, Any]]) -> dict[str, list[tuple[int, int]]]:
    """Return (entry number, place in its `people`) of each office that each person holds, by the person's usual name."""
    out: dict[str, list[tuple[int, int]]] = {}
    for number, fact in enumerate(facts):
        for place, person in enumerate(fact["people"]):
            out.setdefault(person["name"], []).append((number, place))
    return out


def rivals(facts: Sequence[dict[str, Any]]) -> dict[int, list[int]]:
    """Return, for each entry that others are confused with, the numbers of those."""
    owner = {name: number for number, fact in enumerate(facts) for name in (fact["name"], *fact.get("also", []))}
    out: dict[int, list[int]] = {}
    for number, fact in enumerate(facts):
        for name in fact.get("confused_with", []):
            if name in owner:
                out.setdefault(owner[name], []).append(number)
    return out


def _plain(entry: Mapping) -> dict[str, Any]:
    out = dict(entry)
    out["people"] = [
        {**person, "from": month(person["from"], 1), "to": month(person.get("to", "9999"), 12)}
        for person in entry.get("people", [])
    ]
    return out


def month(value: Any, default: int) -> int:
    """Return a YYYY or YYYY-MM as a number of months; `default` is the month where none is given."""
    found = MONTH.match(str(value))
    assert found is not None
    return int(found[1]) * 12 + int(found[2] or default)


def _check(entry: Mapping) -> None:
    for key in entry:
        if key not in KEYS:
            raise entry.fail(f"unknown key '{key}' in a fact", key)
    for key in ("name", "is", "source"):
        if not isinstance(entry.get(key), str):
            raise entry.fail(f"a fact needs '{key}'", key)
    if entry.get("type", "body") not in TYPES:
        raise entry.fail(f"'type' must be one of {', '.join(TYPES)}", "type")
    for key in ("also", "misnamed", "confused_with", "topics", "people"):
        if not isinstance(entry.get(key, []), list):
            raise entry.fail(f"'{key}' must be a list", key)
    for person in entry.get("people", []):
        if not isinstance(person, Mapping):
            raise entry.fail("every person must be a mapping {name, office, from, to}", "people")
        for key in person:
            if key not in PERSON_KEYS:
                raise person.fail(f"unknown key '{key}' in a person", key)
        for key in ("name", "office", "from"):
            if key not in person:
                raise person.fail(f"a person needs '{key}'")
        for key in ("from", "to"):
            if key in person and not MONTH.match(str(person[key])):
                raise person.fail(f"'{key}' must be YYYY or YYYY-MM, not '{person[key]}'", key)


def _offices(entry: Mapping) -> None:
    """Refuse an office of one body that two people hold at one time; a year without month gets the benefit of doubt."""
    held: dict[str, list[tuple[int, int, str]]] = {}
    for person in entry.get("people", []):
        start, end = month(person["from"], 12), month(person.get("to", "9999"), 1)
        for other_start, other_end, name in held.setdefault(person["office"], []):
            if start < other_end and other_start < end and name != person["name"]:
                raise person.fail(f"{person['office']} of {entry['name']} is held by two at one time, {name} too")
        held[person["office"]].append((start, end, person["name"]))
