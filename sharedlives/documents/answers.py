"""Handing a kept document over as a download."""

import hashlib

from django.http import HttpResponse


class Damaged(Exception):
    """The bytes of a kept document no longer match their hash: it must not be handed out as the one sent."""


def download(document):
    """A kept document as a file to save, checked against its hash. Raises `Damaged`."""
    content = bytes(document.content)
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise Damaged(f"Document {document.pk} does not match its hash")
    response = HttpResponse(content, content_type=document.content_type)
    response["Content-Disposition"] = f'attachment; filename="{document.filename}"'
    return response
