"""Tagged PDF (PDF/UA-1) out of our own templates, with nothing fetched from anywhere but our own folder.

Templates extend `documents/base_pdf.html`. Three rules of WeasyPrint that validators found: static font files
only (the weights of a variable font are ignored); the letters outside basic Latin need a family name of their own
in the same stack, or «Llŷr» loses its ŷ; every picture needs an `alt`, every table its `th`, headings no gap.
"""

import logging
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from PIL import ImageFile

from . import pictures

try:
    from fontTools.ttLib import woff2
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse
except (ImportError, OSError) as missing:  # OSError: WeasyPrint is there, the system's Pango is not
    HTML, URLFetcher, FatalURLFetchingError = None, object, Exception
    WHY_OFF = str(missing).splitlines()[0]
else:
    WHY_OFF = ""
    # WeasyPrint lets half pictures pass, and by that everywhere. A half one is to be refused when it comes in.
    ImageFile.LOAD_TRUNCATED_IMAGES = False

log = logging.getLogger(__name__)

SCHEME = "static:"
FOLDERS = {"css", "fonts", "images"}
TYPES = {".css": "text/css", ".woff2": "font/ttf", ".svg": "image/svg+xml", ".png": "image/png"}


class PdfOff(Exception):
    """PDFs cannot be made on this computer: switched off (PDF_OFF), or Pango is missing."""


class Blocked(Exception):
    """A document asked for something outside our own folder. It was not made."""


class Stop(FatalURLFetchingError):
    """WeasyPrint swallows every other error of a fetch; this one is not even an `Exception`, so it stays in here."""


class OwnFilesOnly(URLFetcher):
    """Fetches `static:css/…`, `static:fonts/…` and `static:images/…`; refuses everything else and stops.

    A refusal stops the document: text of a user can never make the server fetch or embed anything. `own` holds the
    pictures that stand for shipped ones, {name: version}.
    """

    def __init__(self, own):
        super().__init__()
        self.own = own

    def fetch(self, url, headers=None):
        path = own_file(url)
        if path is None:
            log.warning("A document asked for an address that is not ours; it was not made")
            raise Stop
        shipped = pictures.BY_FILE.get(url.removeprefix(SCHEME))
        if shipped and shipped.name in self.own:
            row = self.own[shipped.name]
            return URLFetcherResponse(url, bytes(row.content), {"Content-Type": row.content_type})
        content = unpacked(path) if path.suffix == ".woff2" else path.read_bytes()
        return URLFetcherResponse(url, content, {"Content-Type": TYPES[path.suffix]})


@lru_cache(maxsize=32)
def unpacked(path):
    """The bytes of a packed font, unpacked once a process: done anew for every document it costs most of a second."""
    out = BytesIO()
    woff2.decompress(BytesIO(path.read_bytes()), out)
    return out.getvalue()


def own_file(url):
    """The file behind a `static:` address, or None where the address may not be opened."""
    if not url.startswith(SCHEME):
        return None
    root = Path(settings.BASE_DIR, "static").resolve()
    path = (root / url.removeprefix(SCHEME)).resolve()
    inside = path.is_relative_to(root) and path.relative_to(root).parts[0] in FOLDERS
    return path if inside and path.suffix in TYPES and path.is_file() else None


def available():
    """Whether PDFs can be made here."""
    return HTML is not None and not settings.PDF_OFF


def render_pdf(template, context, title, *, own=None):
    """The bytes of a tagged PDF/UA-1 file from a template, its context and its title.

    `council_id` in the context is whose logo and pictures it carries; `own` are other ones, {name: version}. Raises `PdfOff` where PDFs cannot be made, `Blocked` when the document wanted an outside address.
    """
    if not available():
        raise PdfOff(WHY_OFF or "PDFs are switched off on this computer.")
    made = context.get("made_on") or timezone.localdate()
    own = pictures.replaced(context.get("council_id")) if own is None else own
    facts = {"made_on": made, "training_copy": settings.TRAINING_COPY, "logo": own.get(pictures.LOGO)}
    html = render_to_string(template, facts | context | {"title": title})
    document = HTML(string=html, url_fetcher=OwnFilesOnly(own), base_url=None)
    try:
        return document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True, finisher=name_second_glyphs)
    except Stop:
        raise Blocked(
            "This document asked for something outside our own folder, so it was not made."
        ) from None


def name_second_glyphs(_document, made):
    """Give the second glyph of a letter drawn as two (dots of Arabic, marks of Vietnamese) the zero-width joiner.

    WeasyPrint gives the first glyph the whole letter and leaves the others without any, which PDF/UA forbids.
    """
    for stream in made.objects:
        parts = getattr(stream, "stream", None)
        if isinstance(parts, list) and b"begincmap" in b"".join(as_bytes(part) for part in parts[:4]):
            stream.stream = [as_bytes(part).replace(b"> <>", b"> <200d>") for part in parts]


def as_bytes(part):
    return part if isinstance(part, bytes) else str(part).encode()
