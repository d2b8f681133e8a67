"""One kind of message for every editor's mistake, and the one door through which all of them go."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """An editor's mistake: where it is, what is wrong, what to do."""

    path: str
    """File, relative to the project's root."""
    line: int
    """Line in that file, from 1; 0 when the whole file is meant."""
    kind: str
    """Subtype of the warning: map, witness, apparatus, locators, notes, register, citation, text."""
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
