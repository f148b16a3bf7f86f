"""Python reads this before Patroni begins. It changes three things of it and nothing else.

FIREDRILL_PEERS: where this node finds what the others advertise (`pg-1.peer`), as the resolver of a machine of its own would say.
FIREDRILL_PATRONI: an etcd that has not agreed on its version yet is waited for, as one that does not answer is: Patroni would end
(dcs/etcd3.py, 4.1.5).
FIREDRILL_TIMERS=fast: times below Patroni's floor are taken as they are. Patroni does not support that.
"""

import os

# Taken away, for the processes that Patroni itself starts read this too.
patroni = os.environ.pop("FIREDRILL_PATRONI", None)
peers = os.environ.pop("FIREDRILL_PEERS", None)
timers = os.environ.pop("FIREDRILL_TIMERS", None)

if peers is not None:
    import re

    from patroni.dcs import Member

    advertised = Member.from_node

    def from_node(version, name, session, value):
        return advertised(version, name, session, re.sub(r"[\w-]+\.peer\b", peers, value))

    Member.from_node = staticmethod(from_node)

if patroni is not None:
    import etcd
    from patroni.dcs.etcd3 import Etcd3Client

    ensured = Etcd3Client._ensure_version_prefix

    def ensure_version_prefix(self, base_uri, **kwargs):
        try:
            ensured(self, base_uri, **kwargs)
        except ValueError as error:
            raise etcd.EtcdException(f"etcd has no version yet: {error}") from error

    Etcd3Client._ensure_version_prefix = ensure_version_prefix

if timers == "fast":
    from patroni.config import Config

    Config._validate_and_adjust_timeouts = lambda self, config: None
