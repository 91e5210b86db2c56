"""What is done to a deployment while articles pass: each fault by name, drawn with a seed.

A fault returns when the next one may begin; what it brings to an end later (a stopped worker that goes on) is among
`Scene.timers`, so that faults overlap.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from fleet import Fleet, Member
from network import Network
from observer import Observer

from streamproc.broker import EmbeddedCluster


@dataclass
class Scene:
    """What faults work on, and what came of them."""

    random: random.Random
    fleet: Fleet
    cluster: EmbeddedCluster
    observer: Observer
    say: Callable[[str], None]
    network: Network | None = None
    """Between the broker and everybody else, where the run has one."""
    timers: list[threading.Timer] = field(default_factory=list)
    outages: list[tuple[float, float]] = field(default_factory=list)
    """When no broker was there, by the monotonic clock."""
    kills: list[tuple[float, tuple[str, ...]]] = field(default_factory=list)
    """When a worker was killed with -9, and the partitions that it held."""
    undrained: set[str] = field(default_factory=set)
    """Workers that had to end without a broker: in time, but perhaps not in order."""
    stopped: set[int] = field(default_factory=set)
    """Worker processes that are stopped at the moment."""
    ended_at: float = field(default_factory=time.monotonic)

    def any_member(self) -> Member:
        """A worker that runs, if there is one."""
        running = [member for member in self.fleet.members if (member.process_id() or 0) not in {0, *self.stopped}]
        return self.random.choice(running or self.fleet.members)

    def later(self, seconds: float, action: Callable[[], None]) -> None:
        """Do it then, and count it as the end of the fault."""

        def act() -> None:
            action()
            self.ended_at = max(self.ended_at, time.monotonic())

        timer = threading.Timer(seconds, act)
        timer.daemon = True
        timer.start()
        self.timers.append(timer)

    def between(self, least: float, most: float) -> float:
        """A number of seconds."""
        return self.random.uniform(least, most)


def kill(scene: Scene) -> None:
    """`kill -9` of a worker; the supervisor restarts it."""
    member = scene.any_member()
    held = scene.observer.held_by(member.name)
    if member.signal(signal.SIGKILL):
        scene.kills.append((time.monotonic(), held))


def term(scene: Scene) -> None:
    """SIGTERM of a worker, and a new one in its place: what a deployment of a new version does."""
    member = scene.any_member()
    scene.say(f"SIGTERM {member.name}: ended in {scene.fleet.leave(member):.1f} s")
    scene.fleet.start()


def stop(scene: Scene, least: float = 15.0, most: float = 25.0) -> None:
    """SIGSTOP of a worker for longer than the session time-out, then SIGCONT: it must find itself fenced."""
    worker = scene.any_member().process_id()
    if worker is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(worker, signal.SIGSTOP)
            scene.stopped.add(worker)
        scene.later(scene.between(least, most), lambda: _go_on(scene, worker))


def lone_stop(scene: Scene) -> None:
    """As `stop`, and nothing else meanwhile: the others take over for certain."""
    stop(scene, 12.0, 16.0)
    scene.timers[-1].join()


def long_stop(scene: Scene) -> None:
    """As `stop`, for longer than a transaction may be open."""
    stop(scene, 32.0, 40.0)


def short_stop(scene: Scene) -> None:
    """As `stop`, but within the session time-out: nobody takes over."""
    stop(scene, 2.0, 5.0)


def _go_on(scene: Scene, process: int) -> None:
    scene.stopped.discard(process)
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGCONT)


def join(scene: Scene) -> None:
    """One more worker joins, and leaves again."""
    member = scene.fleet.start()

    def leave() -> None:
        if member in scene.fleet.members:
            scene.say(f"{member.name} leaves: ended in {scene.fleet.leave(member):.1f} s")

    scene.later(scene.between(8, 14), leave)


def pool(scene: Scene) -> None:
    """`kill -9` of processes that analyse."""
    for process in scene.any_member().pool_process_ids():
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def pool_stop(scene: Scene) -> None:
    """SIGSTOP of a process that analyses: the time limit of an article has to end it."""
    processes = scene.any_member().pool_process_ids()
    if processes:
        with contextlib.suppress(ProcessLookupError):
            os.kill(processes[0], signal.SIGSTOP)


def _node_down(scene: Scene, seconds: float, *, hard: bool) -> None:
    node = scene.random.choice(scene.cluster.nodes)
    (node.kill if hard else node.stop)()
    down_at = time.monotonic()
    time.sleep(seconds)
    up_at = time.monotonic()
    node.start()
    if len(scene.cluster.nodes) == 1:
        scene.outages.append((down_at, up_at))


def node_term(scene: Scene) -> None:
    """SIGTERM of a broker, which is back some seconds later."""
    _node_down(scene, scene.between(2, 6), hard=False)


def node_kill(scene: Scene) -> None:
    """`kill -9` of a broker, which is back some seconds later."""
    _node_down(scene, scene.between(2, 8), hard=True)


def outage(scene: Scene) -> None:
    """No broker for 30 s."""
    hard = scene.random.random() < 0.5
    for node in scene.cluster.nodes:
        (node.kill if hard else node.stop)()
    down_at = time.monotonic()
    time.sleep(30)
    scene.outages.append((down_at, time.monotonic()))
    scene.cluster.start()


def outage_term(scene: Scene) -> None:
    """SIGTERM of a worker while no broker is there, and a new one in its place when there is."""
    for node in scene.cluster.nodes:
        node.kill()
    time.sleep(scene.between(1, 8))
    member = scene.any_member()
    scene.undrained.add(member.name)
    scene.say(f"SIGTERM {member.name} without broker: ended in {scene.fleet.leave(member):.1f} s")
    scene.cluster.start()
    scene.fleet.start()


def slow(scene: Scene) -> None:
    """Every byte takes 100 to 250 ms more, both ways, for 15 s."""
    assert scene.network is not None
    scene.network.delay_s = scene.between(0.1, 0.25)
    time.sleep(15)
    scene.network.delay_s = 0.0


def black_hole(scene: Scene) -> None:
    """Nothing gets through for 8 to 25 s, and no connection is closed."""
    assert scene.network is not None
    scene.network.swallows = True
    time.sleep(scene.between(8, 25))
    scene.network.swallows = False


def minority(scene: Scene) -> None:
    """Two of three brokers killed: nothing can be written for a while."""
    nodes = scene.random.sample(scene.cluster.nodes, 2)
    for node in nodes:
        node.kill()
    time.sleep(scene.between(5, 12))
    scene.cluster.start()


def rolling(scene: Scene) -> None:
    """All brokers restarted, one after the other."""
    for node in scene.cluster.nodes:
        node.stop()
        node.start()
        time.sleep(2)


_OF_WORKERS = [kill, kill, kill, term, stop, stop, short_stop, join]
_OF_ONE_BROKER = [node_term, node_kill, slow, black_hole]
_OF_THREE_BROKERS = [node_kill, node_kill, node_term, minority, rolling]
_OF_POOLS = [pool, pool_stop]
OF_NETWORK = {slow, black_hole}
"""What needs a network before the broker: in plans for one broker only."""
_ONCE = {outage, outage_term, long_stop, join, minority, rolling}
"""What takes long: at most one of them a run."""
NAMES = {
    fault.__name__.replace("_", "-"): fault
    for fault in {*_OF_WORKERS, *_OF_ONE_BROKER, *_OF_THREE_BROKERS, *_OF_POOLS, *OF_NETWORK, *_ONCE, lone_stop}
}


def plan(
    chance: random.Random, *, brokers: int, has_pool: bool, least: int = 2, most: int = 4
) -> list[Callable[[Scene], None]]:
    """The faults of a run."""
    drawn_from = _OF_WORKERS + (_OF_ONE_BROKER if brokers == 1 else _OF_THREE_BROKERS)
    drawn_from = drawn_from + [outage, outage_term, long_stop] + (_OF_POOLS if has_pool else [])
    chosen: list[Callable[[Scene], None]] = []
    wanted = chance.randint(least, most)
    while len(chosen) < wanted:
        fault = chance.choice(drawn_from)
        if not (fault in _ONCE and _ONCE & set(chosen)):
            chosen.append(fault)
    return chosen
