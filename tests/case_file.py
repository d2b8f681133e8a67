"""Case files: `name`, input, a line with a point, what is expected, an empty line. A non-programmer can add to them."""

import re
from pathlib import Path

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[tuple[str, str, str]]:
    """Return (title, input, expected) of each case in ``cases/NAME``."""
    found = []
    for case in re.split(r"\n\n+(?=# )", (CASES / name).read_text(encoding="utf-8").strip()):
        title, _, body = case.partition("\n")
        given, _, expected = f"{body}\n".partition("\n.\n")
        found.append((title.removeprefix("# "), given, expected.rstrip("\n")))
    return found
