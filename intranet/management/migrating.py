"""Bringing the tables up to date, only when something is new: Django's command takes a second to find that nothing is."""

from __future__ import annotations

from django.core.management import call_command
from django.core.management.base import OutputWrapper
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def migrate_if_behind(told: OutputWrapper) -> None:
    """Run the migrations that are missing; `told` hears of it when there are any."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        told.write("Preparing the database …")
        call_command("migrate", verbosity=0, interactive=False)
