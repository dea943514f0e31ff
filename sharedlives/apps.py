from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SharedLivesConfig(AppConfig):
    name = "sharedlives"
    verbose_name = "Platform"

    def ready(self):
        # Registries fill themselves from the rooms of each app, in the order of INSTALLED_APPS:
        # lower floors first, so that followers run from the ground up.
        for room in ("rules", "deadlines", "gaps", "moments", "follows", "panels", "timeline", "notices", "wordings"):
            autodiscover_modules(room)
