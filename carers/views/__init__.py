"""Pages of homes and carers (`homes`), and of the copies that carers and their households ask for (`copies`)."""

from . import copies, homes

__all__ = ["copies", "homes"]
