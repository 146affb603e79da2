"""Django's handle on communities."""

from importlib import import_module

from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "communities"

    def ready(self) -> None:
        for name in ("verbs", "frame", "errands", "mailing"):
            import_module(f"communities.{name}")
        for room in ("asking", "imports", "promises", "reminding"):
            import_module(f"communities.{room}.verbs")
        import_module("communities.inviting.tasks")
        for module in (
            "asking.sealing",
            "asking.desk",
            "merging.packing",
            "moving.deciding",
            "questions.released",
            "questions.hidden",
        ):
            import_module(f"communities.{module}")
