from django.apps import AppConfig


class BringInConfig(AppConfig):
    name = "sharedlives.bringin"
    label = "bringin"
    verbose_name = "Files brought in"
