"""What a step's tokens show beside the loss."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from .datum import Datum
from .losses import POLICY_LOSSES, LossSpec, importance_weights, k3


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
