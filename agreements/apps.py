"""Wiring only."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """The one application of this product."""

    name = "agreements"
    verbose_name = "Between Sessions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from agreements import checks  # noqa: F401  (registers the system checks)
