"""Loud throw-away adapters, one for each projection: a server that drops tensors in silence, as vLLM does with names it
does not know, is found out by each against its own effect, where a trained adapter's would drown in bfloat16."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from .adapter import Adapter, LoraSpec, json_bytes, sha256_files, write_folder

if TYPE_CHECKING:
    from .engine import Engine

LOUD = 0.5
"""Nats by which a token's log-probability moves on average."""
DOUBLINGS = 16


def write_loud(
    engine: Engine, spec: LoraSpec, folder: Path, *, base: str, score: Callable[[Adapter | None], list[float]]
) -> list[dict[str, Any]]:
    """Writes one adapter for each kind of projection below `folder`; what `score` says with each is in the list."""
    plain = torch.tensor(score(None))
    dtype = torch.float32 if engine.model.dtype == torch.float64 else engine.model.dtype
    found = []
    for at, kind in enumerate(dict.fromkeys(name.rpartition(".")[2] for name in engine.slots.modules)):
        adapter = Adapter(
            replace(spec, seed=at), engine.slots.shapes, dtype=engine.model.dtype, device=engine.model.device
        )
        mine = [name for name in adapter.weights if name.split(".")[-3] == kind]
        grown = [adapter.weights[name] for name in mine if name.endswith("lora_B.weight")]
        for weight in grown:
            drawn = torch.randn(weight.shape, generator=adapter.rng, dtype=torch.float32)
            weight.copy_(drawn / weight.shape[0] ** 0.5 / 8)
        for _ in range(DOUBLINGS):
            logprobs = score(adapter)
            if float((torch.tensor(logprobs) - plain).abs().mean()) >= LOUD:
                break
            for weight in grown:
                weight.mul_(2)
        tensors = {name: tensor for name, tensor in adapter.peft_tensors(dtype).items() if name.split(".")[-3] == kind}
        config = json_bytes(adapter.peft_config(base, engine.model.parts.targets))
        files = {"adapter_config.json": config, "adapter_model.safetensors": tensors}
        out = write_folder(folder.absolute() / kind, files, replace=True)
        found.append({"name": kind, "location": str(out), "sha256": sha256_files(out), "logprobs": logprobs})
    return found
