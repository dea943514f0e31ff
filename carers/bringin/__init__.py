"""Files about homes, carers, approvals and training that a scheme brings in."""

from . import homes, training

__all__ = ["homes", "training"]
