"""Compare the passages that share their words, where the page of quotations asks for it."""

from collections.abc import Iterable

from docutils import nodes

from variorum.doctree import elements
from variorum.domain import edition
from variorum.i18n import _, ngettext
from variorum.links import LinkingTransform
from variorum.nodes import comparison_list
from variorum.quotations.declared import NAME
from variorum.quotations.differences import Difference, differences, is_of_marks
from variorum.quotations.finding import Place, Quotations
from variorum.writing.withholding import withheld


class ComparePassages(LinkingTransform):
    """Fill the lists of compared passages.

    Priority 15: after references are resolved (10), as the other lists.
    """

    default_priority = 15

    def run(self, **_options: object) -> None:
        """Fill what the document has."""
        lists = elements(self.document, comparison_list)
        if not lists:
            return
        known: Quotations = edition(self.env).data["derived"][NAME]
        self.withheld = withheld(self.env)
        for node in lists:
            entry = known.entries[node["key"]]
            made: list[nodes.Node]
            if entry.kind == "formula":
                made = [nodes.paragraph("", "", nodes.Text(_("Found") + ": "), *self._links(entry.passages))]
            else:
                made = [part for pair in known.compared[entry.key] for part in self._compared(*pair)]
            node.replace_self(made)

    def _links(self, locators: Iterable[str]) -> list[nodes.Node]:
        made: list[nodes.Node] = []
        for locator in locators:
            made += [nodes.Text("; ")] if made else []
            made.append(self._link(locator))
        return made

    def _link(self, locator: str) -> nodes.TextElement:
        siglum, _space, place = locator.partition(" ")
        found = edition(self.env).find(siglum, place)
        words = locator.replace(" ", "\u00a0")
        return self.link(*found, words, classes=["loc"]) if found else nodes.inline("", words)

    def _compared(self, first: Place, second: Place) -> list[nodes.Node]:
        """Return two wordings, their differing words marked, and what the second leaves out, adds or changes."""
        found = differences(first.words, second.words)
        of_words = [one for one in found if not is_of_marks(*_wordings(first, second, one))]
        wordings = nodes.bullet_list(
            "",
            self._wording(first, [one.first for one in of_words]),
            self._wording(second, [one.second for one in of_words]),
            classes=["wordings"],
        )
        if self._is_withheld(first) or self._is_withheld(second):
            return [wordings]
        told = [_told(*_wordings(first, second, one)) for one in of_words]
        marks = len(found) - len(of_words)
        if marks:
            said = ngettext("punctuation differs at {count} place", "punctuation differs at {count} places", marks)
            told.append(said.format(count=marks))
        words = "; ".join(told) or _("the same words")
        return [wordings, nodes.paragraph("", "", self._link(second.locator), nodes.Text(f": {words}."))]

    def _is_withheld(self, place: Place) -> bool:
        return place.locator.partition(" ")[0] in self.withheld

    def _wording(self, place: Place, marked: Iterable[tuple[int, int]]) -> nodes.list_item:
        """Return the words of a place; those that the other place has not are strong."""
        made: list[nodes.Node] = [self._link(place.locator), nodes.Text(": ")]
        if self._is_withheld(place):
            made.append(nodes.Text(f"[{_('withheld')}]"))
            return nodes.list_item("", nodes.paragraph("", "", *made))
        at = 0
        for start, end in marked:
            if start < end:
                made += [nodes.Text(place.words[at:start]), nodes.strong("", place.words[start:end])]
                at = end
        made.append(nodes.Text(place.words[at:]))
        shown = [node for node in made if node.astext()]
        return nodes.list_item("", nodes.paragraph("", "", *shown))


def _wordings(first: Place, second: Place, one: Difference) -> tuple[str, str]:
    """Return what the two places have where they differ."""
    return first.words[slice(*one.first)], second.words[slice(*one.second)]


def _told(first: str, second: str) -> str:
    """Return in words what the second place does with the words of the first."""
    if not second:
        return str(_("leaves out “{words}”")).format(words=first)
    if not first:
        return str(_("adds “{words}”")).format(words=second)
    return str(_("“{words}” for “{others}”")).format(words=second, others=first)
