"""The embedded PostgreSQL server: found, created, started, shared and stopped by our own small launcher.

`running(folder)` is the door for everybody; `address(folder)` says where such a server listens without starting it.
The reasons behind the details are in docs/mechanisms/runtime.md.
"""

from intranet.runtime.postgres.account import PostgresError
from intranet.runtime.postgres.cluster import Cluster
from intranet.runtime.postgres.sharing import address, running, server_environment

__all__ = ["Cluster", "PostgresError", "address", "running", "server_environment"]
