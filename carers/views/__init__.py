"""Pages of homes and carers (`homes`), of becoming one (`applications`, `panel`), of what is asked of them (`requirements`),
of stopping (`stopping`), of the evening on which a carer is ill (`stand_in`), and of the copies that carers and their households ask for (`copies`)."""

from . import applications, copies, homes, panel, requirements, stand_in, stopping

__all__ = ["applications", "copies", "homes", "panel", "requirements", "stand_in", "stopping"]
