"""The matcher that finds the entries of the registers in a text, by their forms."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from variorum.registers.entries import Entry

Key = tuple[str, str]
"""Register and key of an entry."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An entry named in a stretch of text."""

    key: Key
    start: int
    """Offset in the stretch, in code points from 0."""
    end: int


class Matcher:
    """Finds the entries that a text names: whole words, longest form first.

    A form that is limited to one text does not count in another, where a shorter one may. An exception silences the
    forms of its own entry alone.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Prepare the forms of ``entries``."""
        self._owners: dict[tuple[str, str], Key] = {}
        self._excepted: defaultdict[str, set[Key]] = defaultdict(set)
        for entry in entries:
            key = entry.register, entry.key
            for exception in entry.exceptions:
                self._excepted[_plain(exception)].add(key)
            for form in entry.forms:
                siglum, _, words = form.rpartition(": ")
                self._owners.setdefault((siglum, _plain(words)), key)
        forms = {form for _, form in self._owners} | set(self._excepted)
        longest_first = sorted(forms, key=lambda form: (-len(form), form))
        anything = "|".join(map(re.escape, longest_first))
        self._pattern = re.compile(rf"(?<!\w)(?={anything})") if forms else None
        self._by_first: defaultdict[str, list[str]] = defaultdict(list)
        for form in longest_first:
            self._by_first[form[0]].append(form)

    def mentions(self, text: str, siglum: str) -> Sequence[Mention]:
        """Return the mentions in a stretch of the text ``siglum``, in order; they do not overlap."""
        if self._pattern is None:
            return []
        plain, offsets = _plain_with_offsets(text)
        found: list[Mention] = []
        silent: list[tuple[int, set[Key]]] = []
        reached = 0
        for match in self._pattern.finditer(plain):
            start = match.start()
            silent = [span for span in silent if span[0] > start]
            silent += self._exceptions_at(plain, start)
            if start < reached:
                continue
            named = self._entry_at(plain, start, siglum, silent)
            if named:
                key, reached = named
                found.append(Mention(key, offsets[start], offsets[reached]))
        return found

    def _forms_at(self, plain: str, start: int) -> Iterator[tuple[str, int]]:
        """Yield each form that stands at an offset, longest first, with where it ends."""
        for form in self._by_first[plain[start]]:
            end = start + len(form)
            if plain.startswith(form, start) and not _goes_on(plain, end):
                yield form, end

    def _exceptions_at(self, plain: str, start: int) -> Iterator[tuple[int, set[Key]]]:
        """Yield where each exception ends that stands at an offset, and the entries that it silences until there."""
        for form, end in self._forms_at(plain, start):
            if form in self._excepted:
                yield end, self._excepted[form]

    def _entry_at(
        self, plain: str, start: int, siglum: str, silent: list[tuple[int, set[Key]]]
    ) -> tuple[Key, int] | None:
        """Return the entry that is named at an offset, and where its form ends."""
        for form, end in self._forms_at(plain, start):
            key = self._owners.get((siglum, form)) or self._owners.get(("", form))
            silenced = any(end <= reach and key in keys for reach, keys in silent)
            if key and not silenced:
                return key, end
        return None


def _goes_on(plain: str, end: int) -> bool:
    """Tell whether a word goes on at an offset."""
    return end < len(plain) and bool(re.match(r"\w", plain[end])) and bool(re.match(r"\w", plain[end - 1]))


def _plain(words: str) -> str:
    """Return words as they are compared: composed letters, one shape of apostrophe and of space."""
    return _plain_with_offsets(words)[0]


def _plain_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """Return a text as it is compared, and for each of its characters and its end the offset in ``text``."""
    if unicodedata.is_normalized("NFC", text):
        return re.sub(r"\s", " ", text.replace("’", "'")), range(len(text) + 1)
    plain: list[str] = []
    offsets: list[int] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        for sign in unicodedata.normalize("NFC", text[start:end]):
            plain.append("'" if sign == "’" else " " if sign.isspace() else sign)
            offsets.append(start)
        start = end
    return "".join(plain), [*offsets, len(text)]
