"""The clock. Every task is a tick that looks at the database; losing one is harmless."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sharedlives.settings")

app = Celery("sharedlives")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
