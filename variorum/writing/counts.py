"""How many of a thing the edition has, in the words of a page: a role, filled when a format is written."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxRole

from variorum.config import registers, shown_in
from variorum.domain import edition
from variorum.i18n import figure
from variorum.nodes import count


class CountRole(SphinxRole):
    """``{count}`persons` `` is how many entries a register has; also of ``words``, ``notes``, ``departures``."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the place to be filled."""
        known = ("words", "notes", "departures", *registers(self.config))
        if self.text not in known:
            message = f"“{self.text}” cannot be counted; write one of {', '.join(known)}"
            return [], [self.inliner.reporter.error(message, line=self.lineno)]
        edition(self.env).here().lists = True
        return [count(of=self.text)], []


class FillCounts(SphinxPostTransform):
    """Put each number in its place.

    Priority 15: as the lists that are derived from the whole edition.
    """

    default_priority = 15

    def run(self, **_options: object) -> None:
        """Fill what the document has."""
        for node in list(self.document.findall(count)):
            number = figure(self.number_of(node["of"]), self.config.language)
            node.parent.replace(node, nodes.Text(number))

    def number_of(self, name: str) -> int:
        """Return how many of a thing there are."""
        domain = edition(self.env)
        documents = [doc for _docname, doc in domain.texts()]
        if name == "words":
            return sum(doc.length for doc in documents)
        if name == "notes":
            return sum(called.series == "editors" for doc in documents for called in doc.calls)
        if name == "departures":
            marked = shown_in(self.config, "screen", "page")
            return sum(variant["kind"] in marked for doc in documents for variant in doc.variants)
        entries = domain.data["derived"]["named"].entries
        return sum(register == name for register, _key in entries)


def setup(app: Sphinx) -> None:
    """Register role and transform."""
    app.add_role("count", CountRole())
    app.add_post_transform(FillCounts)
