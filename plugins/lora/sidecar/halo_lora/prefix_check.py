"""Whether a kind of model that no test knows keeps to the mask and the positions that packed rows give it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from .errors import EngineError
from .trie import Path, pack

if TYPE_CHECKING:
    from .base_model import BaseModel

# Largest difference of a log-probability: rounding in float32, and in bfloat16 over some dozen layers.
LIMITS = {torch.float64: 1e-3, torch.float32: 1e-3, torch.bfloat16: 0.5}


def check_rows(base: BaseModel) -> None:
    """Scores three short sequences of one beginning in a packed row and by the model's own forward, one by one.
    EngineError `unsupported_model` where they differ."""
    rng = np.random.default_rng(0)
    prompt = rng.integers(0, base.vocab, 12)
    sequences = [np.concatenate([prompt, rng.integers(0, base.vocab, size)]) for size in (3, 5, 4)]
    paths = [Path(ids, ids, base.positions(ids, [], []), len(prompt)) for ids in sequences]
    packed = pack(paths, share=base.family.shares_prefix).to(base.device)
    try:
        with torch.no_grad():
            hidden = base.decode(packed, [], packed.bias(base.dtype)).flatten(0, 1)[packed.predicts]
            scores = (hidden @ base.head.T).float()
            scores = scores if base.head_bias is None else scores + base.head_bias.float()
            found = torch.log_softmax(scores / base.parts.divisor, -1)[packed.source, packed.target]
            expected = torch.cat([_own(base, ids, len(prompt)) for ids in sequences])
    except (TypeError, AttributeError, RuntimeError) as cause:
        raise _refused(base, f"it cannot be called: {str(cause).splitlines()[0]}") from cause
    gap = float((found - expected).abs().max())
    if not gap <= LIMITS[base.dtype]:
        raise _refused(base, f"its log-probabilities in packed rows are off by {gap:.3g}")


def _own(base: BaseModel, ids: np.ndarray, prompt: int) -> torch.Tensor:
    row = torch.from_numpy(ids)[None].to(base.device)
    scores = torch.log_softmax(base.model(input_ids=row, use_cache=False).logits[0].float(), -1)
    return scores[prompt - 1 : -1].gather(1, row[0, prompt:, None])[:, 0]


def _refused(base: BaseModel, why: str) -> EngineError:
    return EngineError(
        "unsupported_model",
        f"{base.name}: a model of type {base.config.model_type!r} does not train here: {why}",
        "docs/sidecar.md names the families that train, and how one is added",
    )
