"""The documentation builds without a warning in the package's own theme, and says only what happens."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from case_file import cases

from variorum.site.links import broken_links

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
sys.path.append(str(DOCS / "_ext"))

from told import messages  # noqa: E402 - the documentation's own extension

FILE = re.compile(
    r"^(?P<fence>`{3,})\{code-block\} \w+\n:caption: (?P<path>\S+)\n\n(?P<words>.*?)^(?P=fence)$",
    re.DOTALL | re.MULTILINE,
)
CONSOLE = re.compile(r"^```console\n(?P<lines>.*?)^```$", re.DOTALL | re.MULTILINE)


def test_the_documentation_builds_without_a_warning(tmp_path: Path, sphinx) -> None:
    folder = Path(shutil.copytree(DOCS, tmp_path / "docs", ignore=shutil.ignore_patterns("_build")))
    shutil.copytree(ROOT / "tests/editions", tmp_path / "tests/editions")  # the examples
    run = sphinx(folder, "html", "-W", "--keep-going", "-q")
    assert (run.returncode, run.stderr) == (0, "")
    site = tmp_path / "out/html"
    assert list(broken_links(site)) == []
    shown = re.findall(r'<iframe[^>]* src="([^"]+)"', (site / "examples.html").read_text(encoding="utf-8"))
    assert shown
    assert [name for name in shown if not (site / name).is_file()] == []


@pytest.mark.parametrize("name", ["wrong.txt", "mistakes.txt"])
def test_the_reference_has_every_message_that_a_mistake_brings(name: str) -> None:
    told = [line for _, _, expected in cases(name) for line in expected.splitlines() if line.startswith("ERROR: ")]
    told = [line for line in told if not line.endswith("no edition is built")]
    patterns = [message.pattern() for message in messages()]
    assert told
    assert [line for line in told if not any(pattern.search(line) for pattern in patterns)] == []


def steps(page: str) -> list[tuple[int, str, str]]:
    """Return the files to write and the commands to run, in the order of the page: place, path or nothing, words."""
    text = (DOCS / page).read_text(encoding="utf-8")
    files = [(match.start(), match["path"], match["words"]) for match in FILE.finditer(text)]
    commands = [(match.start(), "", match["lines"]) for match in CONSOLE.finditer(text)]
    return sorted([*files, *commands])


def commands(lines: str) -> list[tuple[str, list[str]]]:
    """Return each command of a console with the lines that it is to print."""
    found: list[tuple[str, list[str]]] = []
    for line in lines.splitlines():
        if line.startswith("$ "):
            found.append((line.removeprefix("$ "), []))
        else:
            found[-1][1].append(line)
    return found


@pytest.mark.parametrize("page", ["first-edition.md", "tutorial.md"])
def test_every_command_of_a_page_prints_what_it_says(page: str, tmp_path: Path) -> None:
    folder = tmp_path
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "PYTHONUTF8": "1"}
    for _, name, words in steps(page):
        if name:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(words, encoding="utf-8")
            continue
        for command, expected in commands(words):
            if command.startswith("cd "):
                folder /= command.removeprefix("cd ")
                continue
            done = subprocess.run(
                command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False
            )
            output = done.stdout + done.stderr
            assert [line for line in expected if line not in output] == [], f"{command}\n{output}"
            refused = any("no edition is built" in line or "undeclared" in line for line in expected)
            assert (done.returncode != 0) == refused, f"{command}\n{output}"
