"""A picture that arrives is opened and painted anew: nothing comes in but its colours."""

import io
from dataclasses import dataclass

from PIL import Image, ImageOps

from . import rules

MOST = 500_000  # bytes
LEAST_SIDE, MOST_SIDE = 64, 2000  # pixels
SIGNATURES = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}
CONTENT_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg"}
TOO_MANY_PIXELS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclass(frozen=True)
class Painted:
    """The bytes of a picture that holds nothing but its pixels."""

    content: bytes
    content_type: str


def check_size(size):
    """Refuse a picture by its size in bytes, before it is read. Raises RuleBroken."""
    if size > MOST:
        raise rules.PICTURE_TOO_BIG.broken("file", size=f"{size / 1000:,.0f}", most=f"{MOST // 1000}")


def painted_anew(content):
    """A PNG or JPEG without comments, places, thumbnails or whatever else was hidden in it.

    Raises RuleBroken for anything else, for too many bytes, and for sides that are too short or too long.
    """
    check_size(len(content))
    kind = kind_of(content)
    try:
        # The sides stand in the head of the file: one that unpacks to gigabytes is refused before it is unpacked.
        with Image.open(io.BytesIO(content), formats=[kind]) as opened:
            check_sides(*opened.size)
            return painted(ImageOps.exif_transpose(opened), kind)
    except TOO_MANY_PIXELS as error:
        raise sides_refused("far too large") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise rules.PICTURE_READABLE.broken("file") from error


def kind_of(content):
    """PNG or JPEG, by the first bytes: a name can say anything."""
    for signature, kind in SIGNATURES.items():
        if content.startswith(signature):
            return kind
    if b"<svg" in content[:4096].lower():
        raise rules.PICTURE_NO_DRAWING.broken("file")
    raise rules.PICTURE_READABLE.broken("file")


def check_sides(width, height):
    if not all(LEAST_SIDE <= side <= MOST_SIDE for side in (width, height)):
        raise sides_refused(f"{width:,} pixels wide and {height:,} high")


def sides_refused(sides):
    return rules.PICTURE_SIDES.broken("file", sides=sides, least=LEAST_SIDE, most=f"{MOST_SIDE:,}")


def painted(picture, kind):
    mode = "RGBA" if kind == "PNG" and picture.has_transparency_data else "RGB"
    pixels = Image.new(mode, picture.size)
    pixels.paste(picture.convert(mode))
    out = io.BytesIO()
    pixels.save(out, kind, optimize=True, **({"quality": 90} if kind == "JPEG" else {}))
    return Painted(out.getvalue(), CONTENT_TYPES[kind])
