"""Draws regions over the picture of their page, each in the colour of its kind and with its name.

In: the picture of a page and the regions on it. Out: a PNG. A region is framed and tinted, so that the
print under it can still be read; its name stands at its left upper corner.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageColor, ImageDraw, ImageFont

from thesis_convert.loader.regions import Region
from thesis_convert.page import BoundingBox

RESOLUTION = 100.0
"""Pixels an inch: print can be read, and a hundred pages take ten megabytes."""
TINT = 40
"""Of 255: how much of its colour a region is filled with."""
NAME_SIZE = 11
BARE = ("cell",)
"""Kinds whose places say enough: there would be no room for their names."""

COLORS = {
    "heading": "#c00000",
    "paragraph": "#3070c0",
    "item": "#209090",
    "quote": "#8040a0",
    "epigraph": "#a040c0",
    "verse": "#6050c0",
    "figure": "#e07000",
    "table": "#008000",
    "cell": "#60a060",
    "table note": "#406000",
    "caption": "#b08000",
    "code": "#505060",
    "formula": "#c03080",
    "entry": "#705030",
    "theorem": "#4030a0",
    "definition": "#2050a0",
    "separator": "#808000",
    "omitted": "#a0a0a0",
    "footnote": "#0090c0",
    "endnote": "#0090c0",
    "marginal": "#0090c0",
    "furniture": "#909090",
    "unused": "#ff0000",
}


def draw_regions(picture: Image.Image, regions: Sequence[Region], height: float) -> bytes:
    """The picture with the regions drawn over it, as a PNG. `height` is that of the page, in points."""
    scale = picture.height / height
    picture = picture.convert("RGBA")
    tints = Image.new("RGBA", picture.size)
    names = Image.new("RGBA", picture.size)
    tint, pen = ImageDraw.Draw(tints), ImageDraw.Draw(names)
    font = ImageFont.load_default(NAME_SIZE)
    for region in regions:
        box = _place(region.box, scale, height)
        color = ImageColor.getrgb(COLORS[region.kind])
        tint.rectangle(box, fill=(*color[:3], TINT), outline=color)
        if region.kind not in BARE:
            name = _make_name(region)
            left, top = box[0], max(0, box[1] - NAME_SIZE - 2)
            pen.rectangle(pen.textbbox((left, top), name, font), fill=color)
            pen.text((left, top), name, "white", font)
    drawn = Image.alpha_composite(Image.alpha_composite(picture, tints), names).convert("RGB")
    out = BytesIO()
    drawn.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, "PNG")
    return out.getvalue()


def _place(box: BoundingBox, scale: float, height: float) -> tuple[int, int, int, int]:
    """A box in points, y upwards, as pixels, y downwards."""
    left, top = round(box.left * scale), round((height - box.top) * scale)
    return left, top, max(left, round(box.right * scale)), max(top, round((height - box.bottom) * scale))


def _make_name(region: Region) -> str:
    """Number, kind and label; the letters that the font lacks are left out."""
    number = str(region.number or "")
    return " ".join(filter(None, (number, region.kind, region.name))).encode("latin-1", "ignore").decode("latin-1")
