"""What is taken out of a worker to show that the harness sees what it must: these runs have to be found wrong.

no-fence  transactional ids are random: a worker that was stopped and goes on commits what another has done already
drop      the chain is not checked, and one record in 200 is lost between consumer and agent
double    the chain is not checked, and one record in 200 comes twice (the table of seen articles takes these; the
          counts do not)
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Sequence
from typing import Any

from streamproc.stream import delivery
from streamproc.stream.delivery import Delivery, Handler

_ONE_IN = 200


def _no_fence() -> None:
    fence = delivery.fence

    async def unfenced(tp: Any, app_id: str, settings: Any) -> Any:
        return await fence(tp, f"{app_id}-{uuid.uuid4()}", settings)

    delivery.fence = unfenced


def _without_chain(change: Callable[[Any], list[Any]]) -> None:
    process = Delivery.process

    async def changed(self: Delivery, events: Sequence[Any], handler: Handler) -> None:
        await process(self, [kept for event in events for kept in change(event)], handler)

    Delivery.process = changed
    Delivery._check_chain = staticmethod(lambda _lease, events: events[-1].message.offset)


def _drop() -> None:
    _without_chain(lambda event: [] if random.randrange(_ONE_IN) == 0 else [event])


def _double() -> None:
    _without_chain(lambda event: [event, event] if random.randrange(_ONE_IN) == 0 else [event])


CONTROL_RUNS: dict[str, tuple[tuple[str, ...], float]] = {
    "no-fence": (("lone-stop", "lone-stop", "lone-stop", "lone-stop"), 150.0),
    "drop": (("short-stop",), 100.0),
    "double": (("short-stop",), 100.0),
}
"""Faults and articles a second with which each control is run."""
CONTROLS: dict[str, Callable[[], None]] = {"no-fence": _no_fence, "drop": _drop, "double": _double}


def apply(name: str) -> None:
    """Take it out of this process."""
    CONTROLS[name]()
