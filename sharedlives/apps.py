from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

ROOMS = (
    "rules", "deadlines", "gaps", "moments", "follows", "panels", "timeline", "notices", "wordings", "bringin",
    "export",
)  # fmt: skip


class SharedLivesConfig(AppConfig):
    name = "sharedlives"
    verbose_name = "Platform"

    def ready(self):
        # Registries fill themselves from the rooms of each app, in the order of INSTALLED_APPS:
        # lower floors first, so that followers run from the ground up.
        for room in ROOMS:
            autodiscover_modules(room)
