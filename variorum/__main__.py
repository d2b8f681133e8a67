"""The command line: ``new`` begins an edition, ``build`` makes it, ``release`` and ``site`` publish it."""

import argparse
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from variorum.commands import build, deposit, new, release, site

RIGHTS = "public: leave out the words of texts that are withheld, and build into the folder “public” of --out"


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    whole = argparse.ArgumentParser("variorum", description="Critical editions with Sphinx.")
    commands = whole.add_subparsers(dest="command", required=True)

    one = commands.add_parser("build", help="build the edition in some formats")
    one.add_argument(
        "formats",
        nargs="*",
        metavar="FORMAT",
        help=f"some of {', '.join(build.FORMATS)} (default: {', '.join(build.EDITIONS)})",
    )
    one.add_argument("--source", type=Path, default=Path(), help="folder of conf.py (default: this one)")
    one.add_argument("--out", type=Path, default=Path("_build"), help="folder for what is built (default: _build)")
    one.add_argument("--paper", default="a5", help="size of the book's paper: a5, a4 or letter (default: a5)")

    one.add_argument("--rights", default="", help=RIGHTS)

    whole_site = commands.add_parser("site", help="build all formats, and the site that offers them")
    whole_site.add_argument("--source", type=Path, default=Path(), help="folder of conf.py (default: this one)")
    whole_site.add_argument("--out", type=Path, default=Path("_build"), help="folder for what is built")
    whole_site.add_argument("--rights", default="", help=RIGHTS)
    whole_site.add_argument("--contact", default="", help="in the place of variorum_report: where readers write to")
    whole_site.add_argument("--address", default="", help="in the place of html_baseurl: where the site will stand")

    two = commands.add_parser("new", help="begin an edition: a small one that builds at once")
    two.add_argument("folder", type=Path, help="a folder that does not exist yet")
    two.add_argument("--title", required=True, help="title of the edition")
    two.add_argument("--language", default="en", help="language of the edition: en, de, … (default: en)")
    _add_release(commands.add_parser("release", help="publish a version: number, words, checks, commit, tag"))

    four = commands.add_parser("deposit", help="make one folder for an archive, of a published version")
    four.add_argument("--source", type=Path, default=Path(), help="folder of conf.py (default: this one)")
    four.add_argument("--out", type=Path, default=Path("_build"), help="folder of what is built (default: _build)")
    return whole


def _add_release(three: argparse.ArgumentParser) -> None:
    """Add what a release takes."""
    three.add_argument("version", help="number of the version, such as 1.2.0")
    three.add_argument("--source", type=Path, default=Path(), help="folder of conf.py (default: this one)")
    three.add_argument("--out", type=Path, default=Path("_build"), help="folder for what is built (default: _build)")
    three.add_argument("--date", type=date.fromisoformat, default=datetime.now(UTC).date(), help="default: today")
    three.add_argument(
        "--naming", action="append", default=[], metavar="FILE", help="a file in which the number stands, as README.md"
    )
    three.add_argument(
        "--check",
        action="append",
        default=[],
        metavar="COMMAND",
        help="what has to succeed before anything is committed",
    )
    three.add_argument(
        "--then", action="append", default=[], metavar="COMMAND", help="what is made of the version when it is tagged"
    )


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return its exit status."""
    said = parser().parse_args(arguments)
    if getattr(said, "rights", "") not in {"", "public"}:
        sys.stderr.write(f"“{said.rights}” is no choice of rights; write RIGHTS=public, or leave it out\n")
        return 2
    if said.command == "new":
        status = new.begin(said.folder, said.title, said.language)
    elif said.command == "release":
        asked = (said.source, said.out, said.version, said.date, said.naming, said.check, said.then)
        status = release.release(release.Release(*asked))
    elif said.command == "deposit":
        status = deposit.deposit(said.source, said.out)
    elif said.command == "site":
        status = site.make_site(said.source, said.out, said.rights, said.contact, said.address)
    else:
        folder, settings = build.with_rights(said.out, said.rights)
        status = build.build(said.source, folder, said.formats or build.EDITIONS, said.paper, settings)
    return status


if __name__ == "__main__":
    sys.exit(main())
