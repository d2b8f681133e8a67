"""The command line: ``python -m variorum build`` makes the editions, ``python -m variorum new`` begins one."""

import argparse
import sys
from pathlib import Path

from variorum.commands import build, new


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

    two = commands.add_parser("new", help="begin an edition: a small one that builds at once")
    two.add_argument("folder", type=Path, help="a folder that does not exist yet")
    two.add_argument("--title", required=True, help="title of the edition")
    two.add_argument("--language", default="en", help="language of the edition: en, de, … (default: en)")
    return whole


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return its exit status."""
    said = parser().parse_args(arguments)
    if said.command == "new":
        status = new.begin(said.folder, said.title, said.language)
    else:
        status = build.build(said.source, said.out, said.formats or build.EDITIONS, said.paper)
    return status


if __name__ == "__main__":
    sys.exit(main())
