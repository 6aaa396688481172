"""What bench_trainer.py measures on: model, batch, clock."""

from __future__ import annotations

import gc
import hashlib
import io
import math
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch

from halo_lora import memory
from halo_lora.config_8b import config_8b
from halo_lora.datum import Datum

RANK, ALPHA, LENGTH, CLIP = 16, 32, 64, 1.0
ADAM = {"learning_rate": 1e-5, "grad_clip_norm": CLIP}


@dataclass(frozen=True)
class Setting:
    device: str
    dtype: torch.dtype
    config: Callable[[], Any]
    prompt: int
    completion: int
    repeats: int

    @property
    def cuda(self) -> bool:
        return self.device == "cuda"

    def sync(self) -> None:
        if self.cuda:
            torch.cuda.synchronize()


@dataclass
class Result:
    name: str
    seconds: float
    peak: float
    """GiB allocated at most, weights included; NaN on the CPU."""
    gradient: torch.Tensor = field(repr=False)


def small_config() -> Any:
    """The 8B's shape, thirty-two times narrower."""
    config = config_8b()
    for name, value in {
        "hidden_size": 128,
        "intermediate_size": 384,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "head_dim": 32,
        "num_hidden_layers": 4,
    }.items():
        setattr(config.text_config, name, value)
    config.text_config.rope_parameters["mrope_section"] = [6, 5, 5]
    for name, value in {
        "depth": 3,
        "hidden_size": 64,
        "intermediate_size": 128,
        "num_heads": 2,
        "out_hidden_size": 128,
        "deepstack_visual_indexes": [0, 1, 2],
    }.items():
        setattr(config.vision_config, name, value)
    config.text_config.vocab_size = 4096
    for at, name in enumerate(("image", "video", "vision_start", "vision_end")):
        setattr(config, f"{name}_token_id", 4092 + at)
    return config


def screenshot() -> bytes:
    from PIL import Image

    noise = np.random.default_rng(0).integers(0, 256, (90, 160, 3), np.uint8)
    out = io.BytesIO()
    Image.fromarray(noise).resize((1280, 720)).save(out, "PNG")
    return out.getvalue()


PNG = screenshot()
SHA = hashlib.sha256(PNG).hexdigest()


def group(config: Any, s: Setting, n: int) -> list[Datum]:
    rng = np.random.default_rng(1)
    text = s.prompt - 882
    ids = [
        *rng.integers(0, 4000, 40).tolist(),
        config.vision_start_token_id,
        *[config.image_token_id] * 880,
        config.vision_end_token_id,
        *rng.integers(0, 4000, text - 40).tolist(),
    ]
    return [
        Datum(
            tuple(ids),
            tuple(rng.integers(0, 4000, s.completion).tolist()),
            (SHA,),
            advantage=float(rng.normal()),
            weight=1 / n,
        )
        for _ in range(n)
    ]


def groups(config: Any, count: int, prompt: int, n: int, shared: int = 490) -> list[Datum]:
    """`count` groups at one screenshot whose prompts begin with the same `shared` tokens; completions of 30 to 52."""
    rng = np.random.default_rng(2)
    head = rng.integers(0, 4000, shared).tolist()
    found = []
    for index in range(count):
        own = rng.integers(0, 4000, prompt - shared - 882).tolist()
        pads = [config.vision_start_token_id, *[config.image_token_id] * 880, config.vision_end_token_id]
        for _ in range(n):
            completion = rng.integers(0, 4000, int(rng.integers(30, 53))).tolist()
            ids = (*head, *own, *pads)
            found.append(
                Datum(ids, tuple(completion), (SHA,), advantage=float(rng.normal()), weight=1 / n, group=str(index))
            )
    return found


def timed(s: Setting, run: Callable[[], None]) -> tuple[float, float]:
    """Median seconds after two warm-up runs, and the peak of all in GiB."""
    if s.cuda:
        torch.cuda.reset_peak_memory_stats()
    # On the CPU the process's own time, which other programs do not change.
    clock = time.perf_counter if s.cuda else time.process_time
    seconds = []
    for _ in range(s.repeats + 2):
        s.sync()
        start = clock()
        run()
        s.sync()
        seconds.append(clock() - start)
    peak = torch.cuda.max_memory_allocated() / memory.GIB if s.cuda else float("nan")
    return statistics.median(seconds[2:]), peak


def once(s: Setting, run: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of one run, and what it gave."""
    clock = time.perf_counter if s.cuda else time.process_time
    s.sync()
    start = clock()
    found = run()
    s.sync()
    return clock() - start, found


def free() -> None:
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()


def start_weights(size: int, seed: int = 5) -> torch.Tensor:
    """A and B both away from zero, so that every gradient is."""
    return 0.02 * torch.randn(size, generator=torch.Generator().manual_seed(seed))


# ---- ours


def gib(peak: float) -> str:
    return "" if math.isnan(peak) else f"{peak:9.1f} GiB"
