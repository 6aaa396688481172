"""Log-probs of chosen tokens from hidden states, without keeping [rows, vocab] in memory."""

from __future__ import annotations

from typing import Any

import torch


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
