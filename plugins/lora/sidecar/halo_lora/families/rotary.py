"""Every text model of transformers with rotary positions: Llama, Qwen2 and 3, SmolLM, Granite, Phi, Mistral, …"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import nn

from ..base_model import BaseModel
from ..family import Family, Parts, Picture, embedded, targets_of
from ..trie import Packed


def layers_of(decoder: nn.Module) -> Sequence[nn.Module]:
    """Its longest list of modules."""
    return max((m for m in decoder.children() if isinstance(m, nn.ModuleList)), key=len, default=())


def parts(model: nn.Module) -> Parts:
    decoder, config = model.get_decoder(), model.config.get_text_config()
    divisor = getattr(config, "logits_scaling", None) or 1 / (getattr(config, "logit_scale", None) or 1)
    return Parts(
        decoder, layers_of(decoder), model.get_output_embeddings(), targets_of(model, decoder), divisor=divisor
    )


def positions(ids: np.ndarray, pictures: Sequence[Picture], starts: Sequence[int]) -> np.ndarray:
    return np.arange(len(ids))[None]


def decode(base: BaseModel, packed: Packed, pictures: Sequence[Picture], mask: torch.Tensor) -> torch.Tensor:
    """Layers of a sliding window get the tree's mask cut to it."""
    return base.parts.decoder(
        inputs_embeds=embedded(base, packed, pictures),
        position_ids=packed.positions[0],
        attention_mask=windowed(base.text, packed, mask),
        use_cache=False,
    ).last_hidden_state


def windowed(config: Any, packed: Packed, mask: torch.Tensor) -> torch.Tensor | dict[str, torch.Tensor]:
    """The mask as the decoder takes it: alone, or one for each kind of layer."""
    kinds, window = getattr(config, "layer_types", None), getattr(config, "sliding_window", None)
    if window is None or (kinds and "sliding_attention" not in kinds):
        return mask
    depth = packed.positions[0]
    far = depth[:, :, None] - depth[:, None, :] >= window
    near = mask.masked_fill(far[:, None], -torch.inf)
    return {"full_attention": mask, "sliding_attention": near} if kinds else near


FAMILY = Family(parts, positions, decode)
