"""One kind of message for every editor's mistake, and the one door through which all of them go."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """An editor's mistake: where it is, what is wrong, what to do."""

    path: str
    """File, relative to the project's root."""
    line: int
    """Line in that file, from 1; 0 when the whole file is meant."""
    kind: str
    """Subtype of the warning; `CAUSES` has them all."""
    what: str
    """What is wrong, in lower case, the words in question quoted as they stand."""
    remedy: str
    """What to do about it."""

    def __str__(self) -> str:
        """Return ``file:line: what is wrong; what to do``."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.what}; {self.remedy}"


class EditionError(Exception):
    """Problems that leave nothing to go on with: raised by a reader, reported by the one who called it."""

    def __init__(self, *problems: Problem) -> None:
        """Keep the problems; the message lists them, one a line."""
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class Report(list[Problem]):
    """The problems of one file, as a reader finds them."""

    def __init__(self, path: str, kind: str) -> None:
        """Report on ``path``; ``kind`` as a problem has it."""
        super().__init__()
        self.path, self.kind = path, kind

    def add(self, line: int, what: str, remedy: str) -> None:
        """Note a problem."""
        self.append(Problem(self.path, line, self.kind, what, remedy))

    def close(self) -> None:
        """Raise EditionError if there was any problem."""
        if self:
            raise EditionError(*self)

    def text(self, root: Path) -> str:
        """Return the words of the file; raise EditionError where there is none, or none in UTF-8."""
        try:
            return (root / self.path).read_text(encoding="utf-8-sig")
        except OSError as error:
            self.add(0, f"cannot be read ({error.strerror})", "write the file, or mend the name")
        except UnicodeDecodeError as error:
            self.add(error.object.count(b"\n", 0, error.start) + 1, "not UTF-8", "save the file as UTF-8")
        raise EditionError(*self)

    def toml(self, source: str) -> dict[str, Any]:
        """Return what the file, which is TOML, says; raise EditionError with the line where it is none."""
        try:
            return tomllib.loads(source)
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"line (\d+)", str(error))
            self.add(int(line[1]) if line else 0, f"not TOML: {error}", "mend it")
        except RecursionError:
            self.add(0, "brackets stand within brackets, hundreds deep", "write a value that can be read")
        raise EditionError(*self)
