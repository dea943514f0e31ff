"""What the library answers to the floors above."""

from .models import ProcedureText


def procedure(for_what, council, on):
    """The text in force for a council on a day, or None."""
    return ProcedureText.objects.in_force(for_what, council, on).first()


def procedures(councils, on):
    """[(what it is for, council or None, text)] in force on a day for these councils; the default for none."""
    found = []
    for for_what in ProcedureText.ForWhat:
        for council in councils or [None]:
            text = procedure(for_what, council, on)
            if text is not None:
                found.append((for_what.label, council, text))
    return found
