"""The page of a text that has a page for each of its parts: the template lists them with what each is."""

from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform


class LeaveParts(SphinxPostTransform):
    """Leave the bare list of the parts out of a text's own page; see ``theme/pieces.html``."""

    default_priority = 15
    builders = ("html",)

    def run(self, **_options: object) -> None:
        """Take the list out, where the page is that of a text."""
        if "siglum" in self.env.metadata.get(self.env.docname, {}):
            for toctree in list(self.document.findall(addnodes.toctree)):
                toctree.parent.remove(toctree)


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(LeaveParts)
