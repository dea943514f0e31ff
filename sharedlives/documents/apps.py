from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "sharedlives.documents"
    label = "documents"
    verbose_name = "Documents that left the house"
