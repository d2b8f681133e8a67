"""Two series of notes: the editors' and the source's own, out of ordinary MyST footnotes."""

import re
from itertools import chain

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util.nodes import get_node_line

from variorum.domain import Called, edition
from variorum.nodes import annotation, annotations, call
from variorum.number import front_matter
from variorum.problems import Problem

#: A source's note: ``s12``, ``s-star``; every other label is an editors' note's telling name.
_SOURCE = re.compile(r"s(\d+)$|s-(\w+)$")
_SIGNS = {"star": "*", "star2": "**", "dagger": "†"}


def source_sign(label: str) -> str:
    """Return the sign that a label stands for in the source's series; empty for a label of the editors'."""
    match = _SOURCE.match(label)
    return (match[1] or _SIGNS.get(match[2], match[2])) if match else ""


class SortNotes(SphinxTransform):
    """Turn footnotes into calls and annotations of two series.

    The editors' notes are numbered in the order of their calls and moved to the document's end; the source's keep
    their signs and their place. A source's call without a note in the document is left for the edition to resolve.

    Priority 265: MyST sorts footnotes at 618 and docutils numbers them at 620; before that they must be gone.
    Section targets are in place (260) and paragraphs not yet numbered (270).
    """

    default_priority = 265

    def apply(self) -> None:
        """Sort the notes of the document."""
        self.here = edition(self.env).here()
        meta = front_matter(self.document)
        self.call_form, self.note_form = meta.get("call-form", "{}"), meta.get("note-form", "{}")
        self.found: dict[str, annotation] = {}
        self.editors: list[annotation] = []
        for footnote in list(self.document.findall(nodes.footnote)):
            self._take(footnote)
        for number, reference in enumerate(list(self.document.findall(nodes.footnote_reference))):
            self._call(reference, number)
        for label, note in self.found.items():
            if not note["backrefs"]:
                self._report(
                    note, f"no call for the note “{label}”", f"write [^{label}] where it belongs, or remove the note"
                )
        for note in self.found.values():
            if note["series"] == "editors":
                note.parent.remove(note)
        if self.editors:
            self.document += annotations("", *self.editors)
        for register in ("footnotes", "autofootnotes", "footnote_refs", "autofootnote_refs", "symbol_footnotes"):
            getattr(self.document, register).clear()

    def _report(self, node: nodes.Node, what: str, remedy: str) -> None:
        source = node.source or self.document.get("source", "")
        path = source.removeprefix(f"{self.env.srcdir}/")
        self.here.problems.append(Problem(path, get_node_line(node) or 0, "notes", what, remedy))

    def _take(self, footnote: nodes.footnote) -> None:
        label = next(iter([*footnote["names"], *footnote["dupnames"]]), "")
        for name in chain(footnote["names"], footnote["dupnames"]):
            self.document.nametypes.pop(name, None)
            self.document.nameids.pop(name, None)
        children = [child for child in footnote.children if not isinstance(child, nodes.label)]
        sign = source_sign(label)
        printed = self.note_form.format(sign) if sign else ""
        series = "source" if sign else "editors"
        note = annotation("", *children, series=series, sign=sign, printed=printed, label=label, backrefs=[])
        note.source, note.line = footnote.source, footnote.line
        footnote.parent.replace(footnote, note)  # replace_self would hand docutils' id on
        self.found[label] = note

    def _call(self, reference: nodes.footnote_reference, number: int) -> None:
        label = reference["refname"]
        sign = source_sign(label)
        note = self.found.get(label)
        made = call(
            series="source" if sign else "editors",
            sign=sign,
            printed=self.call_form.format(sign) if sign else "",
            label=label,
        )
        made.source, made.line = reference.source, reference.line
        if note is None and not sign:
            self._report(reference, f"no note “{label}”", "write it in the notes' file, or mend the call")
        if note is not None:
            self._join(made, note)
        times = sum(1 for c in self.here.calls if c.series == made["series"] and c.sign == made["sign"])
        ident = re.sub(r"\W+", "x", made["sign"].replace("*", "star")) or f"lost{number}"
        prefix = "call-s" if sign else "call-"
        made["ids"] = [f"{prefix}{ident}" + (f"-{times + 1}" if times else "")]
        if note is not None:
            note["backrefs"].append(made["ids"][0])
            made["refid"] = note["ids"][0]
        self.here.calls.append(Called(made["series"], made["sign"], made["ids"][0], ""))
        reference.parent.replace(reference, made)
        self.document.ids[made["ids"][0]] = made

    def _join(self, made: call, note: annotation) -> None:
        if note["series"] == "editors":
            if note["backrefs"]:
                self._report(
                    made,
                    f"the note “{made['label']}” is called twice",
                    "call it once, and link to its paragraph elsewhere",
                )
            else:
                self.editors.append(note)
                note["sign"] = str(len(self.editors))
            made["sign"] = note["sign"]
        if not note["ids"]:
            ident = re.sub(r"\W+", "x", note["sign"].replace("*", "star"))
            note["ids"] = [f"note-s{ident}" if note["series"] == "source" else f"note-{ident}"]
            self.document.ids[note["ids"][0]] = note
