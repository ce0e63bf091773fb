"""Configuration: `cleaner.toml`, or `[tool.cleaner]` in pyproject.toml. The nearest above a file holds for it.

What the command line gives goes before it. Nothing is merged between files: one file says all that holds below it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.decisions import Decision
from cleaner.engine import Engine, Options
from cleaner.findings import Finding, Safety
from cleaner.packs.score import LANGUAGES, Score
from cleaner.results import Result
from cleaner.text.document import Document
from cleaner.text.files import InputError

NAMES = ("cleaner.toml", "pyproject.toml")
GLOSSARIES = ("glossary.yaml", "glossary.yml")
# A pyproject.toml without a line like these does not speak of cleaner.
OURS = re.compile(rb"""^[ \t]*\[*[ \t]*["']?tool\b(?:.*cleaner|["']?[ \t]*[\]=])""", re.M)
SIZE = "50MB"
SIZES = {"": 1, "B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "KIB": 2**10, "MIB": 2**20, "GIB": 2**30}


@dataclass(frozen=True, slots=True)
class Config:
    """A configuration file: its checked values, and the lines where they stand."""

    path: Path
    values: dict[str, Any]
    lines: dict[str, int]

    @property
    def folder(self) -> Path:
        """The folder that its paths and patterns start from."""
        return self.path.parent


# ---- finding and reading the file ----


@cache
def nearest(folder: Path) -> Config | None:
    """Return the configuration that holds in a folder (an absolute path). Raises InputError."""
    for name in NAMES:
        found = read(folder / name)
        if found is not None:
            return found
    return None if folder.parent == folder else nearest(folder.parent)


@cache
def read(path: Path) -> Config | None:
    """Return what a file says; None where there is none, or a pyproject.toml that does not speak of cleaner."""
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None
    shared = path.name == "pyproject.toml"
    if shared and not OURS.search(data):
        return None  # without tomllib, which costs a hook 10 ms
    import tomllib

    try:
        text = data.decode("utf-8")
        values: Any = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}") from None
    except tomllib.TOMLDecodeError as error:
        if shared and "[tool.cleaner" not in text:
            return None  # broken, but none of ours
        at = re.search(r" \(at line (\d+), column \d+\)| \(at end of document\)", str(error))
        line = at[1] if at and at[1] else str(text.count("\n") + 1)
        raise InputError(f"{path}:{line}: not TOML: {re.sub(r' [(]at .*', '', str(error))}") from None
    if shared:
        tool = values.get("tool", {})
        if "cleaner" not in tool:
            return None
        values = tool["cleaner"]
    lines = _lines(text, "tool.cleaner" if shared else "")
    if not isinstance(values, dict):
        raise InputError(f"{path}:{lines.get('', 1)}: [tool.cleaner] must be a table")
    return Config(path, _checked(path, values, lines), lines)


def _lines(text: str, table: str) -> dict[str, int]:
    """Return the line of each key of a table and of the tables in it, as far as a look at the lines tells."""
    found: dict[str, int] = {}
    here = ""
    for number, line in enumerate(text.splitlines(), 1):
        head = re.match(r"\s*\[([^\[\]]+)\]\s*(?:#.*)?$", line)
        key = re.match(r"\s*(\"[^\"]*\"|'[^']*'|[\w.-]+)\s*=", line)
        if head:
            here = re.sub(r"\s|[\"']", "", head[1])
            name = here
        elif key:
            name = ".".join(part for part in (here, key[1].strip("\"'")) if part)
        else:
            continue
        if name == table:
            found.setdefault("", number)
        elif not table or name.startswith(table + "."):
            found.setdefault(name[len(table) + 1 :] if table else name, number)
    return found


# ---- checking it ----


def _text(value: Any) -> Any:
    return value if isinstance(value, str) else None


def _flag(value: Any) -> Any:
    return value if isinstance(value, bool) else None


def _texts(value: Any) -> Any:
    values = [value] if isinstance(value, str) else value
    return tuple(values) if isinstance(values, list) and all(isinstance(v, str) for v in values) else None


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return None
    found = {key: _texts(names) for key, names in value.items()}
    return None if None in found.values() else found


def _levels(value: Any) -> Any:
    levels = Safety.__members__
    return dict(value) if isinstance(value, dict) and all(level in levels for level in value.values()) else None


def size(value: Any) -> int | None:
    """Return the bytes that 1000000 or "50MB" means; None where it means nothing."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMG]?i?B|)", str(value).strip(), re.IGNORECASE)
    if match is None or isinstance(value, bool) or match[2].upper() not in SIZES:
        return None
    return int(float(match[1]) * SIZES[match[2].upper()])


def address(value: Any) -> str | None:
    """Return the address of a server, such as http://localhost:8081; None where a value is none."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(value) if isinstance(value, str) else None
        return value if parts and parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 else None
    except ValueError:
        return None


class Key(NamedTuple):
    """A key: how a value of it is checked, what it must be, what it does, and what holds without it."""

    check: Callable[[Any], Any]
    must: str
    about: str
    default: Any = ()


KEYS: Mapping[str, Key] = {
    "extend": Key(_texts, "a list of paths", "folders of packs and glossaries of your own"),
    "select": Key(_texts, "a list of names", "only these rules, packs or kinds; without it, all"),
    "ignore": Key(_texts, "a list of names", "not these rules, packs or kinds"),
    "per-file-ignores": Key(_lists, "a table of patterns and lists of names", "names to ignore in files", {}),
    "safety": Key(_levels, 'a table of names and "safe", "unsafe" or "manual"', "how safe fixes are taken to be", {}),
    "from": Key(lambda v: v if v in LANGUAGES else None, f"one of {', '.join(LANGUAGES)}", "the source language", None),
    "include": Key(_texts, "a list of patterns", "the files of a folder to check; without it, by their suffix"),
    "exclude": Key(_texts, "a list of patterns", "files and folders to leave alone, as in .gitignore"),
    "grammar": Key(_flag, "true or false", "ask LanguageTool too (docs/grammar.md)", False),
    "languagetool-url": Key(
        address, "an address such as http://localhost:8081", "a LanguageTool that runs there", None
    ),
    "unsafe-fixes": Key(_flag, "true or false", "apply unsafe fixes too", False),
    "max-file-size": Key(size, 'a size such as "50MB"', "larger files are named and skipped", size(SIZE)),
}


def _checked(path: Path, values: Mapping[str, Any], lines: Mapping[str, int]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, value in values.items():
        place = f"{path}:{lines[name]}" if name in lines else str(path)
        if name not in KEYS:
            import difflib

            near = difflib.get_close_matches(name, KEYS, 1) or difflib.get_close_matches(
                name.replace("_", "-"), KEYS, 1
            )
            raise InputError(f"{place}: unknown key '{name}'" + (f"; did you mean '{near[0]}'?" if near else ""))
        checked = KEYS[name].check(value)
        if checked is None:
            raise InputError(f"{_inside(path, name, value, lines) or place}: '{name}' must be {KEYS[name].must}")
        out[name] = checked
    out["extend"] = tuple(path.parent / folder for folder in out.get("extend", ()))
    for folder in out["extend"]:
        if not folder.exists():
            raise InputError(f"{path}:{lines.get('extend', 1)}: 'extend': no such file or folder: {folder}")
    if not any(file.stem == "glossary" for file in out["extend"]):
        out["extend"] += tuple(path.parent / name for name in GLOSSARIES if (path.parent / name).is_file())
    if not out["extend"]:
        del out["extend"]
    return out


def _inside(path: Path, name: str, value: Any, lines: Mapping[str, int]) -> str | None:
    """Return the place of the entry of a table that is wrong, where it can be told."""
    if isinstance(value, dict):
        for key, one in value.items():
            if KEYS[name].check({key: one}) is None and f"{name}.{key}" in lines:
                return f"{path}:{lines[f'{name}.{key}']}"
    return None


# ---- what holds for a file ----


@lru_cache(maxsize=256)
def _spec(patterns: Sequence[str]) -> Any:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


def matches(patterns: Sequence[str], path: Path, folder: Path, *, is_folder: bool = False) -> bool:
    """Return True where a path is one that patterns, as in a .gitignore of `folder`, name."""
    if not patterns or not path.is_relative_to(folder):
        return False
    name = path.relative_to(folder).as_posix() + ("/" if is_folder else "")
    return bool(_spec(tuple(patterns)).match_file(name))


@dataclass
class Settings:
    """What the command line gives, by the keys of the file, and where the files are looked for."""

    given: Mapping[str, Any] = field(default_factory=dict)
    file: Path | None = None  # instead of the nearest
    isolated: bool = False  # no file at all
    force_exclude: bool = False

    def config(self, path: Path) -> Config | None:
        """Return the file that holds for `path` (absolute). Raises InputError."""
        if self.isolated:
            return None
        if self.file is None:
            return nearest(path.parent)
        found = read(self.file.absolute())
        if found is None:
            raise InputError(f"{self.file}: no configuration of cleaner there")
        return found

    def value(self, name: str, config: Config | None) -> Any:
        """Return what holds for a key: the command line's, the file's, the default. Lists of files and packs add up."""
        default = KEYS[name].default
        filed = config.values.get(name, default) if config else default
        if name in ("extend", "exclude"):
            return (*filed, *self.given.get(name, ()))
        return self.given.get(name, filed)

    def options(self, path: Path) -> Options:
        """Return the options for a file (absolute)."""
        config = self.config(path)
        ignored = list(self.value("ignore", config))
        for pattern, names in self.value("per-file-ignores", config).items():
            if config is not None and matches((pattern,), path, config.folder):
                ignored += names
        return Options(
            unsafe=self.value("unsafe-fixes", config),
            select=tuple(self.value("select", config)),
            ignore=tuple(dict.fromkeys(ignored)),
            language=self.value("from", config),
            extend=tuple(self.value("extend", config)),
            safety=tuple(sorted(self.value("safety", config).items())),
            grammar=self.value("grammar", config),
            languagetool_url=self.value("languagetool-url", config) or "",
        )

    def excluded(self, path: Path, *, is_folder: bool = False) -> bool:
        """Return True where the patterns of the file or of the command line leave a path out."""
        path = place(path)
        config = self.config(path)
        filed = config.values.get("exclude", ()) if config else ()
        return (config is not None and matches(filed, path, config.folder, is_folder=is_folder)) or matches(
            self.given.get("exclude", ()), path, Path.cwd(), is_folder=is_folder
        )

    def included(self, path: Path) -> bool | None:
        """Return True or False where patterns say which files of a folder are checked; None where its suffix says."""
        path = place(path)
        config = self.config(path)
        patterns = config.values.get("include", ()) if config else ()
        return matches(patterns, path, config.folder) if config is not None and patterns else None

    def limit(self, path: Path) -> int:
        """Return the size above which a file is skipped."""
        return int(self.value("max-file-size", self.config(place(path))))


def place(path: Path | str) -> Path:
    """Return a path as absolute, without `..`; links stay, for the file stands where its name says."""
    import os.path

    return Path(os.path.abspath(path))  # noqa: PTH100  # Path.resolve would follow links


class Configured(Engine):
    """An engine for each set of options that holds somewhere; `options` and `known` are those of the working folder."""

    def __init__(self, settings: Settings, decisions: tuple[Decision, ...] = ()) -> None:
        self.settings = settings
        super().__init__(replace(settings.options(place("-")), decisions=decisions))

    def at(self, path: str) -> Engine:
        """Return the engine for a file; what it knows is loaded once for all that extend the same packs."""
        options = replace(self.settings.options(place(path)), decisions=self.options.decisions)
        return Engine(options, within=self.within)

    def check(self, document: Document, language: str | None = None) -> tuple[list[Finding], Score]:
        """Check a document under what holds for its path."""
        return self.at(document.path).check(document, language)

    def fix(self, document: Document) -> Result:
        """Return what becomes of a document under what holds for its path."""
        return self.at(document.path).fix(document)
