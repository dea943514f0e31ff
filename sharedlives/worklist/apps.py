from django.apps import AppConfig


class WorklistConfig(AppConfig):
    name = "sharedlives.worklist"
    label = "worklist"
    verbose_name = "Work, reminders and jobs"
    default_auto_field = "django.db.models.BigAutoField"
