"""Pictures as somebody would send them: harmless ones, and the other kind."""

import io
import struct
import zlib

from PIL import Image, PngImagePlugin

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def png(size=(200, 100), colour=(20, 69, 61, 255), **options):
    out = io.BytesIO()
    Image.new("RGBA", size, colour).save(out, "PNG", **options)
    return out.getvalue()


def jpeg(size=(200, 100), colour=(20, 69, 61), **options):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG", **options)
    return out.getvalue()


def telling_png():
    """A picture that says in its comment who drew it."""
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", "Secret Draughtsman")
    return png(pnginfo=said) + b"Secret tail"


def telling_jpeg():
    """A photograph that says where it was taken, and that lies on its side."""
    said = Image.Exif()
    said[0x010E] = "Secret address"
    said[0x0112] = 6  # to be turned by a quarter
    return jpeg(exif=said, comment=b"Secret comment")


def bomb(side=40_000):
    """A few bytes that unpack to `side` times `side` pixels."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
