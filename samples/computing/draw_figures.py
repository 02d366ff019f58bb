"""Draw the two bitmap pictures of the computing sample into `figures/`.

`matrix.png` is a true signature matrix: the bits are set by the thesis's own hash function, with
invented words, some of which stand in every block.
"""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FIGURES = Path(__file__).parent / "figures"
SESSION = """\
$ shelf find water rates
minutes/1923-02.pdf [3]  ... the Secretary read a letter on the WATER RATES
minutes/1923-03.pdf [1]  ... resolved that the WATER RATES be paid
minutes/1947-06.pdf [2]  ... the tap by the lower gate; RATES for WATER
letters/ellery.odt  [9]  ... WATER. As to the RATES, I can only say
4 documents, 14 ms
$ shelf find trombone
not on the shelf, 12 ms
$ _"""


def draw_figures() -> None:
    """Write both pictures; two runs write the same pixels."""
    FIGURES.mkdir(exist_ok=True)
    draw_matrix(blocks=160, bits=480).save(FIGURES / "matrix.png", optimize=True)
    draw_session(SESSION).save(FIGURES / "session.png", optimize=True)


def draw_matrix(blocks: int, bits: int) -> Image.Image:
    """One dot of three by three pixels for each bit that is set; the signatures are 3,200 bits long."""
    size, count, dot = 3200, 6, 3
    image = Image.new("1", (bits * dot, blocks * dot), 1)
    pen = ImageDraw.Draw(image)
    for block in range(blocks):
        words = [f"common-{number}" for number in range(22)] + [f"{block}-{number}" for number in range(378)]
        for place in {place for word in words for place in bit_positions(word, size, count)}:
            if place < bits:
                corner = (place * dot, block * dot)
                pen.rectangle([corner, (corner[0] + dot - 1, corner[1] + dot - 1)], 0)
    return image


def bit_positions(word: str, size: int, count: int) -> list[int]:
    """The function of the listing "The bits of a word"."""
    digest = blake2b(word.encode("utf-8"), digest_size=16).digest()
    first = int.from_bytes(digest[:8], "little")
    step = int.from_bytes(digest[8:], "little") | 1
    return [(first + turn * step) % size for turn in range(count)]


def draw_session(text: str) -> Image.Image:
    """A terminal window with the words of `text`."""
    width, height, bar = 1180, 430, 44
    image = Image.new("RGB", (width, height), (34, 38, 46))
    pen = ImageDraw.Draw(image)
    pen.rectangle([(0, 0), (width, bar)], (206, 208, 212))
    for index, colour in enumerate([(214, 96, 86), (222, 178, 74), (104, 170, 92)]):
        pen.ellipse([(20 + index * 34, 12), (40 + index * 34, 32)], colour)
    font = ImageFont.truetype("DejaVuSansMono.ttf", 23)
    for index, line in enumerate(text.splitlines()):
        colour = (146, 206, 130) if line.startswith("$") else (222, 224, 228)
        pen.text((24, bar + 18 + index * 39), line, colour, font)
    return image.quantize(32, dither=Image.Dither.NONE)


if __name__ == "__main__":
    draw_figures()
