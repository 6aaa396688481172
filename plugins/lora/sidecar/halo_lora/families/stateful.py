"""Hybrids whose layers carry a state along the row (Qwen3.5, LFM2, Mamba with attention): one row a sequence.

A state cannot branch, so nothing is shared; rows are filled up behind their end, where a causal model looks last.
LoRA adapts their attention and MLP alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch

from ..base_model import BaseModel
from ..family import Family, Picture, embedded
from ..trie import Packed
from . import qwen3_vl, rotary

KINDS = {"full_attention", "sliding_attention", "attention"}
MARKS = ("mamba_d_state", "ssm_state_size", "state_size", "conv_L_cache", "linear_conv_kernel_dim", "lru_width")


def carries_state(config: Any) -> bool:
    """True where a layer is neither full nor windowed attention."""
    return bool(set(getattr(config, "layer_types", None) or ()) - KINDS) or any(hasattr(config, m) for m in MARKS)


def decode(base: BaseModel, packed: Packed, pictures: Sequence[Picture], mask: torch.Tensor) -> torch.Tensor:
    # Positions of text are the row's own.
    placed = {"position_ids": packed.positions} if len(packed.positions) > 1 else {}
    return base.parts.decoder(
        inputs_embeds=embedded(base, packed, pictures),
        attention_mask=torch.ones_like(packed.ids),
        use_cache=False,
        **placed,
    ).last_hidden_state


TEXT = Family(rotary.parts, rotary.positions, decode, shares_prefix=False)
SEEING = Family(qwen3_vl.parts, qwen3_vl.positions, decode, qwen3_vl.see, shares_prefix=False)
