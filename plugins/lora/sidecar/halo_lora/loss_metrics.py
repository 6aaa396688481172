"""What the micro-batches of a call showed, put together: log-probs and figures beside the loss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from .datum import Datum
from .losses import POLICY_LOSSES, Batch, LossSpec, importance_weights, k3


@dataclass(frozen=True)
class Outcome:
    """What one micro-batch showed, on the CPU; tensors are per completion token, [C]."""

    indexes: Sequence[int]
    """Numbers of its datums in the call."""
    lengths: Sequence[int]
    logp: Tensor
    entropy: Tensor
    ref: Tensor | None = None
    loss: float = 0.0
    """Its share of the step's loss."""


def by_datum(done: Sequence[Outcome], count: int) -> list[list[float]]:
    """Log-probs of each datum of a call."""
    out: list[list[float]] = [[] for _ in range(count)]
    for outcome in done:
        for index, logp in zip(outcome.indexes, outcome.logp.split(list(outcome.lengths)), strict=True):
            out[index] = logp.tolist()
    return out


def report(done: Sequence[Outcome], datums: Sequence[Datum], spec: LossSpec) -> dict[str, Any]:
    """The answer to a call that learned from all of these datums."""
    logp = torch.cat([o.logp for o in done])
    mine = [datums[i] for o in done for i in o.indexes]
    batch = Batch.of(mine, [0.0] * len(mine), logp)
    ref = None if done[0].ref is None else torch.cat([o.ref for o in done])
    entropy = torch.cat([o.entropy for o in done])
    return {
        "logprobs": by_datum(done, len(datums)),
        "metrics": {
            "loss/total": sum(o.loss for o in done),
            **step_metrics(logp, batch.sampler, entropy, ref, batch.owner, mine, spec),
            "batch/micro": float(len(done)),
            "batch/examples": float(len(mine)),
        },
    }


def step_metrics(
    logp: Tensor,
    sampler: Tensor,
    entropy: Tensor,
    ref: Tensor | None,
    owner: Tensor,
    datums: Sequence[Datum],
    spec: LossSpec,
) -> dict[str, float]:
    """What a step's tokens show, all on the CPU, [C] each; `sampler` is NaN where unknown.

    gap: |log pi - log pi_sampler| before the step. ratio: exp of that difference. clip: tokens
    whose gradient the clip or a mask removed. entropy and kl: means over tokens, nats.
    """
    out: dict[str, float] = {
        "tokens/completion": float(len(logp)),
        "policy/entropy": float(entropy.mean()),
        "policy/logprob": float(logp.mean()),
    }
    known = ~torch.isnan(sampler)
    if bool(known.any()):
        difference = (logp - sampler)[known]
        gap, ratio = difference.abs(), torch.exp(difference)
        out |= {
            "gap/max": float(gap.max()),
            "gap/mean": float(gap.mean()),
            "gap/p95": float(torch.quantile(gap[:16_000_000], 0.95)),
            "ratio/mean": float(ratio.mean()),
            "ratio/max": float(ratio.max()),
        }
        if spec.kind in POLICY_LOSSES:
            advantage = torch.tensor([d.advantage for d in datums], dtype=logp.dtype)[owner]
            base = sampler if spec.old == "sampler" else logp
            r = torch.exp(logp - base)
            clipped = ((advantage > 0) & (r > 1 + spec.epsilon_high)) | ((advantage < 0) & (r < 1 - spec.epsilon_low))
            safe = torch.where(known, sampler, logp)
            weight = importance_weights(logp, safe, owner, len(datums), spec)
            out["clip/fraction"] = float((clipped & known).double().mean())
            out["importance/mean"] = float(weight.mean())
            out["importance/masked"] = float((weight == 0).double().mean())
    if ref is not None:
        out["kl/mean"] = float(k3(logp, ref).mean())
    if spec.kind == "dpo":
        out |= dpo_metrics(logp, sampler, owner, datums, spec)
    return out


def dpo_metrics(
    logp: Tensor, sampler: Tensor, owner: Tensor, datums: Sequence[Datum], spec: LossSpec
) -> dict[str, float]:
    total = logp.new_zeros(len(datums)).index_add_(0, owner, logp - torch.nan_to_num(sampler))
    where = {(d.pair, d.role): i for i, d in enumerate(datums) if d.pair is not None}
    margins = (
        torch.stack(
            [
                spec.beta * (total[i] - total[where[pair, "rejected"]])
                for (pair, role), i in where.items()
                if role == "chosen"
            ]
        )
        if where
        else logp.new_zeros(1)
    )
    return {"dpo/margin": float(margins.mean()), "dpo/accuracy": float((margins > 0).double().mean())}
