"""Building knowledge: the items of YAML files, checked and expanded, with the anchors by which the scan finds them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from cleaner.packs import expand, facts, glossary
from cleaner.packs.knowledge import FORMS, GRAM, LONG_GRAM, NAMES, Knowledge
from cleaner.packs.packed import Packed
from cleaner.packs.yaml import Mapping, PackError, load

WORDS = ("words.yaml", "languagetool.yaml")  # lists of words, no rules
CROWD = 12  # anchors that begin alike


def build(files: Iterable[tuple[Path, Path]]) -> Knowledge:
    """Load and check the given (folder, file) pairs. Raises PackError."""
    out = Knowledge()
    items = list(_items(files))
    for pack, item in items:
        if pack == "words":
            for name, words in item.items():
                if not isinstance(words, list) or not all(isinstance(w, str) for w in words):
                    raise item.fail(f"'{name}' must be a list of words", name)
                out.words.setdefault(name, []).extend(words)
    seen: dict[str, Mapping] = {}
    entries: list[Mapping] = []
    rules: list[dict[str, Any]] = []
    owners: dict[str, list[int]] = {}
    for pack, item in items:
        if pack == "words":
            continue
        if pack == glossary.PACK:
            made, keep, prefer = glossary.read(item)
            out.keep += keep
            out.prefer += prefer
            for rule in made:
                _own(rule, rules, owners)
        elif pack == "facts":
            entries.append(item)
        elif "markers" in item or "weights" in item:
            _markers(item, out)
        else:
            for rule in expand.expand(pack, item, out.words):
                other = seen.setdefault(rule["id"], item)
                if other is not item:
                    raise item.fail(f"id '{rule['id']}' stands already at {other.path}:{other.line}", "id")
                _own(rule, rules, owners)
    found, names = facts.index(entries)
    for number, (phrase, _) in enumerate(out.markers):
        owners.setdefault(phrase, []).append(-1 - number)
    for number, (name, _, _) in enumerate(names):
        owners.setdefault(name.lower(), []).append(NAMES + number)
    out.rules, out.facts, out.names = Packed.of(rules), Packed.of(found), Packed.of(names)
    out.people, out.rivals = facts.people(found), facts.rivals(found)
    out.anchors = sorted(owners)
    for number, anchor in enumerate(out.anchors):
        out.owners.extend(owners[anchor])
        out.ends.append(len(out.owners))
        if len(anchor) < GRAM:
            out.short.append(number)
        else:
            out.grams.setdefault(anchor[:GRAM], number)
    _crowds(out)
    return out


def _crowds(out: Knowledge) -> None:
    """Look closer where many anchors have the same first characters."""
    count = Counter(anchor[:GRAM] for anchor in out.anchors)
    for number, anchor in enumerate(out.anchors):
        gram = anchor[:GRAM]
        if len(gram) == GRAM and count[gram] > CROWD:
            few = out.crowded.setdefault(gram, [])
            if len(anchor) < LONG_GRAM:
                few.append(number)
            else:
                out.longer.setdefault(anchor[:LONG_GRAM], number)


def _own(rule: dict[str, Any], rules: list[dict[str, Any]], owners: dict[str, list[int]]) -> None:
    """Append a rule, and give it its anchors."""
    for anchor in rule.pop("anchors"):
        owners.setdefault(anchor, []).append(len(rules) + (FORMS if rule["forms"] else 0))
    rules.append(rule)


def _items(files: Iterable[tuple[Path, Path]]) -> Iterator[tuple[str, Mapping]]:
    """Yield (pack, item) for each item of the files.

    The pack is the folder's name, "words" for lists of words and "glossary" for a glossary.
    """
    for folder, file in files:
        value = load(file)
        if value is None:
            continue
        if file.name in WORDS:
            if not isinstance(value, Mapping):
                raise PackError(f"{file}:1: must be a mapping of names to lists of words")
            yield "words", value
            continue
        if is_glossary(file):
            if not isinstance(value, Mapping):
                raise PackError(f"{file}:1: must be a mapping with {', '.join(glossary.KEYS)}")
            yield glossary.PACK, value
            continue
        if not isinstance(value, list):
            raise PackError(f"{file}:1: must be a list of rules")
        pack = file.parent.name if file.parent != folder or folder == file else folder.name
        if folder == file:
            pack = file.parent.name
        for item in value:
            if not isinstance(item, Mapping):
                raise PackError(f"{file}: every item must be a mapping, not {item!r}")
            yield pack, item


def is_glossary(file: Path) -> bool:
    """Return True where a file of a pack is a glossary of the house, by its name."""
    return file.stem.endswith(glossary.PACK)


def _markers(item: Mapping, out: Knowledge) -> None:
    """Take in a block of markers: phrases (or rule ids, under `weights`) with their log-odds for each language."""
    for key in item:
        if key not in ("markers", "weights", "why", "source"):
            raise item.fail(f"unknown key '{key}'", key)
    for key, table in (("markers", item.get("markers")), ("weights", item.get("weights"))):
        for phrase, odds in (table or {}).items():
            try:
                numbers = {lang: float(value) for lang, value in odds.items()}
            except (AttributeError, ValueError):
                raise item.fail(f"'{phrase}' needs a number for each language, such as {{zh: 1.5}}", key) from None
            if key == "markers":
                out.markers.append((phrase.lower(), numbers))
            else:
                out.weights[phrase] = numbers
