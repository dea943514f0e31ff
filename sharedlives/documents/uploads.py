"""Files that arrive: one that is too big is refused by its announced size, before it is parsed or kept."""

AROUND_THE_FILE = 100_000  # bytes that a form may have besides the file
DRAINED = 200_000_000  # bytes read and thrown away, so that the browser gets our answer


def announced_too_much(request, most):
    """The announced size of a request, in bytes, where it is more than a file of `most` needs; else None.

    What still comes is then read and thrown away, so that the refusal arrives.
    """
    announced = int(request.META.get("CONTENT_LENGTH") or 0)
    if request.method != "POST" or announced <= most + AROUND_THE_FILE:
        return None
    left = min(announced, DRAINED)
    while left > 0 and (chunk := request.read(min(left, 65_536))):
        left -= len(chunk)
    return announced
