"""Log-probs of chosen tokens from hidden states, without keeping [rows, vocab] in memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch

from .trie import Packed


class SelectedLogProbs(torch.autograd.Function):
    """log softmax((h W^T + b) / T)[target] for the frozen head, in chunks of rows.

    The forward keeps one log-sum-exp a row; the backward computes the logits again. With g the
    gradient of the log-probs, s(r) the sum of g over row r and p its probabilities:

        dL/dlogits[r] = (sum_c g_c onehot(target_c) - s(r) p) / T
    """

    @staticmethod
    def forward(
        ctx: Any,
        hidden: torch.Tensor,
        head: torch.Tensor,
        source: torch.Tensor,
        target: torch.Tensor,
        temperature: float,
        chunk: int,
        bias: torch.Tensor | None,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        wide = torch.promote_types(hidden.dtype, torch.float32)
        logprobs = torch.empty(len(target), dtype=wide, device=hidden.device)
        entropy = torch.empty(len(hidden), dtype=wide, device=hidden.device)
        lse = torch.empty(len(hidden), dtype=wide, device=hidden.device)
        for start in range(0, len(hidden), chunk):
            rows = slice(start, min(start + chunk, len(hidden)))
            logits = _logits(hidden[rows], head, bias).to(wide) / temperature
            total = torch.logsumexp(logits, dim=-1)
            here = (source >= rows.start) & (source < rows.stop)
            at = source[here] - rows.start
            logprobs[here] = logits[at, target[here]] - total[at]
            lse[rows] = total
            entropy[rows] = total - (torch.exp(logits - total[:, None]) * logits).sum(-1)
        ctx.save_for_backward(hidden, head, source, target, lse, bias)
        ctx.temperature, ctx.chunk, ctx.wide = temperature, chunk, wide
        ctx.mark_non_differentiable(entropy)
        return logprobs, entropy

    @staticmethod
    def backward(ctx: Any, grad: torch.Tensor, _: torch.Tensor) -> tuple[Any, ...]:
        hidden, head, source, target, lse, bias = ctx.saved_tensors
        out = torch.empty_like(hidden)
        total = torch.zeros(len(hidden), dtype=ctx.wide, device=hidden.device)
        total.index_add_(0, source, grad.to(ctx.wide))
        for start in range(0, len(hidden), ctx.chunk):
            rows = slice(start, min(start + ctx.chunk, len(hidden)))
            logits = _logits(hidden[rows], head, bias).to(ctx.wide) / ctx.temperature
            slope = torch.exp(logits - lse[rows, None]).mul_(-total[rows, None])
            here = (source >= rows.start) & (source < rows.stop)
            slope.index_put_((source[here] - rows.start, target[here]), grad[here].to(ctx.wide), accumulate=True)
            out[rows] = (slope / ctx.temperature).to(hidden.dtype) @ head
        return out, None, None, None, None, None, None


def _logits(hidden: torch.Tensor, head: torch.Tensor, bias: torch.Tensor | None) -> torch.Tensor:
    found = hidden @ head.T
    return found if bias is None else found + bias


def selected_logprobs(
    hidden: torch.Tensor,
    head: torch.Tensor,
    source: torch.Tensor,
    target: torch.Tensor,
    *,
    temperature: float,
    chunk: int = 512,
    bias: torch.Tensor | None = None,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Log-probs [C] of `target` at the rows `source` of `hidden` [R, H], and entropies [R] (nats,
    without gradient). float32 at least, whatever the model's dtype."""
    return SelectedLogProbs.apply(hidden, head, source, target, temperature, chunk, bias)


def completion_logprobs(
    hidden: torch.Tensor, head: torch.Tensor, packed: Packed, *, temperature: float, bias: torch.Tensor | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Log-probs and entropies [C] of a row's completions, each token normalised over what it was chosen among.
    `hidden` [R, H] are the states that predict."""
    source, target = packed.source, packed.target
    if packed.among is None:
        logp, entropy = selected_logprobs(hidden, head, source, target, temperature=temperature, bias=bias)
        return logp, entropy[source]
    held = torch.tensor([ids is not None for ids in packed.among], device=hidden.device)
    choices = [ids for ids in packed.among if ids is not None]
    held_logp, held_entropy = logprobs_among(
        hidden[source[held]], head, target[held], choices, temperature=temperature, bias=bias
    )
    if bool(held.all()):
        return held_logp, held_entropy
    free_logp, free_entropy = selected_logprobs(
        hidden, head, source[~held], target[~held], temperature=temperature, bias=bias
    )
    logp = held_logp.new_zeros(len(target)).index_put((held,), held_logp).index_put((~held,), free_logp)
    entropy = held_entropy.new_zeros(len(target)).index_put((held,), held_entropy)
    return logp, entropy.index_put((~held,), free_entropy[source[~held]])


def logprobs_among(
    hidden: torch.Tensor,
    head: torch.Tensor,
    target: torch.Tensor,
    choices: Sequence[Sequence[int]],
    *,
    temperature: float,
    bias: torch.Tensor | None = None,
) -> tuple[torch.Tensor, torch.Tensor]:
    """log softmax over `choices[c]` alone, [C], of `target[c]` after the state `hidden[c]`; and entropies (nats, no
    gradient). Only the named rows of the head are used. A token that was the only choice has 0, and no gradient."""
    wide = torch.promote_types(hidden.dtype, torch.float32)
    width = max(len(ids) for ids in choices)
    # Short lists are filled with their first id and left out again.
    ids = torch.tensor([[*c, *c[:1] * (width - len(c))] for c in choices], device=hidden.device)
    lengths = torch.tensor([len(c) for c in choices], device=hidden.device)
    absent = torch.arange(width, device=hidden.device)[None, :] >= lengths[:, None]
    logits = torch.einsum("ch,cwh->cw", hidden.to(wide), head[ids].to(wide))
    if bias is not None:
        logits = logits + bias[ids].to(wide)
    logp = torch.log_softmax((logits / temperature).masked_fill(absent, -torch.inf), dim=-1)
    with torch.no_grad():
        entropy = -(torch.exp(logp) * logp.masked_fill(absent, 0)).sum(-1)
    here = ((ids == target[:, None]) & ~absent).int().argmax(dim=-1)
    return logp.gather(1, here[:, None])[:, 0], entropy
