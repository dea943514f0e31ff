"""Rows as a CSV file that Excel and LibreOffice open as it was meant: no formula runs, no letter breaks."""

import csv
import datetime
import io
import unicodedata
from decimal import Decimal

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify

# What a spreadsheet may take for a formula or a command (OWASP, CSV injection), and its full-width twins.
DANGEROUS = set("=+-@|%\t\r\n\uff1d\uff0b\uff0d\uff20\uff5c\uff05")


def guarded(value):
    """One cell as a spreadsheet may safely hold it.

    Numbers stay numbers. A text that begins like a formula, also behind spaces and invisible characters, gets
    an apostrophe in front: it is then shown, never run.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, (int, float, Decimal)):
        return value
    if isinstance(value, datetime.datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, datetime.date):
        return value.isoformat()
    text = str(value).replace("\x00", "")
    return f"'{text}" if begins_like_a_formula(text) else text


def begins_like_a_formula(text):
    """Whether the first character that shows is one that a spreadsheet acts upon."""
    for character in text:
        if character in DANGEROUS:
            return True
        if not (character.isspace() or unicodedata.category(character) in ("Cf", "Cc")):
            return False
    return False


def csv_bytes(head, rows):
    """A CSV file (UTF-8 with a byte order mark, so that Excel shows ŵ and é) of a head and its rows."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([guarded(cell) for cell in head])
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def csv_response(name, head, rows):
    """The same as a download called after `name` and today's date. Built whole in memory: no half file leaves."""
    response = HttpResponse(csv_bytes(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = (
        f'attachment; filename="{slugify(name) or "list"}-{timezone.localdate():%Y-%m-%d}.csv"'
    )
    return response
