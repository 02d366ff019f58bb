"""Draw `samples/result.png`, the picture in the README: a printed page and what an e-reader makes of it.

    python samples/picture.py

Converts the humanities sample, unpacks the EPUB, and lets Chromium show a chapter of it at the width of
a phone beside the page of the PDF on which the chapter begins. Needs Debian's `chromium` and `fonts-noto-cjk`.
"""

from __future__ import annotations

import subprocess
import tempfile
import zipfile
from pathlib import Path

import pypdfium2
from PIL import Image

from thesis_convert import convert

SAMPLES = Path(__file__).parent
# A page with headings, a figure and a note, a title on it, and the places in its chapter to be shown.
PAGE = 13
TITLE = "Inside the Pawnshop"
PLACES = ("", "#figure-3")
# The picture in pixels of the web page, and how many of its own go into one of them.
WIDTH, HEIGHT, SCALE = 1200, 720, 1.5
# Fewer colours than this show in the drawings.
COLOURS = 64

VIEW = """<!DOCTYPE html>
<meta charset="utf-8">
<style>
  body {{ margin: 0; background: #e8e6e1; display: flex; gap: 40px; padding: 24px 30px; height: 672px; }}
  img, iframe {{ height: 100%; background: white; border: 0; box-sizing: border-box; }}
  img {{ box-shadow: 0 1px 8px #0006; }}
  iframe {{ width: 0; flex: 1; border: 8px solid #333; border-radius: 22px; }}
</style>
<img src="page.png" alt="">
{frames}
"""


def main() -> None:
    pdf = SAMPLES / "humanities/thesis.pdf"
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room)
        (book,) = convert(pdf, "epub", folder / "thesis.epub")
        zipfile.ZipFile(book).extractall(folder)
        pypdfium2.PdfDocument(pdf)[PAGE - 1].render(scale=2).to_pil().save(folder / "page.png")
        chapter = next(
            path for path in sorted(folder.glob("EPUB/chapter-*")) if TITLE in path.read_text(encoding="utf-8")
        )
        frames = "\n".join(f'<iframe src="{chapter.as_uri()}{place}"></iframe>' for place in PLACES)
        (folder / "view.html").write_text(VIEW.format(frames=frames), encoding="utf-8")
        take_picture(folder / "view.html", folder / "shot.png")
        picture = Image.open(folder / "shot.png").convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        picture.save(SAMPLES / "result.png", optimize=True)


def take_picture(page: Path, picture: Path) -> None:
    """Chromium's view of a page, with a profile of its own so that no personal settings take part."""
    options = ("--headless", "--no-sandbox", "--hide-scrollbars", f"--user-data-dir={picture.parent / 'profile'}")
    size = (f"--window-size={WIDTH},{HEIGHT}", f"--force-device-scale-factor={SCALE}")
    command = ("chromium", *options, *size, f"--screenshot={picture}", page.as_uri())
    subprocess.run(command, check=True, capture_output=True, timeout=120)


if __name__ == "__main__":
    main()
