"""Pages of homes and carers (`homes`), of what is asked of them (`requirements`), and of the copies that carers and their
households ask for (`copies`)."""

from . import copies, homes, requirements

__all__ = ["copies", "homes", "requirements"]
