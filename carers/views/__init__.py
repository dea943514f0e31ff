"""Pages of homes and carers (`homes`), of becoming one (`applications`, `panel`), of what is asked of them (`requirements`),
of who may not live together (`apart`), of stopping (`stopping`), of the evening on which a carer is ill (`stand_in`), and of the copies that carers and their households ask for (`copies`)."""

from . import apart, applications, copies, homes, panel, requirements, stand_in, stopping

__all__ = ["apart", "applications", "copies", "homes", "panel", "requirements", "stand_in", "stopping"]
