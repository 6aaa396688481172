"""Another process of tests/test_ranks.py; FILE is where they meet.

python follower.py RANK FILE MODEL FOLDER    an engine that follows, and fails where it sees a poison
python follower.py RANK FILE                 rank 1 takes 30 s for a call that may take one
"""

from __future__ import annotations

import hashlib
import logging
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

import torch
from cases import images
from torch.distributed.distributed_c10d import _set_pg_timeout

from halo_lora.engine import Engine, EngineOptions
from halo_lora.ranks import Ranks, Solo

MEMORY, DEFECT = 298, 299
"""Tokens that break a follower's share."""
OPTIONS = EngineOptions(max_tokens_per_micro_batch=60)


class Told(Engine):
    """Writes down what each step left: the hash of weights and moments."""

    def __init__(self, model: str, folder: str | Path, ranks: Ranks | Solo) -> None:
        super().__init__(model, "float64", images=images, options=OPTIONS, ranks=ranks)
        self.told = Path(folder) / f"steps-{getattr(ranks, 'rank', 'solo')}"

    def optim_step(self, model_id: str, *rest: Any) -> dict[str, float]:
        metrics = super().optim_step(model_id, *rest)
        adapter = self._adapter(model_id)
        state = torch.cat([adapter.flat, adapter.exp_avg, adapter.exp_avg_sq])
        with self.told.open("a") as file:
            file.write(f"{model_id} {hashlib.sha256(state.numpy().tobytes()).hexdigest()}\n")
        return metrics


def follow(ranks: Ranks, model: str, folder: str) -> None:
    engine = Told(model, folder, ranks)
    decode = engine.model.decode

    def poisoned(packed: Any, *rest: Any) -> torch.Tensor:
        if (packed.ids == DEFECT).any():
            raise ValueError("a defect")
        if (packed.ids == MEMORY).any():
            raise torch.OutOfMemoryError("CUDA out of memory.")
        return decode(packed, *rest)

    engine.model.decode = poisoned
    ranks.lead(engine)
    ranks.follow(engine)


class Late:
    def __init__(self, ranks: Ranks) -> None:
        self.ranks = ranks

    def unload(self, seconds: float) -> None:
        time.sleep(seconds * self.ranks.rank)


def late(ranks: Ranks) -> None:
    """What waits between calls has no such limit."""
    engine = ranks.lead(Late(ranks))
    _set_pg_timeout(timedelta(seconds=1), ranks._calls)
    if ranks.rank:
        ranks.follow(engine)
    time.sleep(2)
    engine.unload(0)
    print("in time", file=sys.stderr)
    engine.unload(30)


if __name__ == "__main__":
    logging.basicConfig(stream=sys.stderr, level=logging.INFO)
    rank, file, *more = sys.argv[1:]
    ranks = Ranks(int(rank), 2, "cpu", Path(file), call_limit=timedelta(seconds=60))
    (follow if more else late)(ranks, *more)
