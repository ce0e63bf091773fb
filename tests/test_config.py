"""Configuration, glossary, folders, several processes: as the user of the command meets them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_cli import CLEAN, RIGHT, WRONG, run

RULE = "zh-en/space-terms"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def found(folder: Path, *args: object) -> list[tuple[str, str, str]]:
    """Return (file, rule, safety) of each finding of `check`."""
    _, out, err = run("check", *args, "--output-format", "json", cwd=folder)
    assert not err
    return [
        (file["path"], one["rule"], one["fixes"][0]["safety"] if one["fixes"] else "manual")
        for file in json.loads(out)["files"]
        for one in file["findings"]
    ]


# ---- which file holds, and what it says ----


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cleaner.toml", 'ignore = ["zh-en"]\n'),
        ("cleaner.toml", 'select = "date"\n'),
        ("pyproject.toml", f'[tool.cleaner]\nignore = ["{RULE}"]\n'),
        ("pyproject.toml", '[tool.cleaner.per-file-ignores]\n"sub/*.txt" = ["term"]\n'),
    ],
)
def test_the_file_above_holds(tmp_path: Path, name: str, text: str) -> None:
    write(tmp_path / "sub" / "page.txt", WRONG)
    assert run("check", "sub", cwd=tmp_path)[0] == 1
    write(tmp_path / name, text)
    assert run("check", "sub", cwd=tmp_path)[0] == 0
    assert run("check", "sub", "--isolated", cwd=tmp_path)[0] == 1


def test_the_nearest_file_holds_for_each_text_and_nothing_is_merged(tmp_path: Path) -> None:
    write(tmp_path / "cleaner.toml", 'ignore = ["term"]\n')
    write(tmp_path / "pyproject.toml", '[tool.cleaner]\nselect = ["nothing"]\n')
    write(tmp_path / "a.txt", WRONG)
    write(tmp_path / "sub" / "pyproject.toml", "[tool.cleaner]\n")
    write(tmp_path / "sub" / "a.txt", WRONG)
    write(tmp_path / "other" / "pyproject.toml", "[tool.elsewhere]\nabout = 'cleaner'\n")
    write(tmp_path / "other" / "a.txt", WRONG)
    assert [file for file, _, _ in found(tmp_path, ".")] == ["sub/a.txt"]
    assert [file for file, _, _ in found(tmp_path, "a.txt", "sub", "--config", "sub/pyproject.toml")] == [
        "a.txt",
        "sub/a.txt",
    ]


def test_the_command_line_goes_before_the_file(tmp_path: Path) -> None:
    page = write(tmp_path / "page.txt", WRONG)
    write(tmp_path / "cleaner.toml", 'select = ["date"]\nunsafe-fixes = true\n')
    assert found(tmp_path, "page.txt") == []
    assert found(tmp_path, "page.txt", "--select", "term") == [("page.txt", RULE, "safe")]
    out = run("config", "page.txt", "--no-unsafe-fixes", "--select", "term", cwd=tmp_path)[1]
    assert "--unsafe-fixes" in out
    assert "--select" in out
    assert page.read_text("utf-8") == WRONG


@pytest.mark.parametrize("level", ["unsafe", "manual"])
@pytest.mark.parametrize("name", [RULE, "zh-en", "term"])
def test_safety_is_lowered(tmp_path: Path, name: str, level: str) -> None:
    page = write(tmp_path / "page.txt", WRONG)
    write(tmp_path / "cleaner.toml", f'[safety]\n"{name}" = "{level}"\n')
    assert found(tmp_path, "page.txt") == [("page.txt", RULE, level)]
    assert run("fix", page)[0] == 0
    assert run("fix", page, "--unsafe-fixes")[0] == int(level == "unsafe")


def test_safety_is_raised_and_a_rule_goes_before_its_pack(tmp_path: Path) -> None:
    page = write(tmp_path / "page.txt", "The lander touched down on the back of the moon.\n")
    assert found(tmp_path, "page.txt") == [("page.txt", RULE, "unsafe")]
    write(tmp_path / "cleaner.toml", f'safety = {{"{RULE}" = "safe", zh-en = "manual", term = "manual"}}\n')
    assert run("fix", page)[0] == 1
    assert page.read_text("utf-8") == CLEAN


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\nignor = []\n", "cleaner.toml:2: unknown key 'ignor'; did you mean 'ignore'?"),
        ("per_file_ignores = {}\n", "cleaner.toml:1: unknown key 'per_file_ignores'; did you mean 'per-file-ignores'?"),
        ("unsafe-fixes = 'yes'\n", "cleaner.toml:1: 'unsafe-fixes' must be true or false"),
        ('from = "tlh"\n', "cleaner.toml:1: 'from' must be one of zh, ja"),
        ('max-file-size = "50 elephants"\n', "cleaner.toml:1: 'max-file-size' must be a size"),
        ('[safety]\nterm = "safe"\ncase = "sure"\n', "cleaner.toml:3: 'safety' must be"),
        ("select = [1]\n", "cleaner.toml:1: 'select' must be a list of names"),
        ("\n\nselect = [\n", "cleaner.toml:"),
        ('extend = ["nowhere/"]\n', "cleaner.toml:1: 'extend': no such file or folder"),
    ],
)
def test_a_broken_file_is_one_line(tmp_path: Path, text: str, message: str) -> None:
    write(tmp_path / "page.txt", WRONG)
    write(tmp_path / "cleaner.toml", text)
    for command in ("check", "fix", "config"):
        code, out, err = run(command, "page.txt", cwd=tmp_path)
        assert (code, out) == (2, "")
        assert message in err
        assert err.count("\n") == 1
    assert (tmp_path / "page.txt").read_text("utf-8") == WRONG


def test_a_broken_file_of_somebody_else_is_no_concern_of_ours(tmp_path: Path) -> None:
    page = write(tmp_path / "page.txt", CLEAN)
    write(tmp_path / "pyproject.toml", "[tool.other]\nname = 'cleaner\n")
    assert run("check", page)[0] == 0


def test_config_says_where_each_value_comes_from(tmp_path: Path) -> None:
    write(tmp_path / "docs" / "page.txt", WRONG)
    write(tmp_path / "glossary.yaml", "keep: [Moon]\n")
    write(
        tmp_path / "pyproject.toml",
        '[project]\nname = "x"\n\n[tool.cleaner]\nfrom = "ja"\nexclude = ["docs/"]\n'
        '[tool.cleaner.per-file-ignores]\n"docs/*" = ["case"]\n',
    )
    code, out, _ = run("config", "docs/page.txt", "--ignore", "date", cwd=tmp_path)
    assert code == 0
    rows = {line.split("  ")[1]: line for line in out.splitlines() if line.startswith("  ")}
    assert "pyproject.toml:5" in rows["from"]
    assert "--ignore" in rows["ignore"]
    assert "beside pyproject.toml" in rows["extend"]
    assert "default" in rows["select"]
    assert '["date", "case"]' in rows["ignore, here"]
    assert "excluded" in out


def test_init_writes_a_start_that_holds_and_never_writes_over(tmp_path: Path) -> None:
    assert run("init", cwd=tmp_path)[0] == 0
    start = (tmp_path / "cleaner.toml").read_text("utf-8")
    assert run("init", cwd=tmp_path)[0] == 2
    lines = [line[2:] if line.startswith("# ") else line for line in start.splitlines()]
    # Everything in it may be switched on as it stands (but for the folder it names).
    (tmp_path / "my-rules").mkdir()
    (tmp_path / "cleaner.toml").write_text(
        "\n".join(line for line in lines if "=" in line or line.startswith("[")), "utf-8"
    )
    code, out, err = run("config", cwd=tmp_path)
    assert (code, err) == (0, "")
    assert out.count("cleaner.toml:") >= 8
    (tmp_path / "b").mkdir()
    write(tmp_path / "b" / "pyproject.toml", "[tool.cleaner]\n")
    assert run("init", "b", cwd=tmp_path)[0] == 2
    assert not (tmp_path / "b" / "cleaner.toml").exists()


# ---- the glossary of the house ----


def test_the_glossary_prefers_forbids_and_keeps(tmp_path: Path) -> None:
    page = write(
        tmp_path / "page.txt",
        "The lander of the Peking College landed on the back of the moon.\nGithub and github, but not mygithub, utilise GitHub.\n",
    )
    write(tmp_path / "cleaner.toml", "")
    write(
        tmp_path / "glossary.yaml",
        "prefer:\n  Peking College: Peking University\n  github: GitHub\nnever: [utilise]\nkeep: [back of the moon]\n",
    )
    assert {rule for _, rule, _ in found(tmp_path, "page.txt")} == {"glossary/prefer", "glossary/never"}
    assert run("fix", page)[0] == 1
    assert page.read_text("utf-8") == (
        "The lander of the Peking University landed on the back of the moon.\n"
        "GitHub and GitHub, but not mygithub, utilise GitHub.\n"
    )
    assert run("fix", page)[0] == 0


def test_what_the_house_prefers_no_pack_changes(tmp_path: Path) -> None:
    page = write(tmp_path / "page.txt", "The Chang’e-4 lander is on the far side of the moon.\n")
    house = write(tmp_path / "house-glossary.yaml", "prefer: {far side of the moon: back of the moon}\n")
    assert run("fix", page, "--extend", house)[0] == 1
    assert "on the back of the moon" in page.read_text("utf-8")
    assert run("fix", page, "--extend", house)[0] == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("prefers: {}\n", "glossary.yaml:1: unknown key 'prefers'; did you mean 'prefer'?"),
        ("keep: []\nprefer:\n  a b: a b c\n", "glossary.yaml:3: 'a b c' holds 'a b' again"),
        ("prefer:\n  one: two\n  two: one\n", "glossary.yaml:2: 'one' and 'two' are preferred to each other"),
        ("never: word\n", "glossary.yaml:1: 'never' must be a list of words"),
        ("- a\n", "glossary.yaml:1: must be a mapping"),
        ("keep: [a\n", "not YAML"),
    ],
)
def test_a_broken_glossary_is_one_line(tmp_path: Path, text: str, message: str) -> None:
    write(tmp_path / "page.txt", WRONG)
    write(tmp_path / "cleaner.toml", 'extend = ["glossary.yaml"]\n')
    write(tmp_path / "glossary.yaml", text)
    code, out, err = run("check", "page.txt", cwd=tmp_path)
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1


# ---- folders ----


def test_exclude_holds_in_folders_and_with_force_exclude_for_named_files(tmp_path: Path) -> None:
    for name in ("a.txt", "vendor/a.txt", "sub/drafts/a.txt"):
        write(tmp_path / name, WRONG)
    write(tmp_path / "cleaner.toml", 'exclude = ["vendor/"]\n')
    assert [f for f, _, _ in found(tmp_path, ".")] == ["a.txt", "sub/drafts/a.txt"]
    assert [f for f, _, _ in found(tmp_path, ".", "--exclude", "drafts/")] == ["a.txt"]
    assert [f for f, _, _ in found(tmp_path, "vendor/a.txt")] == ["vendor/a.txt"]
    assert found(tmp_path, "vendor/a.txt", "--force-exclude") == []
    write(tmp_path / ".cleanerignore", "a.txt\n!/a.txt\n")
    (tmp_path / ".git").mkdir()  # its patterns hold up to the repository's top
    assert [f for f, _, _ in found(tmp_path, "a.txt", "sub/drafts/a.txt", "--force-exclude")] == ["a.txt"]


def test_include_says_which_files_of_a_folder(tmp_path: Path) -> None:
    for name in ("a.txt", "b.adoc", "c.md"):
        write(tmp_path / name, WRONG)
    write(tmp_path / "cleaner.toml", 'include = ["*.adoc", "*.md"]\n')
    assert [f for f, _, _ in found(tmp_path, ".")] == ["b.adoc", "c.md"]


def test_links_lead_nowhere_out_of_the_tree(tmp_path: Path) -> None:
    write(tmp_path / "outside" / "far.txt", WRONG)
    write(tmp_path / "tree" / "here.txt", WRONG)
    write(tmp_path / "tree" / "plainname", WRONG)
    tree = tmp_path / "tree"
    (tree / "away.txt").symlink_to(tmp_path / "outside" / "far.txt")
    (tree / "folder").symlink_to(tmp_path / "outside")
    (tree / "again.txt").symlink_to("here.txt")
    (tree / "named.txt").symlink_to("plainname")
    assert run("fix", "tree", cwd=tmp_path)[0] == 1
    assert (tmp_path / "outside" / "far.txt").read_text("utf-8") == WRONG
    assert (tree / "here.txt").read_text("utf-8") == (tree / "plainname").read_text("utf-8") == RIGHT
    assert (tree / "again.txt").is_symlink()


def test_a_file_over_the_limit_is_named_and_skipped(tmp_path: Path) -> None:
    write(tmp_path / "large.txt", WRONG * 100)
    write(tmp_path / "small.txt", CLEAN)
    write(tmp_path / "cleaner.toml", 'max-file-size = "1KB"\n')
    code, out, err = run("check", ".", cwd=tmp_path)
    assert code == 0
    assert "large.txt: skipped" in err
    assert "1 file" in out
    assert run("check", ".", "--max-file-size", "1MB", cwd=tmp_path)[0] == 1
    assert run("check", ".", "--max-file-size", "big", cwd=tmp_path)[0] == 2


def test_several_processes_say_the_same_in_the_same_order(tmp_path: Path) -> None:
    for n in range(40):
        write(tmp_path / "in" / f"{n:02}" / "page.txt", WRONG if n % 3 else CLEAN)
    write(tmp_path / "in" / "07" / "bad.txt", "")
    (tmp_path / "in" / "07" / "bad.txt").write_bytes(b"a\0b")
    write(tmp_path / "in" / "11" / "cleaner.toml", 'ignore = ["term"]\n')
    once = run("check", "in", "--jobs", "1", "--report", "a.json", cwd=tmp_path)
    assert once[0] == 2
    assert once[1].count(RULE) == 25
    assert run("check", "in", "--jobs", "3", "--report", "b.json", cwd=tmp_path) == once
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    shutil.copytree(tmp_path / "in", tmp_path / "two" / "in")
    shutil.copytree(tmp_path / "in", tmp_path / "one" / "in")
    outs = [run("fix", "in", "--jobs", n, cwd=tmp_path / name) for n, name in ((1, "one"), (3, "two"))]
    assert outs[0] == outs[1]
    assert not subprocess.run(["diff", "-r", tmp_path / "one", tmp_path / "two"], check=False).returncode


def test_no_jobs_is_an_error(tmp_path: Path) -> None:
    assert run("check", ".", "--jobs", "0", cwd=tmp_path)[0] == 2


# ---- completion ----


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_names_commands_and_options(shell: str) -> None:
    code, out, _ = run("completion", shell)
    assert code == 0
    assert "force-exclude" in out
    assert "completion" in out
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=out.encode(), check=True)


def test_completion_without_its_library_is_one_line(tmp_path: Path) -> None:
    write(tmp_path / "shtab.py", "raise ImportError\n")
    path = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH"), *sys.path[:1]])])
    code, _, err = run("completion", "bash", PYTHONPATH=path)
    assert code == 2
    assert "mt-cleaner[completion]" in err


# ---- the packs of the house, in the commands that look at rules ----


PEAR = """\
- id: pear
  kind: term
  why: A test.
  match: wooden pear
  replace: pear
  examples:
    - She ate a [wooden pear|pear].
    - Two [wooden pear|pear]s lay there.
    - keep: A pear of wood.
    - keep: Wooden tables.
"""


def test_rules_rule_and_test_know_the_packs_that_the_configuration_adds(tmp_path: Path) -> None:
    write(tmp_path / "mine" / "r.yaml", PEAR)
    write(tmp_path / "cleaner.toml", 'extend = ["mine/"]\n')
    below = tmp_path / "sub"
    below.mkdir()
    assert "mine/pear  term  A test." in run("rules", cwd=below)[1]
    assert run("rule", "mine/pear", cwd=below)[0] == 0
    assert run("test", "mine", cwd=below)[:2] == (0, "4 passed, 0 failed\n")
    assert run("test", "../mine", cwd=below)[:2] == (0, "4 passed, 0 failed\n")  # by its path, and not loaded twice
    assert "mine/pear" not in run("rules", "--isolated", cwd=below)[1]
    assert run("rule", "mine/pear", "--isolated", cwd=below)[0] == 2
    assert run("rules", "--config", "nowhere.toml", cwd=below)[0] == 2
    other = write(tmp_path / "other.toml", "")
    assert run("rule", "mine/pear", "--config", other, cwd=below)[0] == 2
    assert run("rule", "mine/pear", "--config", other, "--extend", tmp_path / "mine", cwd=below)[0] == 0


def test_a_broken_pack_of_the_house_fails_under_test(tmp_path: Path) -> None:
    write(tmp_path / "mine" / "r.yaml", PEAR.replace("a [wooden pear|pear].", "a [wooden pear|plum]."))
    write(tmp_path / "cleaner.toml", 'extend = ["mine/"]\n')
    code, out, _ = run("test", cwd=tmp_path)
    assert code == 1
    assert "mine/pear: made" in out


def test_a_shipped_pack_may_be_named_by_its_folder() -> None:
    from cleaner.packs.load import rules_folder

    code, out, err = run("test", rules_folder() / "es-en")
    assert (code, err) == (0, "")
    assert out == run("test", "es-en")[1]
