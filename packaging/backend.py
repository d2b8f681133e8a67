"""The build of the package: flit's, after the message catalogues are compiled.

A catalogue is written as ``variorum/locale/LANGUAGE/LC_MESSAGES/variorum.po``; what Python reads at run time is its
compiled form beside it, which is made here, goes into the wheel, and is kept out of the repository.
"""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flit_core import buildapi
from flit_core.buildapi import (  # noqa: F401 - what pip asks a backend for
    build_sdist,
    get_requires_for_build_editable,
    get_requires_for_build_sdist,
    get_requires_for_build_wheel,
    prepare_metadata_for_build_editable,
    prepare_metadata_for_build_wheel,
)

LOCALES = Path(__file__).parent.parent / "variorum/locale"


def compile_catalogues() -> None:
    """Compile every catalogue of the package."""
    for path in sorted(LOCALES.glob("*/LC_MESSAGES/*.po")):
        with path.open("rb") as source:
            catalogue = read_po(source, locale=path.parts[-3])
        with path.with_suffix(".mo").open("wb") as target:
            write_mo(target, catalogue)


def build_wheel(*arguments: object, **options: object) -> str:
    """Build the wheel."""
    compile_catalogues()
    return buildapi.build_wheel(*arguments, **options)


def build_editable(*arguments: object, **options: object) -> str:
    """Build what makes an installed package follow this folder."""
    compile_catalogues()
    return buildapi.build_editable(*arguments, **options)


if __name__ == "__main__":
    compile_catalogues()
