"""Covers: page 1 as a picture, a picture of one's own, or none."""

from __future__ import annotations

import io
from pathlib import Path

from thesis_convert.errors import InputError
from thesis_convert.loader.pdf.encoding import EncodedPicture

MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png"}


def read_cover(path: Path) -> EncodedPicture:
    """The picture in a file, as it is. Raises `InputError` when it is none that every reader shows."""
    from PIL import Image

    advice = "Give a JPEG or PNG file, or use: --cover page, --cover none"
    try:
        data = path.read_bytes()
        with Image.open(io.BytesIO(data), formats=list(MEDIA_TYPES)) as image:
            image.load()
            return EncodedPicture(data, MEDIA_TYPES[str(image.format)], image.width, image.height)
    except FileNotFoundError:
        raise InputError(f"the cover {path} does not exist", advice) from None
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise InputError(f"the cover {path} cannot be read: {str(error).lower()}", advice) from error
