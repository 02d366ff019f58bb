"""Draw the six pictures of the humanities sample into `figures/`.

Everything is drawn at three times its size and scaled down, which gives smooth edges without a
drawing library beyond Pillow. The numbers are those of the thesis's own tables and text.
"""

from __future__ import annotations

import math
import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

FIGURES = Path(__file__).parent / "figures"
SCALE = 3
INK = (40, 38, 36)
PAPER = (255, 255, 255)
WATER = (205, 219, 226)
BLUE = (47, 79, 122)
RED = (160, 52, 44)
OCHRE = (176, 124, 48)
Point = tuple[float, float]


def draw_figures() -> None:
    """Write all pictures; two runs write the same pixels."""
    FIGURES.mkdir(exist_ok=True)
    for name, draw in {
        "map": draw_map,
        "calendar": draw_calendar,
        "counter": draw_counter,
        "ticket": draw_ticket,
    }.items():
        draw().save(FIGURES / f"{name}.png", optimize=True)
    draw_forfeits().save(FIGURES / "forfeit.png", optimize=True)
    draw_court().save(FIGURES / "court.jpg", quality=72)


class Sheet:
    """A canvas whose coordinates are those of the finished picture."""

    def __init__(self, width: int, height: int, colour: tuple[int, int, int] = PAPER) -> None:
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), colour)
        self.pen = ImageDraw.Draw(self.image)

    def line(self, points: list[Point], colour: tuple[int, int, int] = INK, width: float = 1.5) -> None:
        self.pen.line([_scaled(p) for p in points], colour, round(width * SCALE), joint="curve")

    def area(self, points: list[Point], colour: tuple[int, int, int], edge: tuple[int, int, int] | None = None) -> None:
        self.pen.polygon([_scaled(p) for p in points], colour, edge, round(1.5 * SCALE))

    def box(self, left: float, top: float, right: float, bottom: float, colour: tuple[int, int, int]) -> None:
        self.pen.rectangle([_scaled((left, top)), _scaled((right, bottom))], colour, INK, round(1.2 * SCALE))

    def dot(self, centre: Point, radius: float, colour: tuple[int, int, int] = INK) -> None:
        x, y = centre
        self.pen.ellipse([_scaled((x - radius, y - radius)), _scaled((x + radius, y + radius))], colour)

    def text(
        self,
        place: Point,
        words: str,
        size: float = 15,
        anchor: str = "mm",
        chinese: bool = False,
        colour: tuple[int, int, int] = INK,
    ) -> None:
        self.pen.text(_scaled(place), words, colour, _font(size, chinese), anchor)

    def finished(self) -> Image.Image:
        size = (self.image.width // SCALE, self.image.height // SCALE)
        return self.image.resize(size, Image.Resampling.LANCZOS).quantize(
            64, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
        )


def draw_map() -> Image.Image:
    sheet = Sheet(760, 620, (247, 244, 236))
    canals: list[tuple[list[Point], float]] = [
        ([(0, 330), (150, 318), (300, 335), (470, 322), (620, 340), (760, 325)], 34),
        ([(395, 0), (405, 150), (392, 330), (410, 480), (398, 620)], 30),
        ([(0, 520), (130, 505), (260, 520), (398, 500)], 14),
    ]
    for points, width in canals:
        sheet.line(points, INK, width + 3)
    for points, width in canals:
        sheet.line(points, WATER, width)
    _draw_blocks(sheet)
    for x, y in [(230, 330), (540, 331), (398, 215), (402, 425), (260, 519)]:
        upright = x > 300 and x < 500
        half = 26 if not upright else 9
        sheet.box(
            x - (26 if upright else 8),
            y - (8 if upright else half),
            x + (26 if upright else 8),
            y + (8 if upright else half),
            (226, 216, 196),
        )
    places = [
        ("Market street", 175, 262),
        ("Rice quay", 640, 382),
        ("North Pier", 470, 28),
        ("Temple of the\nGod of Walls", 560, 128),
        ("Native banks", 160, 398),
        ("Cocoon hall", 520, 540),
    ]
    for words, x, y in places:
        _draw_label(sheet, (x, y), words)
    sheet.area([(628, 188), (748, 188), (748, 222), (628, 222)], (247, 244, 236))
    sheet.dot((640, 205), 9, RED)
    sheet.text((654, 205), "Pawnshop", 18, "lm", colour=RED)
    sheet.text((285, 368), "Bridge of the\nReturning Geese", 13, "lm")
    sheet.line([(700, 110), (700, 50)], INK, 2)
    sheet.area([(700, 38), (692, 58), (708, 58)], INK)
    sheet.text((700, 24), "N", 17)
    sheet.line([(40, 590), (160, 590)], INK, 3)
    sheet.text((100, 575), "100 paces", 14)
    return sheet.finished()


def _draw_label(sheet: Sheet, place: Point, words: str) -> None:
    """Write words on a patch of bare ground, so that no house stands in them."""
    left, top, right, bottom = (
        side / SCALE for side in sheet.pen.multiline_textbbox(_scaled(place), words, _font(17, False), "mm")
    )
    ground = (247, 244, 236)
    sheet.area([(left - 5, top - 5), (right + 5, top - 5), (right + 5, bottom + 5), (left - 5, bottom + 5)], ground)
    sheet.text(place, words, 17)


def _draw_blocks(sheet: Sheet) -> None:
    chance = random.Random(1909)
    for left, top, right, bottom in [
        (30, 70, 360, 240),
        (440, 60, 730, 290),
        (30, 420, 370, 490),
        (440, 390, 730, 600),
        (30, 280, 360, 300),
        (30, 548, 370, 570),
    ]:
        y = float(top)
        while y < bottom:
            x = float(left)
            while x < right:
                width = chance.uniform(14, 34)
                if chance.random() < 0.62:
                    sheet.box(x, y, x + width - 4, y + 15, (232, 226, 212))
                x += width
            y += 24


def draw_calendar() -> Image.Image:
    pledged = [402, 541, 817, 1093, 668, 512, 471, 466, 398, 287, 316, 441]
    redeemed = [268, 201, 147, 118, 372, 357, 289, 311, 574, 1142, 589, 642]
    sheet = Sheet(900, 520)
    left, bottom, height = 80, 440, 380
    for value in range(0, 1201, 200):
        y = bottom - value / 1200 * height
        sheet.line([(left, y), (880, y)], (205, 205, 205), 0.8)
        sheet.text((left - 10, y), f"{value:,}", 16, "rm")
    for month, (first, second) in enumerate(zip(pledged, redeemed, strict=True)):
        x = left + 14 + month * 66
        sheet.box(x, bottom - first / 1200 * height, x + 22, bottom, BLUE)
        sheet.box(x + 24, bottom - second / 1200 * height, x + 46, bottom, OCHRE)
        sheet.text((x + 23, bottom + 18), str(month + 1), 17)
    sheet.text((480, 485), "Lunar month", 18)
    for x, colour, words in [(600, BLUE, "pledged"), (740, OCHRE, "redeemed")]:
        sheet.box(x, 28, x + 20, 44, colour)
        sheet.text((x + 30, 36), words, 17, "lm")
    return sheet.finished()


def draw_counter() -> Image.Image:
    sheet = Sheet(860, 520)
    sheet.line([(20, 450), (840, 450)], INK, 3)
    sheet.box(430, 385, 830, 450, (214, 205, 188))
    sheet.box(380, 190, 430, 450, (150, 118, 82))
    sheet.box(362, 178, 448, 192, (96, 96, 100))
    _draw_person(sheet, 250, 450, 255, (120, 140, 160))
    _draw_person(sheet, 560, 385, 262, (92, 84, 110))
    sheet.area([(292, 205), (352, 150), (374, 176), (318, 228)], (70, 95, 140), INK)
    sheet.line([(262, 255), (312, 212)], (120, 140, 160), 13)
    sheet.line([(545, 190), (455, 172)], (92, 84, 110), 13)
    for x, top, foot, words in [(340, 178, 450, "158"), (800, 385, 450, "40"), (40, 195, 450, "152")]:
        sheet.line([(x, top), (x, foot)], RED, 1.5)
        for y in (top, foot):
            sheet.line([(x - 7, y), (x + 7, y)], RED, 1.5)
        sheet.text((x + 10, (top + foot) / 2), words, 17, "lm", colour=RED)
    for x, words in [(150, "customer"), (405, "counter"), (640, "platform")]:
        sheet.text((x, 480), words, 18)
    sheet.text((405, 110), "iron facing", 17)
    sheet.line([(405, 122), (405, 176)], INK, 1)
    return sheet.finished()


def _draw_person(sheet: Sheet, x: float, ground: float, height: float, colour: tuple[int, int, int]) -> None:
    top = ground - height
    sheet.area([(x - 42, ground), (x - 26, top + 62), (x + 26, top + 62), (x + 42, ground)], colour, INK)
    sheet.dot((x, top + 32), 30)
    sheet.dot((x, top + 32), 28, (236, 214, 190))
    sheet.area([(x - 29, top + 26), (x - 18, top + 4), (x + 18, top + 4), (x + 29, top + 26)], INK)


def draw_ticket() -> Image.Image:
    sheet = Sheet(420, 680, (238, 230, 208))
    sheet.pen.rectangle([_scaled((22, 22)), _scaled((398, 658))], None, BLUE, 4 * SCALE)
    sheet.line([(22, 130), (398, 130)], BLUE, 3)
    for x in (116, 210, 304):
        sheet.line([(x, 130), (x, 658)], BLUE, 1.5)
    for index, character in enumerate("典裕同"):
        sheet.text((110 + index * 100, 78), character, 64, chinese=True, colour=BLUE)
    columns = [
        (351, "今将破烂棉袄一件", INK),
        (257, "当本银一元二角", INK),
        (163, "月利二分十八月满", BLUE),
        (69, "认票不认人", BLUE),
    ]
    for x, words, colour in columns:
        size = 40
        for index, character in enumerate(words):
            sheet.text((x, 172 + index * 57), character, size, chinese=True, colour=colour)
    sheet.text((69, 500), "黄", 44, chinese=True)
    sheet.text((69, 555), "二一三", 24, chinese=True)
    sheet.pen.rectangle([_scaled((226, 556)), _scaled((288, 640))], None, RED, 4 * SCALE)
    for index, character in enumerate("同裕"):
        sheet.text((257, 578 + index * 38), character, 32, chinese=True, colour=RED)
    chance = random.Random(213)
    for _ in range(160):
        sheet.dot((chance.uniform(0, 420), chance.uniform(0, 680)), chance.uniform(0.4, 1.6), (206, 192, 160))
    return sheet.finished()


def draw_forfeits() -> Image.Image:
    years = [1906, 1914, 1922, 1930, 1935]
    series = [
        ("all objects", BLUE, [14.2, 15.9, 18.4, 24.7, 37.8]),
        ("padded clothing", OCHRE, [9.1, 10.6, 13.2, 19.8, 33.5]),
        ("tools and boat gear", RED, [17.5, 19.3, 22.7, 34.6, 50.4]),
    ]
    sheet = Sheet(860, 500)
    left, bottom, height, width = 70, 430, 370, 600
    for value in range(0, 61, 10):
        y = bottom - value / 60 * height
        sheet.line([(left, y), (left + width, y)], (205, 205, 205), 0.8)
        sheet.text((left - 10, y), f"{value}", 16, "rm")
    sheet.text((left, 28), "per cent", 16, "lm")
    for year in years:
        sheet.text((left + (year - 1904) / 32 * width, bottom + 20), str(year), 16)
    for words, colour, values in series:
        points = [
            (left + (year - 1904) / 32 * width, bottom - value / 60 * height)
            for year, value in zip(years, values, strict=True)
        ]
        sheet.line(points, colour, 3)
        for point in points:
            sheet.dot(point, 5, colour)
        sheet.text((points[-1][0] + 14, points[-1][1]), words, 17, "lm", colour=colour)
    return sheet.finished()


def draw_court() -> Image.Image:
    """A court between dark galleries with a lit door, in the grain and grey of an old print."""
    width, height = 720, 500
    sheet = Sheet(width, height, (120, 116, 108))
    for row in range(height * SCALE):
        shade = 205 - round(120 * row / (height * SCALE))
        sheet.pen.line([(0, row), (width * SCALE, row)], (shade, shade - 3, shade - 8))
    horizon, middle = 250, 360
    sheet.area([(0, 500), (250, 330), (470, 330), (720, 500)], (96, 92, 86))
    for side in (-1, 1):
        edge = middle + side * 360
        inner = middle + side * 110
        sheet.area([(edge, 0), (inner, 130), (inner, 330), (edge, 500)], (52, 49, 46))
        for floor in (0.12, 0.40, 0.68):
            sheet.line([(edge, 500 * floor), (inner, 130 + 200 * floor)], (84, 79, 72), 7)
            for step in range(7):
                part = step / 6
                x = edge + (inner - edge) * part
                top = 500 * floor + (130 + 200 * floor - 500 * floor) * part
                sheet.line([(x, top), (x, top + 120 - 72 * part)], (84, 79, 72), 5 - 3 * part)
    sheet.area([(250, 130), (360, 92), (470, 130)], (44, 41, 39))
    sheet.area([(250, 130), (470, 130), (470, 330), (250, 330)], (66, 62, 58))
    sheet.area([(325, horizon), (395, horizon), (395, 330), (325, 330)], (228, 214, 180))
    for step in range(5):
        sheet.line([(250 - step * 50, 330 + step * 36), (470 + step * 50, 330 + step * 36)], (78, 75, 70), 2)
    image = (
        sheet.image.resize((width, height), Image.Resampling.LANCZOS).filter(ImageFilter.GaussianBlur(1.6)).convert("L")
    )
    grain = Image.new("L", (width, height))
    chance = random.Random(1931)
    grain.putdata([round(chance.gauss(128, 26)) for _ in range(width * height)])
    dark = Image.new("L", (width, height))
    dark.putdata([_vignette(x, y, width, height) for y in range(height) for x in range(width)])
    image = Image.blend(image, grain.filter(ImageFilter.GaussianBlur(0.7)), 0.16)
    return Image.composite(image, Image.new("L", image.size, 28), dark)


def _vignette(x: int, y: int, width: int, height: int) -> int:
    distance = math.hypot(x / width - 0.5, y / height - 0.5)
    return round(255 * max(0.35, 1 - 1.1 * max(0.0, distance - 0.25)))


def _scaled(point: Point) -> Point:
    return point[0] * SCALE, point[1] * SCALE


def _font(size: float, chinese: bool) -> ImageFont.FreeTypeFont:
    # Face 2 of the Noto collection is Simplified Chinese.
    if chinese:
        return ImageFont.truetype("NotoSerifCJK-Regular.ttc", size * SCALE, index=2)
    return ImageFont.truetype("LiberationSerif-Regular.ttf", size * SCALE)


if __name__ == "__main__":
    draw_figures()
