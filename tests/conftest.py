"""What the tests share: the built edition, and a small edition to build and spoil."""

import io
import os
import pickle
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Playwright, sync_playwright
from sphinx.cmd.build import main as sphinx_build

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
NAME = "party-and-class-in-power"
settings.register_profile("edition", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("edition")
CHROMIUM = shutil.which("chromium")  # or else the browser that Playwright installed


def _built(path: Path) -> Path:
    if not path.exists():
        pytest.fail(f"{path.relative_to(ROOT)} is not built: run `make` first", pytrace=False)
    return path


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def site() -> Path:
    """Return the built web edition."""
    return _built(ROOT / "_build/html/index.html").parent


@pytest.fixture(scope="session")
def pdf() -> Path:
    """Return the built book."""
    return _built(ROOT / f"_build/pdf/{NAME}.pdf")


@pytest.fixture(scope="session")
def epub() -> Path:
    """Return the built ePub."""
    return _built(ROOT / f"_build/epub/{NAME}.epub")


@pytest.fixture(scope="session")
def domain() -> Any:
    """Return what the edition knows of itself, as the last build left it."""
    with _built(ROOT / "_build/doctrees/environment.pickle").open("rb") as file:
        return pickle.load(file).domaindata["variorum"]


@pytest.fixture
def specimen(tmp_path: Path) -> Path:
    """Return a copy of the small edition."""
    built = shutil.ignore_patterns("_*")
    folder = Path(shutil.copytree(ROOT / "tests/browser/specimen", tmp_path / "specimen", ignore=built))
    conf = folder / "conf.py"
    text = conf.read_text(encoding="utf-8").replace("Path(__file__).parents[3]", repr(str(ROOT)))
    conf.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    """Return a copy of the small edition of what texts contain beside prose."""
    return Path(shutil.copytree(ROOT / "tests/editions/forms", tmp_path / "forms"))


@pytest.fixture
def german(tmp_path: Path) -> Path:
    """Return a copy of the small German edition."""
    return Path(shutil.copytree(ROOT / "tests/editions/uhrmacher", tmp_path / "german/uhrmacher"))


Run = subprocess.CompletedProcess[str]


@pytest.fixture
def sphinx(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    """Return a function that runs Sphinx on a folder, in this process: a small edition takes 0.2 seconds then."""
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")

    def run(source: Path, builder: str = "dummy", *options: str) -> Run:
        arguments = ["-b", builder, "-d", str(source.parent / "dt"), *options]
        arguments += [str(source), str(source.parent / "out" / builder)]
        monkeypatch.chdir(source)
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # those of the libraries are no business of ours
            try:
                status = sphinx_build(arguments)
            except SystemExit as end:
                status = int(end.code or 0)
        return Run(arguments, status, out.getvalue(), err.getvalue())

    return run


@pytest.fixture
def sphinx_process() -> Callable[..., Run]:
    """Return a function that runs Sphinx on a folder in a process of its own."""

    def run(source: Path, builder: str = "dummy", *options: str) -> Run:
        command = [sys.executable, "-m", "sphinx", "-b", builder, "-d", str(source.parent / "dt"), *options]
        command += [str(source), str(source.parent / "out" / builder)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "SOURCE_DATE_EPOCH": "1700000000"}
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=source)

    return run


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden files be written anew."""
    parser.addoption("--regen", action="store_true", help="write the golden files anew; read the difference")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    with playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"]) as browser:
        yield browser


#: What is taken from the built edition: a test that asks for one of these is none for `make quick`.
BUILT = {"site", "pdf", "epub", "domain", "environment", "tei", "site_url", "chromium", "small", "small_url", "visit"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need the whole edition, or a browser."""
    for item in items:
        if BUILT & set(getattr(item, "fixturenames", ())) or item.path.parent.name in {"book", "browser", "epub"}:
            item.add_marker("edition")
