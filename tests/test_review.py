"""Review in the terminal: every answer kept at once, the same text as `fix` with those decisions, nothing raw on the screen."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import cleaner
from cleaner.changes import choices, text_with
from cleaner.decisions import load
from cleaner.engine import Engine
from cleaner.review.show import escaped, unescaped
from cleaner.text.formats import parse
from tests.test_cli import CLEAN, RIGHT, WRONG, run

PAGE = """\
The lander is resting on the back of the moon, a first for the mission.

The probe went to the front of the moon, said the space agency.

Rockets lift satellites into the universe Space, and the song says that the back of the moon is where every mission ends .
"""
KEPT = Path(".cleaner") / "decisions.jsonl"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.txt").write_text(PAGE, "utf-8")
    (tmp_path / "sub" / "b.txt").write_bytes(WRONG.replace("\n", "\r\n").encode())
    return tmp_path


def review(home: Path, answers: str, *args: object) -> tuple[int, str, str]:
    """Run the plain prompt with answers through a pipe."""
    return run("review", *(args or ("a.txt", "sub")), stdin=answers.encode(), cwd=home)


def lines(home: Path) -> list[dict[str, Any]]:
    path = home / KEPT
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


# ---- the plain prompt ----


@pytest.mark.parametrize("answers", ["aaaaa", "rrrrr", "arear", "eeeee", "reaer", "ssaas", "rssss"])
def test_what_review_writes_is_fix_with_those_decisions_and_what_was_chosen(home: Path, answers: str) -> None:
    every = choices(Engine().fix(parse(PAGE, path="a.txt")))
    assert [c.change.applied for c in every] == [True] * 5
    typed = "".join(f"{a}\nSOME {i}\n" if a == "e" else f"{a}\n" for i, a in enumerate(answers))
    code, _, err = review(home, typed + "y\n", "a.txt")
    assert (code, err) == (int("s" in answers), "")
    written = (home / "a.txt").read_text("utf-8")
    verdicts = {"r": "reject", "e": "edit"}
    said = [
        replace(choice, verdict=verdicts.get(a, ""), text=f"SOME {i}" if a == "e" else None)
        for i, (choice, a) in enumerate(zip(every, answers, strict=True))
    ]
    assert written == text_with(PAGE, said)
    (home / "a.txt").write_text(PAGE, "utf-8")
    run("fix", "a.txt", cwd=home)
    assert (home / "a.txt").read_text("utf-8") == written
    assert run("fix", "a.txt", cwd=home)[0] == 0  # not even what was typed in is corrected


@pytest.mark.parametrize("answers", ["arear", "rrrrr", "eraae"])
def test_every_surface_gives_the_same_text_from_the_same_decisions(home: Path, answers: str) -> None:
    typed = "".join(f"{a}\nSOME {i}\n" if a == "e" else f"{a}\n" for i, a in enumerate(answers))
    review(home, typed + "y\n", "a.txt")
    reviewed = (home / "a.txt").read_text("utf-8")
    (home / "a.txt").write_text(PAGE, "utf-8")
    run("fix", "a.txt", "--diff", "--report", "r.json", "--report", "r.patch", cwd=home)
    assert (home / "a.txt").read_text("utf-8") == PAGE
    run("apply", "r.json", cwd=home)
    applied = (home / "a.txt").read_text("utf-8")
    run("undo", "r.json", cwd=home)
    assert (home / "a.txt").read_text("utf-8") == PAGE
    if (home / "r.patch").read_bytes():
        subprocess.run(["git", "apply", "--unsafe-paths", "r.patch"], cwd=home, check=True)
    patched = (home / "a.txt").read_text("utf-8")
    (home / "a.txt").write_text(PAGE, "utf-8")
    run("fix", "a.txt", cwd=home)
    assert {reviewed, applied, patched} == {(home / "a.txt").read_text("utf-8")}


def test_one_change_is_shown_with_its_reason_context_and_evidence(home: Path) -> None:
    code, out, _ = review(home, "q\n")
    assert code == 1
    assert "a.txt:1:30  change 1 of 5" in out
    assert "zh-en/space-terms [safe] A term of spaceflight" in out
    assert "- The lander is resting on the back of the moon, a first" in out
    assert "+ The lander is resting on the far side of the moon, a first" in out
    assert "“lander”" in out
    assert lines(home) == []


def test_all_of_a_rule_undo_and_skip(home: Path) -> None:
    code, out, _ = review(home, "R\nu\nA\ns\nu\ns\nr\nq\n")
    assert code == 1
    assert "3 rejected" in out
    said = [(line["verdict"], line["rule"]) for line in lines(home)]
    terms = "zh-en/space-terms"
    assert said == [
        *[("reject", terms)] * 3,
        *[("", terms)] * 3,
        *[("accept", terms)] * 3,
        ("reject", "typography/space-before-stop"),
    ]
    assert [d.verdict for d in load(home / KEPT)] == ["accept"] * 3 + ["reject"]
    assert "nothing to take back" in review(home, "u\n")[1]


def test_the_next_run_goes_on_where_the_last_one_stopped(home: Path) -> None:
    review(home, "a\nr\nq\n")
    _, out, _ = review(home, "q\n")
    assert "a.txt:5:30  change 1 of 3" in out
    review(home, "a\na\n")  # the answers end
    _, out, _ = review(home, "r\nr\nn\n")
    assert "sub/b.txt:1:42  change 1 of 1" in out
    assert (home / "a.txt").read_text("utf-8") == PAGE
    code, out, _ = review(home, "n\n")
    assert code == 0
    assert "Nothing to decide." in out
    assert {line["path"] for line in lines(home)} == {"a.txt", "sub/b.txt"}


def test_apply_writes_without_asking(home: Path) -> None:
    review(home, "a\na\na\na\nr\nr\n", "a.txt", "sub", "--apply", "--who", "ann")
    assert (home / "sub" / "b.txt").read_bytes() == WRONG.replace("\n", "\r\n").encode()
    assert (home / "a.txt").read_text("utf-8").count("far side") == 2
    assert {line["who"] for line in lines(home)} == {"ann"}
    code, out, _ = review(home, "", "a.txt", "sub", "--apply")
    assert code == 0
    assert "corrected" not in out


def test_a_reason_is_kept_with_one_decision(home: Path) -> None:
    review(home, "w\nit is a song\nr\na\nq\n")
    assert [line.get("why") for line in lines(home)][:2] == ["it is a song", None]


def test_an_edit_can_be_left_empty_a_deletion_or_hold_a_line_break(home: Path) -> None:
    review(home, 'e\n\ne\n""\ne\nnear\\nside\nq\n')
    assert [line.get("text") for line in lines(home)] == ["", "near\nside"]
    after = run("fix", "a.txt", "--diff", cwd=home)[1]
    assert "+The lander is resting on the , a first" in after
    assert "+The probe went to the near\n+side, said" in after


@pytest.mark.parametrize("text", ["a\nb\tc\r\n", "\\", "\\n", "\\\n", "x\x1b[31m\x7f\u202e", "\\u00e9 é", ""])
def test_a_text_on_one_line_says_the_text(text: str) -> None:
    line = escaped(text)
    assert line.isprintable()
    assert unescaped(line) == text


def test_standard_input_is_no_document(home: Path) -> None:
    code, _, err = review(home, "", "-")
    assert (code, err.count("\n")) == (2, 1)


def test_what_comes_up_only_now_is_asked_too(home: Path) -> None:
    (home / "a.txt").write_text("The probe is on the back of the moon .\n", "utf-8")
    _, out, _ = review(home, "e\nback side of the moon\na\nn\n", "a.txt")
    assert out.count("Nothing left to decide") == 1
    assert run("check", "a.txt", cwd=home)[1].count("a.txt:") == 2


# ---- real terminals ----


class Terminal:
    """The command in a pseudo-terminal of its own, with the screen that a person would see."""

    def __init__(self, home: Path, args: tuple[str, ...], term: str) -> None:
        pexpect = pytest.importorskip("pexpect")
        pyte = pytest.importorskip("pyte")
        if not hasattr(pexpect, "spawn"):
            pytest.skip("no pseudo-terminals here")
        env = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | {"TERM": term}
        command = ["-m", "cleaner", "review", *args]
        self.child = pexpect.spawn(sys.executable, command, cwd=home, env=env, timeout=30, dimensions=(40, 120))
        self.screen = pyte.Screen(120, 40)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""

    def sees(self, text: str) -> None:
        """Wait until `text` stands on the screen."""
        import pexpect

        end = time.monotonic() + 30
        while not any(text in line for line in self.screen.display):
            assert time.monotonic() < end, (text, [line for line in self.screen.display if line.strip()])
            try:
                self._feed(self.child.read_nonblocking(65536, timeout=1))
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                pytest.fail(f"ended before {text!r}: {self.raw[-500:]!r}")

    def _feed(self, data: bytes) -> None:
        self.raw += data
        self.stream.feed(data)

    def send(self, keys: str) -> None:
        """Type some keys."""
        self.child.send(keys)

    def ended(self) -> int:
        """Return the exit code of a command that is about to end."""
        import pexpect

        self.child.expect(pexpect.EOF)
        self._feed(self.child.before)
        self.child.wait()
        return int(self.child.exitstatus)


@pytest.fixture
def terminal(home: Path) -> Iterator[Callable[..., Terminal]]:
    started: list[Terminal] = []

    def start(*args: str, term: str = "xterm") -> Terminal:
        started.append(Terminal(home, args, term))
        return started[-1]

    yield start
    for one in started:
        one.child.close(force=True)


def wait(home: Path, count: int) -> None:
    """Wait until so many lines of decisions are on the disk."""
    for _ in range(600):
        if len(lines(home)) >= count:
            return
        time.sleep(0.05)
    pytest.fail(f"{len(lines(home))} of {count} decisions")


@pytest.mark.parametrize(("term", "more"), [("dumb", []), ("xterm", ["--plain"])])
def test_the_plain_prompt_in_a_terminal(
    home: Path, terminal: Callable[..., Terminal], term: str, more: list[str]
) -> None:
    it = terminal("sub", *more, term=term)
    it.sees("quit >")
    assert (b"\x1b[" in it.raw) == (term == "xterm")
    it.send("what\r")
    it.sees("one of a r e")
    it.send("a\r")
    it.sees("u undo >")
    it.send("u\r")
    wait(home, 2)
    it.send("a\r")
    wait(home, 3)
    it.send("y\r")
    assert it.ended() == 0
    assert (home / "sub" / "b.txt").read_bytes() == RIGHT.replace("\n", "\r\n").encode()


def test_the_full_screen(home: Path, terminal: Callable[..., Terminal]) -> None:
    it = terminal("a.txt", "sub")
    it.sees("a.txt:1:30  change 1 of 5, 0 decided")
    it.sees("+ The lander is resting on the far side of the moon")
    it.sees("a accept, r reject")
    it.send("a")
    it.sees("a.txt:3:23  change 2 of 5, 1 decided")
    it.send("e")
    it.sees("Enter takes this text")
    it.send(" ar\x7f\r")  # the keys of decisions are letters here
    it.sees("change 3 of 5, 2 decided")
    it.send("w")
    it.sees("Enter keeps this reason")
    it.send("a re\r")
    it.sees("Why: a re")
    it.send("r")
    it.sees("change 4 of 5, 3 decided")
    it.send("u")
    it.sees("change 3 of 5, 2 decided")
    it.send("e")
    it.sees("Enter takes this text")
    it.send("\x1b")
    it.sees("a accept, r reject")
    it.send("A")
    it.sees("1 of zh-en/outer-space: accepted.")
    it.send("as")
    it.sees(f"sub{os.sep}b.txt:1:42  change 1 of 1")
    it.send("r")
    it.sees("w write the corrected files")
    it.sees("5 decided, 1 left for another time.")
    it.send("w")
    assert it.ended() == 1
    verdicts = [(line["verdict"], line.get("text")) for line in lines(home)]
    assert verdicts[:4] == [("accept", None), ("edit", "near side of the moon a"), ("reject", None), ("", None)]
    assert [line.get("why") for line in lines(home)][:4] == [None, None, "a re", None]
    after = (home / "a.txt").read_text("utf-8")
    assert "to the near side of the moon a, said" in after
    assert (home / "sub" / "b.txt").read_bytes() == WRONG.replace("\n", "\r\n").encode()
    (home / "a.txt").write_text(PAGE, "utf-8")
    run("fix", "a.txt", cwd=home)
    assert (home / "a.txt").read_text("utf-8") == after


def test_a_long_change_can_be_scrolled(home: Path, terminal: Callable[..., Terminal]) -> None:
    (home / "a.txt").write_text("The probe saw the back of the moon, said the mission. " * 60 + "\n", "utf-8")
    it = terminal("a.txt")
    it.sees("change 1 of ")
    it.send("\x1b[B\x1b[B\x1b[A")
    it.sees("- The probe saw")
    it.send("q")
    assert it.ended() == 1


@pytest.mark.parametrize("more", [[], ["--plain"]])
def test_a_killed_review_loses_nothing(home: Path, terminal: Callable[..., Terminal], more: list[str]) -> None:
    it = terminal("a.txt", *more)
    it.sees("change 1 of 5")
    enter = "\r" if more else ""
    for number, key in enumerate("ar", 1):
        it.send(key + enter)
        wait(home, number)
    it.child.kill(signal.SIGKILL)
    assert [line["verdict"] for line in lines(home)] == ["accept", "reject"]
    assert (home / "a.txt").read_text("utf-8") == PAGE
    again = terminal("a.txt", *more)
    again.sees("a.txt:5:30  change 1 of 3")
    again.send("q" + enter)
    assert again.ended() == 1


@pytest.mark.parametrize("more", [[], ["--plain"]])
def test_a_document_cannot_steer_the_terminal(home: Path, terminal: Callable[..., Terminal], more: list[str]) -> None:
    evil = "\x1b]0;evil\x07 \x1b[2J \x9b31m \u202e"
    (home / "a.txt").write_text(f"{evil}The probe {evil} is on the back of the moon, {evil} the lander .\n", "utf-8")
    it = terminal("a.txt", *more)
    it.sees("q quit")
    it.send("q\r" if more else "q")
    it.ended()
    said = it.raw.decode("utf-8")
    assert "evil" in said
    assert not any(bad in said for bad in ("\x1b]0;evil", "\x07", "\x9b", "\u202e"))
    if more:
        assert "\x1b[2J" not in said


def test_a_folder_that_takes_no_decision_ends_the_review(home: Path, terminal: Callable[..., Terminal]) -> None:
    (home / ".cleaner").write_text("in the way")
    it = terminal("a.txt")
    it.sees("change 1 of 5")
    it.send("a")
    assert it.ended() == 2
    assert b"cleaner: " in it.raw
    assert b"Traceback" not in it.raw


# ---- the decisions file on the command line ----


def test_decisions_hold_wherever_the_command_runs_from(home: Path) -> None:
    review(home, "r\nr\nr\nr\nr\nr\nn\n")
    for cwd, paths in (
        (home, ["a.txt", "sub"]),
        (home / "sub", ["b.txt", "../a.txt"]),
        (home, [home / "a.txt", "./sub"]),
    ):
        code, out, _ = run("check", *paths, cwd=cwd)
        assert (code, out) == (0, "Nothing found in 2 files. 6 kept back by decisions.\n")
    assert run("fix", "a.txt", "--no-decisions", "--diff", cwd=home)[0] == 1
    (home / "sub" / "a.txt").write_text(PAGE, "utf-8")  # the same words, but another file
    assert run("check", "a.txt", cwd=home / "sub")[0] == 1


def test_a_file_that_the_browser_saved(home: Path) -> None:
    review(home, "r\n", "sub/b.txt")
    saved = home / "saved.jsonl"
    line = (home / KEPT).read_text("utf-8")
    (home / KEPT).unlink()
    # The page was made in the folder sub, where the report said b.txt.
    saved.write_text(line.replace("sub/b.txt", "b.txt"), "utf-8")
    assert run("check", "b.txt", "--decisions", "../saved.jsonl", cwd=home / "sub")[0] == 0
    code, out, _ = run("decisions", "import", "../saved.jsonl", cwd=home / "sub")
    assert (code, "1 decisions taken over" in out) == (0, True)
    (home / "sub" / KEPT).parent.rename(home / ".new")  # no repository here: it was made where we stood
    assert json.loads((home / ".new" / KEPT.name).read_text("utf-8"))["path"] == "b.txt"


def test_import_counts_what_is_new_and_what_it_replaces(home: Path) -> None:
    (home / ".git").mkdir()
    review(home, "r\nr\nq\n")
    saved = home / "saved.jsonl"
    saved.write_text((home / KEPT).read_text("utf-8").replace("reject", "accept", 1), "utf-8")
    assert "1 decisions taken over" in run("decisions", "import", saved, cwd=home)[1]
    _, out, _ = run("decisions", "import", saved, cwd=home / "sub")
    assert out.startswith("0 decisions taken over")
    assert [d.verdict for d in load(home / KEPT)] == ["reject", "accept"]


@pytest.mark.parametrize("command", [("fix", "a.txt"), ("check", "a.txt"), ("review", "a.txt"), ("decisions",)])
@pytest.mark.parametrize("line", ["{", '{"version": 2}', '{"version": 1, "verdict": "reject"}'])
def test_a_broken_decisions_file_changes_nothing(home: Path, command: tuple[str, ...], line: str) -> None:
    review(home, "r\nq\n")
    with (home / KEPT).open("a") as out:
        out.write(line + "\n")
    before = (home / KEPT).read_bytes()
    code, said, err = run(*command, stdin=b"a\na\ny\n", cwd=home)
    assert (code, said, err.count("\n")) == (2, "", 1)
    assert f"{KEPT}:2: " in err
    assert (home / KEPT).read_bytes() == before
    assert (home / "a.txt").read_text("utf-8") == PAGE
    saved = home / "saved.jsonl"
    (home / KEPT).rename(saved)
    assert run("decisions", "import", "saved.jsonl", cwd=home)[0] == 2
    assert not (home / KEPT).exists()


def test_decisions_that_fit_nothing_any_more_are_listed(home: Path) -> None:
    review(home, "a\nr\na\na\na\nr\nn\n")
    assert run("decisions", cwd=home)[:2] == (0, "0 of 6 decisions fit nothing any more.\n")
    run("fix", "a.txt", cwd=home)
    assert run("decisions", cwd=home)[0] == 0  # what was accepted stands there now
    (home / "a.txt").write_text(PAGE.replace("went to the front of the moon", "went home"), "utf-8")
    code, out, _ = run("decisions", cwd=home)
    assert code == 1
    assert "a.txt: reject zh-en/space-terms: … " in out
    assert "1 of 6" in out
    (home / "sub" / "b.txt").unlink()
    assert "sub/b.txt (no such file)" in run("decisions", cwd=home)[1]
    assert run("decisions", "sub", cwd=home / "sub")[0] == 2


def test_a_no_becomes_a_keep_and_a_yes_an_example(home: Path) -> None:
    from cleaner.packs.yaml import load as read

    (home / "sub" / "b.txt").write_text("Reported that the bridge is open again. The cars are back.\n", "utf-8")
    review(home, "a\nr\ne\nspace\na\na\na\nn\n")
    run("fix", "sub", cwd=home)
    code, out, err = run("decisions", "export-examples", "--output", "ex", cwd=home)
    assert (code, out) == (0, "")
    assert "1 were edited" in err
    items = read(home / "ex" / "zh-en.yaml")
    (example,) = next(item["examples"] for item in items if item["id"] == "reported-that")
    assert example.startswith("[Reported|It ")
    assert example.endswith("] that the bridge is open again.")
    terms = [item for item in items if item["id"] == "space-terms"]
    assert ["The probe went to the front of the moon, said the space agency."] in [t.get("keep") for t in terms]
    assert any(
        "The lander is resting on the [back|far side] of the moon, a first for the mission." in t.get("yes", ())
        for t in terms
    )
    assert "[ |]." in (home / "ex" / "typography.yaml").read_text("utf-8")


# ---- notebooks ----


def test_a_notebook_shows_the_review_page_in_a_frame_of_its_own() -> None:
    html = cleaner.fix(WRONG + '"></iframe><script>alert(1)</script>\n')._repr_html_()
    assert html.startswith("<iframe sandbox=")
    assert html.count("<") == 2
    assert "allow-same-origin" not in html
    assert "Nothing" not in cleaner.fix(CLEAN).after
