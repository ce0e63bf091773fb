"""The rules of detectors: each one that the code can emit is described, each one described is emitted, its examples hold."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import cleaner.detectors
from cleaner.detectors.described import KEEP, Described, Example, described, every
from cleaner.examples import failures_of_detectors
from cleaner.packs.load import knowledge
from tests.test_cli import run

DETECTORS = Path(cleaner.detectors.__file__).parent
SOURCES = [*DETECTORS.glob("*.py"), DETECTORS.parent / "ignores.py"]


class Ids(ast.NodeVisitor):
    """Reads the rule ids that a module can give its findings: the first argument of `Finding(...)`, followed through
    names, f-strings, conditions and the parameters of the functions that it is handed to."""

    def __init__(self, source: str) -> None:
        self.tree = ast.parse(source)
        self.functions = [n for n in ast.walk(self.tree) if isinstance(n, ast.FunctionDef)]
        self.calls = [n for n in ast.walk(self.tree) if isinstance(n, ast.Call)]
        self.inside = {id(child): f for f in self.functions for child in ast.walk(f)}

    def ids(self) -> set[str]:
        """Return every id; fail where one cannot be read off the source."""
        found: set[str] = set()
        for call in self.calls:
            if isinstance(call.func, ast.Name) and call.func.id == "Finding":
                found.update(self.values(call.args[0], call))
        return found

    def values(self, node: ast.expr, where: ast.AST) -> Iterator[str]:
        function = self.inside.get(id(where))
        if isinstance(node, ast.Constant):
            yield str(node.value)
        elif isinstance(node, ast.IfExp):
            yield from self.values(node.body, where)
            yield from self.values(node.orelse, where)
        elif isinstance(node, ast.JoinedStr):
            texts = [""]
            for part in node.values:
                inner = part.value if isinstance(part, ast.FormattedValue) else part
                texts = [a + b for a in texts for b in self.values(inner, where)]
            yield from texts
        elif isinstance(node, ast.Attribute) and node.attr == "rule":
            return  # of another finding, which is read where it is made
        elif isinstance(node, ast.Name):
            yield from self.named(node.id, function)
        else:
            raise AssertionError(f"line {node.lineno}: the rule's id cannot be read off {ast.unparse(node)}")

    def named(self, name: str, function: ast.FunctionDef | None) -> Iterator[str]:
        """Yield what a name can hold: what is assigned to it, or what callers hand to the parameter of that name."""
        scope = ast.walk(function) if function else self.tree.body
        assigned = [n for n in scope if isinstance(n, ast.Assign) and any(ast.unparse(t) == name for t in n.targets)]
        for one in assigned:
            yield from self.values(one.value, one)
        if assigned:
            return
        names = [a.arg for a in (*function.args.args, *function.args.kwonlyargs)] if function else []
        if function is None or name not in names:
            if function is None:
                raise AssertionError(f"{name}: nothing is known of it")
            yield from self.named(name, None)
            return
        place = names.index(name)
        for call in self.calls:
            if not (isinstance(call.func, ast.Name) and call.func.id == function.name):
                continue
            handed = next((k.value for k in call.keywords if k.arg == name), None)
            starred = [n for n, a in enumerate(call.args) if isinstance(a, ast.Starred)]
            if handed is None and starred and starred[0] < place:  # *span stands for two
                handed = call.args[place - 1]
            yield from self.values(handed if handed is not None else call.args[place], call)


def emitted() -> set[str]:
    """Return every id that a detector's source can give a finding."""
    return {name for path in SOURCES for name in Ids(path.read_text("utf-8")).ids()}


def test_every_rule_of_a_detector_is_described_and_nothing_else_is() -> None:
    names = [rule.id for rule in every()]
    assert len(names) == len(set(names))
    assert set(names) == emitted()
    assert not set(names) & {rule["id"] for rule in knowledge().rules}


def test_every_example_of_a_detector_holds_and_every_rule_has_both_kinds() -> None:
    for rule in every():
        kinds = {example.says == KEEP for example in rule.examples}
        assert kinds == {True, False}, rule.id
    assert list(failures_of_detectors(every())) == []


def rule(name: str) -> Described:
    found = described(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "says", "text", "language", "complaint"),
    [
        ("duplicates/loop", "safe", "It is a [house|house].", None, "found nothing"),
        ("dates/era", "safe", "It came back in [Heisei 22|2011] again.", None, "not 'It came back in 2011"),
        ("dates/era", "unsafe", "It came back in [Heisei 22|2010] again.", None, "is safe, not unsafe"),
        ("dates/era", "keep", "It came back in Heisei 22 again.", None, "must keep"),
        ("dates/impossible", "manual", "June 31 is [no|] day.", None, "found something else"),
        ("numbers/speed", "safe", "A speed of 120 [kilometers|kilometers per hour].", None, "is unsafe, not safe"),
        ("dates/era", "safe", "It came back in [Heisei 22|2010] again.", "zh", "needs a translated text"),
    ],
)
def test_an_example_that_does_not_hold_is_named(
    name: str, says: str, text: str, language: str | None, complaint: str
) -> None:
    needs = "translated" if "needs" in complaint else None
    wrong = replace(rule(name), needs=needs, examples=(Example(says, text, language),))
    (line,) = failures_of_detectors([wrong])
    assert line.startswith(f"{wrong.path}:{wrong.at}: {name}: ")
    assert complaint in line


def test_the_kind_that_is_described_is_the_kind_that_is_found() -> None:
    (line, *_) = failures_of_detectors([replace(rule("dates/era"), kind="term")])
    assert "is of kind date" in line


def test_the_command_shows_lists_and_runs_them() -> None:
    code, out, err = run("rule", "duplicates/loop")
    assert (code, err) == (0, "")
    assert "house of the house" in out
    assert rule("duplicates/loop").safety in out
    assert run("rule", "duplicates/lop")[::2] == (
        2,
        "cleaner: no rule 'duplicates/lop'; did you mean 'duplicates/loop'?\n",
    )
    listed = {line.split("  ")[0] for line in run("rules")[1].splitlines()}
    assert {one.id for one in every()} <= listed
    count = sum(len(one.examples) for one in every() if one.pack == "dates")
    assert run("test", "dates")[:2] == (0, f"{count} passed, 0 failed\n")


def test_checking_a_text_does_not_read_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It came back in Heisei 22 again.", "utf-8")
    code = (
        "import sys; from cleaner.cli.main import main; main(['check', 'a.txt']); "
        "sys.exit('cleaner.detectors.described' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=False)
    assert b"dates/era" in done.stdout
    assert done.returncode == 0
