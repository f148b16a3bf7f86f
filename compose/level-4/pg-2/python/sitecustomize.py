"""Python reads this before Patroni begins. It changes two things of it and nothing else.

FIREDRILL_PEERS: where this node finds what the others advertise (`pg-1.peer`), as the resolver of a machine of its own would say.
FIREDRILL_TIMERS=fast: times below Patroni's floor are taken as they are. Patroni does not support that.
"""

import os

# Taken away, for the processes that Patroni itself starts read this too.
peers = os.environ.pop("FIREDRILL_PEERS", None)
timers = os.environ.pop("FIREDRILL_TIMERS", None)

if peers is not None:
    import re

    from patroni.dcs import Member

    advertised = Member.from_node

    def from_node(version, name, session, value):
        return advertised(version, name, session, re.sub(r"[\w-]+\.peer\b", peers, value))

    Member.from_node = staticmethod(from_node)

if timers == "fast":
    from patroni.config import Config

    Config._validate_and_adjust_timeouts = lambda self, config: None
