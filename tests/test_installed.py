"""The package: installed from a wheel it builds an edition elsewhere, and it knows nothing of this one."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "variorum"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a wheel, install it into a fresh virtual environment beside what it needs; return the environment."""
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    offline = ["--no-index", "--no-deps", "--no-build-isolation", "-q"]
    subprocess.run([*pip, "wheel", *offline, "-w", str(folder), str(ROOT)], check=True)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "venv", with_pip=False)
    python = folder / "venv/bin/python"
    subprocess.run([*pip, "--python", str(python), "install", "--no-index", "--no-deps", "-q", str(wheel)], check=True)
    (site,) = (folder / "venv/lib").glob("python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return folder / "venv"


def test_an_installed_copy_builds_an_edition_elsewhere(installed: Path, german: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [str(installed / "bin/python"), "-W", "ignore", "-m", "variorum"]
    formats = ["html", "epub", *(["pdf"] if shutil.which("lualatex") else [])]
    run = subprocess.run(
        [*command, "build", *formats], capture_output=True, text=True, check=False, cwd=german, env=environment
    )
    assert (run.returncode, run.stderr) == (0, "")
    built = [path.suffix for path in (german / "_build").glob("*/*") if path.suffix in {".epub", ".pdf"}]
    assert {".epub", *([".pdf"] if "pdf" in formats else [])} <= set(built)
    page = (german / "_build/html/texts/erster-brief.html").read_text(encoding="utf-8")
    assert "Zum Text springen" in page  # the compiled catalogue is in the wheel
    where = subprocess.run(
        [*command[:3], "-c", "import variorum; print(variorum.__file__)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=german,
        env=environment,
    )
    assert Path(where.stdout.strip()).is_relative_to(installed)


def test_no_word_of_this_edition_stands_in_the_package() -> None:
    """Names of texts, authors and files, years, number and title of this edition, as its own front matter has them."""
    words = set()
    for path in sorted((ROOT / "texts").glob("*.md")):
        front = yaml.safe_load(path.read_text(encoding="utf-8").split("---")[1])
        words |= {path.stem, front["title"], front["short-title"]}
        words |= {name.split()[-1] for name in re.split("; ", front["author"]) if "(" not in name}
        words |= {f"{front['siglum']} {place}" for place in ("1.12", "2.4", "3.14")}
        words |= set(re.findall(r"\d{4}", str(front["date"])))
    configuration = (ROOT / "conf.py").read_text(encoding="utf-8")
    words |= set(re.findall(r'^project = "(.*?), ', configuration, re.MULTILINE))
    words |= set(re.findall(r'^epub_basename = "(.*)"', configuration, re.MULTILINE))
    words |= set(re.findall(r"\d{4}", re.search(r"^project = .*", configuration, re.MULTILINE)[0]))
    words |= {"five texts", "Five texts"}
    found = []
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in {".otf", ".woff2", ".mo", ".pyc"} or not path.is_file() or "OFL" in path.name:
            continue
        text = path.read_text(encoding="utf-8")
        if path.name.startswith("hyph-") or "fonts" in path.parts:
            continue  # by others, with their years and names
        found += [
            f"{path.relative_to(PACKAGE)}: {word}"
            for word in sorted(words)
            if re.search(rf"\b{re.escape(word)}\b", text)
        ]
    assert found == []


def test_the_theme_and_the_version_are_the_packages_own() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["entry-points"]["sphinx.html_themes"] == {"variorum": "variorum"}
    assert project["dynamic"] == ["version"]
