"""Publish a version: set its number, keep its words, check, commit, tag, and make what is given to readers."""

import os
import re
import shlex
import subprocess
import sys
from calendar import timegm
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from variorum.commands.build import say
from variorum.commands.repository import git
from variorum.text.folders import Folders
from variorum.text.published import NUMBER, in_order
from variorum.whole.versions import entry_of

#: The line of conf.py that has the version, and the number in it.
_VERSION = re.compile(r'^(?P<before>version = release = ")(?P<number>[^"]*)(?=")', re.MULTILINE)
_RELEASED = re.compile(r"^date-released: .*$", re.MULTILINE)
_LANGUAGE = re.compile(r'^language = "(\w+)"', re.MULTILINE)
CITATION = "CITATION.cff"


class Release(NamedTuple):
    """What is to be published, and how."""

    source: Path
    """Folder of conf.py, the root of a git repository."""
    out: Path
    """Folder for what is built."""
    version: str
    day: date
    naming: Sequence[str]
    """Files, beside conf.py and CITATION.cff, in which the number of the version stands."""
    checks: Sequence[str]
    """Commands that have to succeed before anything is committed."""
    afterwards: Sequence[str]
    """Commands that make something of the version that is committed and tagged."""

    @property
    def tag(self) -> str:
        """Return the tag of the version."""
        return f"v{self.version}"

    @property
    def seconds(self) -> int:
        """Return the beginning of the day, as SOURCE_DATE_EPOCH has it: the date of all that is built."""
        return timegm(self.day.timetuple())


class Refused(Exception):  # noqa: N818 - a release that is refused
    """A release that cannot be made; the message says why and what to do."""


def release(asked: Release) -> int:
    """Publish a version, saying each step; return the exit status. What cannot be published leaves no trace."""
    try:
        old = refuse_or_old(asked)
        head = git(asked.source, "rev-parse", "HEAD").stdout.strip()
    except Refused as reason:
        sys.stderr.write(f"{reason}\n")
        return 2
    try:
        set_version(asked, old)
        keep_words(asked)
        git(asked.source, "add", "--all")  # before the checks: what they leave behind is no part of the version
        for command in asked.checks:
            run(asked, command)
        commit(asked)
    except Refused as reason:
        restore(asked, head)
        sys.stderr.write(f"{reason}\nwhat was written is put back: no version is published\n")
        return 2
    try:
        for command in asked.afterwards:
            run(asked, command)
    except Refused as reason:
        sys.stderr.write(f"{reason}\n{asked.tag} is committed and tagged: mend the reason, and run the command again\n")
        return 2
    say(f"version {asked.version} is published here; `git push --follow-tags` gives it to others")
    return 0


def refuse_or_old(asked: Release) -> str:
    """Return the number of the version before this; raise Refused where this one cannot be published."""
    if not NUMBER.fullmatch(asked.version):
        raise Refused(f"“{asked.version}” is no number of a version; write one such as 1.2.0")
    status = git(asked.source, "status", "--porcelain")
    if status.returncode or git(asked.source, "rev-parse", "--show-prefix").stdout.strip():
        raise Refused(f"{asked.source}: no root of a git repository; a version is a commit with a tag: run `git init`")
    if status.stdout:
        first = status.stdout.splitlines()[0][3:]
        raise Refused(f"{first}: not committed; commit or put away everything that `git status` lists")
    conf = (asked.source / "conf.py").read_text(encoding="utf-8")
    said = _VERSION.search(conf)
    if not said:
        raise Refused('conf.py: no line has the version; write version = release = "0.1.0"')
    old = said["number"]
    if not NUMBER.fullmatch(old) or in_order(asked.version) <= in_order(old):
        line = conf.count("\n", 0, said.start()) + 1
        raise Refused(f"conf.py:{line}: the version is {old}; choose a higher one than {asked.version}")
    if git(asked.source, "tag", "--list", asked.tag).stdout:
        raise Refused(f"the tag {asked.tag} is there already; choose a higher version")
    where = Folders(asked.source)
    if entry_of(where, asked.version) is None:
        raise Refused(
            f"{where.changes}: no heading has the version {asked.version};"
            f" write “## Version {asked.version}”, and below it what changes"
        )
    return old


def set_version(asked: Release, old: str) -> None:
    """Write number and date wherever they stand: conf.py, CITATION.cff, the list of changes, and the files named."""
    conf = asked.source / "conf.py"
    text = conf.read_text(encoding="utf-8")
    conf.write_text(_VERSION.sub(rf"\g<before>{asked.version}", text), encoding="utf-8")
    say(f"conf.py: version {asked.version}, after {old}")
    number = re.compile(rf"(?<!cff-version: )(?<![\w.]){re.escape(old)}(?!\w|\.\d)")
    citation = [CITATION] if (asked.source / CITATION).exists() else []
    for name in (*citation, *asked.naming):
        path = asked.source / name
        text, places = number.subn(asked.version, path.read_text(encoding="utf-8"))
        if not places:
            raise Refused(f"{name}: the version {old} stands nowhere; mend the number there")
        text = _RELEASED.sub(f"date-released: {asked.day}", text) if name == CITATION else text
        path.write_text(text, encoding="utf-8")
        say(f"{name}: version {asked.version}")
    date_entry(asked)


def date_entry(asked: Release) -> None:
    """Give the heading of the version's entry its date, where it ends with the number."""
    where = Folders(asked.source)
    entry = entry_of(where, asked.version)
    path = asked.source / where.changes
    lines = path.read_text(encoding="utf-8").split("\n")
    if entry and lines[entry.start - 1].endswith(asked.version):
        found = _LANGUAGE.search((asked.source / "conf.py").read_text(encoding="utf-8"))
        lines[entry.start - 1] += f", {in_words(asked.day, found[1] if found else 'en')}"
        path.write_text("\n".join(lines), encoding="utf-8")
        say(f"{where.changes}: “{lines[entry.start - 1].removeprefix('## ')}”")


def in_words(day: date, language: str) -> str:
    """Return a date as a language writes it; year first in a language that is not known."""
    try:
        return format_date(day, "long", Locale.parse(language))
    except (UnknownLocaleError, ValueError):
        return day.isoformat()


def keep_words(asked: Release) -> None:
    """Add the words of the version to those that were published; refuse where a change is unsaid."""
    command = [sys.executable, "-m", "sphinx", "-b", "publish", "-W", "-d", str(asked.out / "doctrees")]
    done = subprocess.run(
        [*command, str(asked.source), str(asked.out / "publish")],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        env=environment(asked),
    )
    if done.returncode:
        raise Refused("the words of this version cannot be kept: see above")
    for line in done.stdout.splitlines():
        if "/published/" in line:
            say(line)


def run(asked: Release, command: str) -> None:
    """Run a command in the edition's folder; raise Refused where it fails."""
    say(f"running `{command}`")
    done = subprocess.run(shlex.split(command), check=False, cwd=asked.source, env=environment(asked))
    if done.returncode:
        raise Refused(f"`{command}` failed: see above")
    say(f"`{command}` succeeded")


def commit(asked: Release) -> None:
    """Commit and tag the version.

    The commit is dated at the beginning of its day, as CITATION.cff is: what is built from the repository and what is
    built from its files alone has one date, and is the same to the byte.
    """
    subject = f"Docs: version {asked.version}"
    for arguments in (["commit", "--quiet", "-m", subject], ["tag", "-a", asked.tag, "-m", subject]):
        done = git(asked.source, *arguments, told=dates(asked))
        if done.returncode:
            raise Refused(f"git {arguments[0]}: {done.stderr.strip() or done.stdout.strip()}")
    name = git(asked.source, "rev-parse", "--short", "HEAD").stdout.strip()
    say(f"committed as {name}, tagged {asked.tag}")


def restore(asked: Release, head: str) -> None:
    """Put everything back as it was at the commit before: nothing was uncommitted then."""
    git(asked.source, "reset", "--hard", "--quiet", head)
    git(asked.source, "clean", "--quiet", "--force", "-d")


def environment(asked: Release) -> dict[str, str]:
    """Return the environment of every step."""
    return {**os.environ, **dates(asked)}


def dates(asked: Release) -> dict[str, str]:
    """Return the date of the version, as builds and git are told it."""
    return {"SOURCE_DATE_EPOCH": str(asked.seconds), "GIT_COMMITTER_DATE": f"{asked.seconds} +0000"}
