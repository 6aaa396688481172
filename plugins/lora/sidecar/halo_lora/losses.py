"""Losses over completion log-probs: pure functions of tensors, to be minimised.

Shapes: C completion tokens of a micro-batch one after another, D datums; `owner` [C] says whose
token it is. Normalisers cover the whole optimiser step (`Normalisers`), so the sum over
micro-batches is the same however the step was split.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from .datum import Datum
from .errors import EngineError

POLICY_LOSSES = ("dr_grpo", "grpo", "dapo", "bnpo")
LOSSES = (*POLICY_LOSSES, "cross_entropy", "dpo")
IMPORTANCE = ("none", "token_truncate", "token_mask", "sequence_truncate", "sequence_mask")
DPO_VARIANTS = ("sigmoid", "robust")


@dataclass(frozen=True)
class LossSpec:
    """A checked loss. Unused fields keep their defaults."""

    kind: str
    kl_coef: float = 0.0
    epsilon_low: float = 0.2
    epsilon_high: float = 0.2
    max_completion_length: int | None = None
    delta: float | None = None
    """Dual clip: upper bound of the unclipped ratio."""
    importance_mode: str = "none"
    importance_min: float | None = None
    importance_max: float | None = None
    old: str = "self"
    """What the PPO ratio is against: `self`, this forward pass, or `sampler`, the trace."""
    beta: float = 0.1
    nll_coef: float = 0.0
    variant: str = "sigmoid"
    label_smoothing: float = 0.0
    num_groups: int | None = None
    """Groups and tokens of the whole step, when it comes in several calls."""
    num_tokens: int | None = None


@dataclass(frozen=True)
class Normalisers:
    """Counted over the whole optimiser step; tokens are those of policy datums."""

    groups: int
    tokens: int
    group_tokens: Mapping[str, int]


def parse_loss(value: Mapping[str, Any]) -> LossSpec:
    """Reads the JSON form: fields of `LossSpec`, with the importance correction as
    `importance: {mode, min, max}`. EngineError `bad_loss` names what is wrong."""
    fields = dict(value)
    importance = fields.pop("importance", None) or {}
    if unknown := set(importance) - {"mode", "min", "max"}:
        raise EngineError("bad_loss", f"importance: unknown field {sorted(unknown)[0]!r}")
    for name, found in importance.items():
        fields[f"importance_{name}"] = found
    estimator = fields.pop("kl_estimator", "k3")
    if estimator != "k3":
        raise EngineError(
            "bad_loss",
            f"kl_estimator: expected 'k3', got {estimator!r}",
            "the full KL needs every token's probabilities under both policies",
        )
    if unknown := sorted(set(fields) - set(LossSpec.__dataclass_fields__)):
        raise EngineError("bad_loss", f"unknown field {unknown[0]!r} of loss")
    if fields.get("kind") not in LOSSES:
        raise EngineError("bad_loss", f"kind: expected {', '.join(LOSSES)}, got {fields.get('kind')!r}")
    spec = LossSpec(**fields)
    choices = (
        ("importance.mode", spec.importance_mode, IMPORTANCE),
        ("variant", spec.variant, DPO_VARIANTS),
        ("old", spec.old, ("self", "sampler")),
    )
    for name, found, allowed in choices:
        if found not in allowed:
            raise EngineError("bad_loss", f"{name}: expected {', '.join(allowed)}, got {found!r}")
    if spec.kind == "dr_grpo" and not spec.max_completion_length:
        raise EngineError(
            "bad_loss",
            "dr_grpo: max_completion_length is missing",
            "the constant that stands for a completion's length, in tokens",
        )
    if not 0 <= spec.label_smoothing < 0.5:
        raise EngineError("bad_loss", f"label_smoothing: expected 0 ≤ x < 0.5, got {spec.label_smoothing}")
    return spec


def normalisers(datums: Sequence[Datum], spec: LossSpec) -> Normalisers:
    """Counts a step's groups and tokens; the loss's own `num_groups`, `num_tokens` win."""
    group_tokens: dict[str, int] = {}
    for d in datums:
        if d.role == "policy":
            group_tokens[d.group] = group_tokens.get(d.group, 0) + len(d.completion_ids)
    return Normalisers(
        groups=spec.num_groups or len({d.group for d in datums}),
        tokens=spec.num_tokens or sum(group_tokens.values()),
        group_tokens=group_tokens,
    )


def token_scales(datums: Sequence[Datum], spec: LossSpec, over: Normalisers) -> list[float]:
    """What each token of a datum counts in the step's loss, [D]. With w the datum's weight, G the
    groups, L its length:

        dr_grpo  w / (max_completion_length G)   arXiv 2503.20783
        grpo     w / (L G)                       arXiv 2402.03300
        dapo     w / (tokens of the step)        arXiv 2503.14476
        bnpo     w / (tokens of its group · G)   TRL's name for the batch-normalised form
        other    w / G                           imitation, pairs, cross-entropy
    """

    def scale(d: Datum) -> float:
        if d.role != "policy" or spec.kind in ("cross_entropy", "dpo"):
            return d.weight / over.groups
        if spec.kind == "dr_grpo":
            return d.weight / (spec.max_completion_length * over.groups)
        if spec.kind == "grpo":
            return d.weight / (len(d.completion_ids) * over.groups)
        if spec.kind == "dapo":
            return d.weight / over.tokens
        return d.weight / (over.group_tokens[d.group] * over.groups)

    return [scale(d) for d in datums]


def importance_weights(logp: Tensor, sampler: Tensor, owner: Tensor, count: int, spec: LossSpec) -> Tensor:
    """Correction for a sampler that is not the trainer, [C], without gradient. With
    d = log pi - log pi_sampler per token, or its sum over the sequence:

        *_truncate  clamp(exp d, min, max)                    truncated importance sampling (TIS)
        *_mask      exp d where min <= exp d <= max, else 0   token: IcePop; sequence: masked (MIS)

    The four modes are those of TRL's `vllm_importance_sampling_mode`.
    """
    d = (logp - sampler).detach()
    if spec.importance_mode == "none":
        return torch.ones_like(d)
    if spec.importance_mode.startswith("sequence"):
        d = d.new_zeros(count).index_add_(0, owner, d)[owner]
    ratio = torch.exp(d)
    if spec.importance_mode.endswith("truncate"):
        if spec.importance_min is None and spec.importance_max is None:
            return ratio
        return torch.clamp(ratio, min=spec.importance_min, max=spec.importance_max)
    keep = torch.ones_like(ratio, dtype=torch.bool)
    if spec.importance_min is not None:
        keep &= ratio >= spec.importance_min
    if spec.importance_max is not None:
        keep &= ratio <= spec.importance_max
    return torch.where(keep, ratio, torch.zeros_like(ratio))


def clipped_policy(logp: Tensor, old: Tensor, advantage: Tensor, spec: LossSpec) -> Tensor:
    """PPO's clipped objective, negated, [C] (arXiv 1707.06347; clip-higher of arXiv 2503.14476).
    With r = exp(logp - old):

        -min(min(r, delta) A, clamp(r, 1 - epsilon_low, 1 + epsilon_high) A)

    `delta` bounds the ratio of a negative advantage, which the clip leaves open (dual clip, arXiv
    1912.09729, in the form of INTELLECT-2, arXiv 2505.07291).
    """
    ratio = torch.exp(logp - old)
    clipped = torch.clamp(ratio, 1 - spec.epsilon_low, 1 + spec.epsilon_high)
    if spec.delta is not None:
        ratio = torch.clamp(ratio, max=spec.delta)
    return -torch.minimum(ratio * advantage, clipped * advantage)


def k3(logp: Tensor, ref: Tensor) -> Tensor:
    """Estimate of KL(pi || ref) on pi's own samples, [C]: exp(d) - d - 1, d = ref - logp
    (Schulman, "Approximating KL divergence"; used by arXiv 2402.03300)."""
    d = ref - logp
    return torch.exp(d) - d - 1


def policy_loss(
    logp: Tensor,
    *,
    sampler: Tensor,
    ref: Tensor | None,
    advantage: Tensor,
    scale: Tensor,
    owner: Tensor,
    count: int,
    spec: LossSpec,
) -> Tensor:
    """sum_t scale_t (w_t · clipped_t + kl_coef · k3_t), w the importance correction, which stands
    before the KL term as in TRL. `advantage`, `scale`, `sampler`, `ref` are per token, [C]."""
    old = sampler if spec.old == "sampler" else logp.detach()
    weight = importance_weights(logp, sampler, owner, count, spec)
    loss = weight * clipped_policy(logp, old, advantage, spec)
    if spec.kl_coef:
        loss = loss + spec.kl_coef * k3(logp, ref)
    return (scale * loss).sum()


def cross_entropy(logp: Tensor, *, scale: Tensor) -> Tensor:
    """-sum_t scale_t logp_t: weighted imitation."""
    return -(scale * logp).sum()


def dpo_loss(
    logp: Tensor,
    *,
    ref: Tensor,
    chosen: Tensor,
    rejected: Tensor,
    weight: Tensor,
    owner: Tensor,
    count: int,
    spec: LossSpec,
) -> Tensor:
    """Direct preference optimisation over pairs (arXiv 2305.18290). `chosen`, `rejected` [pairs]
    are datum numbers, `weight` [pairs] counts the pair in the step. With h = beta [(lp_c - ref_c) -
    (lp_r - ref_r)], sums over completion tokens, ref the log-probs stored when the samples were
    drawn (arXiv 2408.07199):

        sigmoid  -log σ(h)
        robust   [-(1-e) log σ(h) + e log σ(-h)] / (1 - 2e), e = label_smoothing (arXiv 2403.00409)

    plus nll_coef · (-lp_c): the winner's negative log-likelihood (arXiv 2404.19733, unnormalised).
    """
    total = logp.new_zeros(count).index_add_(0, owner, logp)
    stored = logp.new_zeros(count).index_add_(0, owner, ref)
    log_ratio = total - stored
    h = spec.beta * (log_ratio[chosen] - log_ratio[rejected])
    loss = -F.logsigmoid(h)
    if spec.variant == "robust":
        e = spec.label_smoothing
        loss = ((1 - e) * loss + e * F.logsigmoid(-h)) / (1 - 2 * e)
    if spec.nll_coef:
        loss = loss - spec.nll_coef * total[chosen]
    return (weight * loss).sum()


@dataclass(frozen=True)
class Batch:
    """The datums of a micro-batch as tensors on the device of their log-probs."""

    datums: Sequence[Datum]
    owner: Tensor
    sampler: Tensor
    has_sampler: bool
    advantage: Tensor
    scale: Tensor
    scales: Sequence[float]

    @staticmethod
    def of(datums: Sequence[Datum], scales: Sequence[float], like: Tensor) -> Batch:
        lengths = torch.tensor([len(d.completion_ids) for d in datums])

        def per_token(values: Sequence[float]) -> Tensor:
            return torch.repeat_interleave(torch.tensor(values, dtype=like.dtype), lengths).to(like.device)

        stored = [x for d in datums for x in d.logprobs or (float("nan"),) * len(d.completion_ids)]
        return Batch(
            datums=datums,
            owner=torch.repeat_interleave(torch.arange(len(datums)), lengths).to(like.device),
            sampler=torch.tensor(stored, dtype=like.dtype, device=like.device),
            has_sampler=all(d.logprobs is not None for d in datums),
            advantage=per_token([d.advantage for d in datums]),
            scale=per_token(scales),
            scales=scales,
        )


def needs_sampler(spec: LossSpec, datum: Datum) -> bool:
    if datum.role in ("chosen", "rejected"):
        return True
    return datum.role == "policy" and (spec.importance_mode != "none" or spec.old == "sampler")


def check(datums: Sequence[Datum], spec: LossSpec) -> None:
    """Refuses datums that the loss cannot use."""
    for i, d in enumerate(datums):
        fits = {"cross_entropy": ("policy", "imitate"), "dpo": ("chosen", "rejected", "imitate")}
        allowed = fits.get(spec.kind, ("policy", "imitate"))
        if d.role not in allowed:
            raise EngineError(
                "bad_datum", f"datum {i}: loss {spec.kind} takes {' and '.join(allowed)}, got role {d.role!r}"
            )
        if spec.kind != "cross_entropy" and needs_sampler(spec, d) and d.logprobs is None:
            raise EngineError("bad_datum", f"datum {i}: the loss needs the sampler's logprobs")


def batch_loss(logp: Tensor, batch: Batch, ref: Tensor | None, spec: LossSpec) -> Tensor:
    """A micro-batch's share of the step's loss: each datum by its role."""
    roles = [d.role for d in batch.datums]
    if spec.kind == "cross_entropy":
        return cross_entropy(logp, scale=batch.scale)
    loss = logp.new_zeros(())

    def tokens_of(role: str) -> Tensor:
        wanted = torch.tensor([r == role for r in roles], device=logp.device)
        return wanted[batch.owner]

    if "policy" in roles:
        here = tokens_of("policy")
        # Without the sampler's log-probs the ratio is 1, which `check` has made sure is enough.
        known = torch.where(torch.isnan(batch.sampler), logp.detach(), batch.sampler)
        loss = loss + policy_loss(
            logp[here],
            sampler=known[here],
            ref=None if ref is None else ref[here],
            advantage=batch.advantage[here],
            scale=batch.scale[here],
            owner=batch.owner[here],
            count=len(roles),
            spec=spec,
        )
    if "imitate" in roles:
        here = tokens_of("imitate")
        loss = loss + cross_entropy(logp[here], scale=batch.scale[here])
    if "chosen" in roles:
        where = {(d.pair, d.role): i for i, d in enumerate(batch.datums)}
        chosen = [i for i, r in enumerate(roles) if r == "chosen"]
        rejected = [where[batch.datums[i].pair, "rejected"] for i in chosen]
        as_index = {"dtype": torch.long, "device": logp.device}
        stored = torch.nan_to_num(batch.sampler)
        loss = loss + dpo_loss(
            logp,
            ref=stored,
            chosen=torch.tensor(chosen, **as_index),
            rejected=torch.tensor(rejected, **as_index),
            weight=logp.new_tensor([batch.scales[i] for i in chosen]),
            owner=batch.owner,
            count=len(roles),
            spec=spec,
        )
    return loss
