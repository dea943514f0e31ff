"""The platform. It knows no domain: people, homes and reviews are words for the floors above."""

from .celery import app as celery_app

__all__ = ["celery_app"]
