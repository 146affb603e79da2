"""Tables of this app, for Django's sake."""

from kms.network.models import Interaction, Snapshot, SnapshotView

__all__ = ["Interaction", "Snapshot", "SnapshotView"]
