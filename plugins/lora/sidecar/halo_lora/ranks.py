"""Several processes, one for each GPU, as torchrun starts them: each has a whole engine.

Rank 0 serves. What it asks of its engine it tells the others, which `follow`. The two passes are cut by
whole groups: each rank does its share, all learn what came out (`share`). Gradients stay where they were
made until a step sums them (`sum`); the rest is done alike, so equal weights stay equal without travelling.

A rank that fails in its share fails the call on all of them, and each takes its gradient back. Ranks that
are apart, or no longer reach each other, end: whoever started them starts them again.
"""

from __future__ import annotations

import logging
import os
import select
import signal
import socket
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import torch
import torch.distributed as dist
from torch import Tensor

from .datum import Datum, atoms
from .errors import EngineError
from .loss_metrics import Outcome

log = logging.getLogger("halo_lora")
TOGETHER = ("create_model", "unload", "forward", "forward_backward", "optim_step", "load_state")
"""Calls that every rank takes part in; the others read what is the same everywhere."""
CALL_LIMIT = timedelta(minutes=30)
"""Longest wait for the other ranks within a call."""
IDLE_LIMIT = timedelta(days=365)
"""Longest wait for the next call."""
FAULT_STATUS = 70
T = TypeVar("T")


def shares(datums: Sequence[Datum], count: int) -> list[list[int]]:
    """Numbers of the datums that each rank computes: whole groups and pairs, most tokens first, each to
    the rank with the fewest. A prompt counts once in its group, as it is computed."""
    groups: dict[str, list[int]] = {}
    for atom in atoms(datums):
        groups.setdefault(datums[atom[0]].group, []).extend(atom)

    def tokens(members: Sequence[int]) -> int:
        prompts = {datums[i].prompt_ids for i in members}
        return sum(map(len, prompts)) + sum(len(datums[i].completion_ids) for i in members)

    found: list[list[int]] = [[] for _ in range(count)]
    load = [0] * count
    for size, members in sorted(((tokens(m), m) for m in groups.values()), key=lambda g: (-g[0], g[1])):
        least = load.index(min(load))
        found[least] += members
        load[least] += size
    return [sorted(members) for members in found]


class Solo:
    """One process does everything."""

    count = 1

    def share(self, datums: Sequence[Datum], run: Callable[[Sequence[int]], list[Outcome]]) -> list[Outcome]:
        return run(range(len(datums)))

    def sum(self, values: Tensor) -> None:
        pass

    def agree(self, figures: Any) -> None:
        pass

    def lead(self, engine: Any) -> Any:
        return engine


class Ranks:
    """This process among others of its machine."""

    def __init__(self, rank: int, count: int, device: str, meet: Path, *, call_limit: timedelta = CALL_LIMIT) -> None:
        """`meet` is a file that they all name and that no earlier ones have used."""
        self.rank = rank
        self.count = count
        if any(name == "lo" for _, name in socket.if_nameindex()):
            os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")
        is_cuda = device.startswith("cuda")
        if is_cuda:
            torch.cuda.set_device(device)
        dist.init_process_group(
            "cpu:gloo,cuda:nccl" if is_cuda else "gloo",
            store=dist.FileStore(str(meet), count),
            rank=rank,
            world_size=count,
            timeout=call_limit,
        )
        self._calls = dist.new_group(backend="gloo", timeout=call_limit)
        self._control = dist.new_group(backend="gloo", timeout=IDLE_LIMIT)

    # ---- what an engine uses

    def share(self, datums: Sequence[Datum], run: Callable[[Sequence[int]], list[Outcome]]) -> list[Outcome]:
        """Runs this rank's share and returns what all of them showed, the same on each. When one failed,
        all raise its error."""
        mine = shares(datums, self.count)[self.rank]
        outcomes: list[Outcome] = []
        failure: tuple[str, str, str] | None = None
        try:
            outcomes = run(mine) if mine else []
        except EngineError as e:
            failure = (e.code, e.message, e.hint)
        except Exception as e:
            log.error("rank %d failed in its share", self.rank, exc_info=e)
            failure = ("", f"{type(e).__name__}: {e}", "")
        found = self._exchange("share", (outcomes, failure))
        for rank, (_, failed) in enumerate(found):
            if failed is not None:
                code, message, hint = failed
                what = f"rank {rank}: {message}"
                raise EngineError(code, what, hint) if code else RuntimeError(what)
        return [outcome for outcomes, _ in found for outcome in outcomes]

    def sum(self, values: Tensor) -> None:
        """Puts the sum over all ranks in the place of each one's values."""
        self._reach("sum of gradients", lambda: dist.all_reduce(values))

    def agree(self, figures: Any) -> None:
        """Ends the process unless every rank has the same figures."""
        # As text, so that NaN is itself.
        found = self._exchange("agree", repr(figures))
        if len(set(found)) > 1:
            end(f"the ranks are apart: {found}")

    def lead(self, engine: Any) -> Any:
        """Waits until all have loaded. On rank 0: the engine whose calls all ranks do."""
        self.agree("loaded")
        return engine if self.rank else Leader(engine, self)

    # ---- calls

    def tell(self, name: str, arguments: tuple[Any, ...], named: Mapping[str, Any]) -> None:
        call = [(name, arguments, named)]
        self._reach(name, lambda: dist.broadcast_object_list(call, 0, group=self._control))

    def call(self, engine: Any, name: str, arguments: tuple[Any, ...], named: Mapping[str, Any]) -> Any:
        """Does a call that the other ranks do now, and makes sure that it ended alike."""
        try:
            found = getattr(engine, name)(*arguments, **named)
        except Exception as e:
            self.agree((name, getattr(e, "code", type(e).__name__)))
            raise
        self.agree((name, "ok"))
        return found

    def follow(self, engine: Any) -> NoReturn:
        """Does what rank 0 does for as long as that is there. It is rank 0 that is asked to stop."""
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, signal.SIG_IGN)
        while True:
            heard: list[Any] = [None]
            try:
                dist.broadcast_object_list(heard, 0, group=self._control)
            except RuntimeError:
                end(f"rank {self.rank} ends with rank 0", 0)
            # Rank 0 answers for it.
            with suppress(Exception):
                self.call(engine, *heard[0])

    # ---- the wire

    def _exchange(self, what: str, mine: T) -> list[T]:
        found: list[Any] = [None] * self.count
        self._reach(what, lambda: dist.all_gather_object(found, (what, mine), group=self._calls))
        if any(other != what for other, _ in found):
            end(f"the ranks are apart: {[other for other, _ in found]}")
        return [values for _, values in found]

    def _reach(self, what: str, collective: Callable[[], Any]) -> None:
        try:
            collective()
        except Exception as e:
            end(f"rank {self.rank} lost the others ({what}): {e}")


class Leader:
    """Rank 0's engine as the server uses it: what changes or computes is done by every rank."""

    def __init__(self, engine: Any, ranks: Ranks) -> None:
        self._engine = engine
        self._ranks = ranks

    def __getattr__(self, name: str) -> Any:
        if name not in TOGETHER:
            return getattr(self._engine, name)

        def call(*arguments: Any, **named: Any) -> Any:
            self._ranks.tell(name, arguments, named)
            return self._ranks.call(self._engine, name, arguments, named)

        return call


def join(device: str, root: Path) -> tuple[Ranks | Solo, str]:
    """Meets the other processes where there are any. Returns the device that is this one's.

    They meet by a file: torchrun's store listens on every interface and asks for no password.
    """
    count = int(os.environ.get("WORLD_SIZE", "1"))
    if count == 1:
        return Solo(), device
    rank = int(os.environ["RANK"])
    if device not in ("cuda", "cpu"):
        raise EngineError("bad_option", f"--device: expected cuda or cpu with {count} processes, got {device!r}")
    if device == "cuda":
        local, seen = int(os.environ["LOCAL_RANK"]), torch.cuda.device_count()
        if local >= seen:
            raise EngineError(
                "bad_option", f"{count} processes want a GPU each, {seen} can be seen", "start one for each"
            )
        device = f"cuda:{local}"
    if hasattr(os, "pidfd_open"):  # Linux
        threading.Thread(target=_watch_parent, args=(rank, os.getppid()), daemon=True).start()
    root.mkdir(parents=True, exist_ok=True)
    meet = root / f".ranks-{_start_of(os.getppid())}-{os.environ.get('TORCHELASTIC_RESTART_COUNT', '0')}"
    for left_over in root.glob(".ranks-*"):
        if rank == 0 and left_over != meet:
            left_over.unlink()
    return Ranks(rank, count, device, meet), device


def _start_of(pid: int) -> str:
    """Names a process as no other is named, before or after it."""
    try:
        # The 22nd field; the second is the program's name and may hold anything.
        return f"{pid}-{Path(f'/proc/{pid}/stat').read_text().rpartition(')')[2].split()[19]}"
    except OSError:
        return str(pid)


def _watch_parent(rank: int, parent: int) -> None:
    """torchrun stops its processes; were it killed, they would stay."""
    with suppress(ProcessLookupError):
        # Readable once that process has ended.
        select.select([os.pidfd_open(parent)], [], [])
    if rank:
        end(f"rank {rank} ends with torchrun")
    os.kill(os.getpid(), signal.SIGTERM)


def end(why: str, status: int = FAULT_STATUS) -> NoReturn:
    """Ends this process at once; torchrun ends the others."""
    log.log(logging.ERROR if status else logging.INFO, "%s", why)
    sys.stderr.flush()
    os._exit(status)
