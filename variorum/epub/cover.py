"""Draw the cover of the ePub: a page of the edition, with its margin of sigla and its text column."""

import io
import textwrap
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = (1600, 2400)
GROUND, INK, RED = "#f5f0e6", "#1d1b1a", "#9b1c1f"  # the red is a mid grey on a grey screen
MARGIN, COLUMN, RIGHT = 170, 430, 1480  # left edge of the sigla, of the text; right edge of the rules


def draw(title: str, subtitle: str, texts: Sequence[tuple[str, str]], fonts: Path) -> bytes:
    """Return the PNG; ``texts`` are siglum and short title of each text, in the order of the book."""
    image = Image.new("RGB", SIZE, GROUND)
    page = ImageDraw.Draw(image)

    def write(at: tuple[int, int], words: str, size: int, face: str = "Regular", fill: str = INK) -> None:
        # basic layout: shaping by an optional library would make other bytes where it is installed
        font = ImageFont.truetype(fonts / f"LibertinusSerif-{face}.otf", size, layout_engine=ImageFont.Layout.BASIC)
        page.text(at, words, font=font, fill=fill, anchor="ls")

    name, _, years = title.rpartition(", ")
    lines = textwrap.wrap(name, 10)
    page.rectangle((COLUMN - 70, 0, COLUMN - 64, SIZE[1]), fill=INK)
    for number, line in enumerate(lines):
        write((COLUMN, 480 + 215 * number), line, 235, "Bold")
    below = 480 + 215 * len(lines)
    write((COLUMN, below + 20), years, 150, "Regular", RED)
    write((COLUMN, below + 170), subtitle, 76, "Italic")
    top = SIZE[1] - 190 - 150 * (len(texts) - 1)
    page.rectangle((MARGIN, top - 190, RIGHT, top - 184), fill=INK)
    for number, (siglum, short_title) in enumerate(texts):
        write((MARGIN, top + 150 * number), siglum, 120, "Bold", RED)
        write((COLUMN, top + 150 * number), short_title, 66)
    buffer = io.BytesIO()
    image.quantize(32, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
