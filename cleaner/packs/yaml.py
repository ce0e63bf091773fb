"""YAML with line numbers: plain values in mappings that remember where they stood."""

from __future__ import annotations

from pathlib import Path
from typing import Any


class PackError(Exception):
    """A pack that cannot be used; the message is one line with file and line number."""


class Mapping(dict[str, Any]):
    """A mapping of a YAML file; `lines` holds the line of each key, `line` its own, `path` the file."""

    line = 0
    path = ""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, int] = {}

    def fail(self, message: str, key: str = "") -> PackError:
        """Return the error that says what is wrong at `key`, or at the mapping itself."""
        return PackError(f"{self.path}:{self.lines.get(key, self.line)}: {message}")


def load(path: Path) -> Any:
    """Return the values of a YAML file: str, int, bool, None, lists and Mappings. Raises PackError."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = yaml.compose(path.read_text("utf-8"), Loader=loader)
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"{path}: {error}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        if "end of stream" in str(getattr(error, "problem", "")) and getattr(error, "context_mark", None):
            mark = error.context_mark  # type: ignore[attr-defined]  # where the open quote or bracket stands
        place = f"{path}:{mark.line + 1}" if mark else str(path)
        raise PackError(f"{place}: not YAML: {getattr(error, 'problem', None) or 'cannot be parsed'}") from None
    return None if node is None else _value(node, str(path))


def _value(node: Any, path: str) -> Any:
    kind = node.id
    if kind == "sequence":
        return [_value(item, path) for item in node.value]
    if kind == "mapping":
        out = Mapping()
        out.line, out.path = node.start_mark.line + 1, path
        for key, value in node.value:
            name = str(key.value)
            if name in out:
                raise PackError(f"{path}:{key.start_mark.line + 1}: key '{name}' stands twice")
            out.lines[name] = key.start_mark.line + 1
            out[name] = _value(value, path)
        return out
    tag = node.tag.rsplit(":", 1)[-1]
    if tag == "null":
        return None
    if tag == "bool" and node.value.lower() in ("true", "false"):
        return node.value.lower() == "true"
    if tag == "int" and node.value.isdigit():
        return int(node.value)
    return node.value
