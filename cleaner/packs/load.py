"""Loading packs: YAML files to checked, expanded rules; and the cache that makes the second start fast."""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cleaner.packs import expand, facts, glossary
from cleaner.packs.packed import Packed
from cleaner.packs.yaml import Mapping, PackError, load
from cleaner.version import VERSION

FORMAT = 14  # of the cache; raise it when the shape of Knowledge changes
KEPT = 8  # caches: one for each set of packs lately used
FORMS = 1 << 23
NAMES = 1 << 24
GRAM = 4
PACKED = ("rules", "facts", "names")
ARRAYS = ("owners", "ends")
WORDS = ("words.yaml", "languagetool.yaml")  # lists of words, no rules


@dataclass(slots=True)
class Knowledge:
    """All that was loaded: plain values only, so that the cache can hold it.

    `rules` are the expanded rules (see expand.py). `anchors` are the literals of the one scan, in lower case, each with
    those it calls: a pattern rule by its number, one with literal forms by FORMS + its number, a marker by -1 - its number,
    a name of the facts by NAMES + its number.
    The anchors are sorted; the numbers of anchor n stand in `owners[ends[n - 1] : ends[n]]`. `grams` says where those with the
    same first four characters begin; `short` are the shorter ones.
    `people` says which (fact, place in its `people`) a name stands for; `rivals` which facts are confused with a fact.
    `keep` and `prefer` are the words of glossaries that stay.
    """

    rules: Packed = field(default_factory=lambda: Packed([]))
    facts: Packed = field(default_factory=lambda: Packed([]))
    names: Packed = field(default_factory=lambda: Packed([]))
    anchors: list[str] = field(default_factory=list)
    owners: array[int] = field(default_factory=lambda: array("i"))
    ends: array[int] = field(default_factory=lambda: array("i"))
    grams: dict[str, int] = field(default_factory=dict)
    short: list[int] = field(default_factory=list)
    markers: list[tuple[str, dict[str, float]]] = field(default_factory=list)
    weights: dict[str, dict[str, float]] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)
    people: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    rivals: dict[int, list[int]] = field(default_factory=dict)
    keep: list[str] = field(default_factory=list)
    prefer: list[str] = field(default_factory=list)

    def called(self, anchor: int) -> array[int]:
        """Return the numbers of those that an anchor calls."""
        return self.owners[self.ends[anchor - 1] if anchor else 0 : self.ends[anchor]]


def rules_folder() -> Path:
    """Return the folder of the packs that come with cleaner: in the wheel, or beside the package in a checkout."""
    package = Path(__file__).parent.parent
    return package / "rules" if (package / "rules").is_dir() else package.parent / "rules"


def pack_files(folder: Path) -> list[Path]:
    """Return the YAML files of a folder of packs, sorted; of a single file, itself. Raises PackError."""
    if folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise PackError(f"{folder}: no such pack")
    return sorted(p for p in folder.rglob("*") if p.suffix in (".yaml", ".yml") and p.is_file())


def knowledge(extend: Sequence[Path] = ()) -> Knowledge:
    """Return what the packs that come with cleaner and those of `extend` hold, from the cache where it is fresh.

    Raises PackError where a pack is broken.
    """
    folders = [rules_folder(), *extend]
    files = [(folder, file) for folder in folders for file in pack_files(folder)]
    cache = _cache_file(file for _, file in files)
    found = _read_cache(cache)
    if found is None:
        found = build(files)
        _write_cache(cache, found)
    return found


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
    return out


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


def cache_folder() -> Path:
    """Return the folder of the cache: $CLEANER_CACHE_DIR, or the platform's own place for caches."""
    if named := os.environ.get("CLEANER_CACHE_DIR"):
        return Path(named)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "mt-cleaner"


def _cache_file(files: Iterable[Path]) -> Path:
    """Return the cache file for these pack files: its name changes with their content's stamp and our version."""
    stamp = hashlib.blake2b(digest_size=16)
    stamp.update(f"{FORMAT} {VERSION} {sys.version}".encode())
    code = Path(__file__).parent
    for file in (
        *files,
        code / "expand.py",
        code / "facts.py",
        code / "glossary.py",
        code / "load.py",
        code / "forms.py",
    ):
        about = file.stat()
        stamp.update(f"{file.absolute()}\0{about.st_size}\0{about.st_mtime_ns}\0".encode())
    try:
        return cache_folder() / f"packs-{stamp.hexdigest()}"
    except RuntimeError:  # no home folder
        return Path(os.devnull)


def _read_cache(path: Path) -> Knowledge | None:
    """Return the cached knowledge; None where there is none or it is garbage."""
    try:
        data = path.read_bytes()
        if hashlib.blake2b(data[16:], digest_size=16).digest() != data[:16]:
            return None
        found = Knowledge(*marshal.loads(data[16:]))
    except (OSError, ValueError, EOFError, TypeError):
        return None
    for name in PACKED:
        setattr(found, name, Packed(getattr(found, name)))
    for name in ARRAYS:
        setattr(found, name, array("i", getattr(found, name)))
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Packed):
        return value.blobs
    return value.tobytes() if isinstance(value, array) else value


def _write_cache(path: Path, found: Knowledge) -> None:
    """Write the cache, whole or not at all; a cache that cannot be written only makes the next start slower."""
    values = [getattr(found, name) for name in Knowledge.__slots__]
    data = marshal.dumps(tuple(_plain(value) for value in values))
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(hashlib.blake2b(data, digest_size=16).digest() + data)
        beside.replace(path)
        kept = sorted(path.parent.glob("packs-*"), key=lambda old: old.stat().st_mtime)
        for old in kept[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        pass
