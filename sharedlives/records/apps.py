from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "sharedlives.records"
    label = "records"
    verbose_name = "Records kept about records"
    default_auto_field = "django.db.models.BigAutoField"
