"""Qwen3-VL: M-RoPE with interleaved axes, and features of the tower's middle added to the first layers (deepstack)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import nn

from ..base_model import BaseModel
from ..family import Family, Parts, Picture, embedded, targets_of
from ..trie import Packed


def parts(model: nn.Module) -> Parts:
    config, language = model.config, model.model.language_model
    return Parts(
        decoder=language,
        layers=language.layers,
        head=model.lm_head,
        targets=targets_of(model, language),
        blocks=model.model.visual.blocks,
        image_id=config.image_token_id,
        video_id=config.video_token_id,
    )


def see(base: BaseModel, picture: Any) -> Picture:
    inputs = base.image_processor(images=[picture], return_tensors="pt").to(base.device)
    found = base.model.model.get_image_features(inputs["pixel_values"], inputs["image_grid_thw"], return_dict=True)
    merge = base.config.vision_config.spatial_merge_size
    _, height, width = (int(x) // merge for x in inputs["image_grid_thw"][0])
    maps = getattr(found, "deepstack_features", None)
    deepstack = None if maps is None else torch.stack([_alone(m).to(base.dtype) for m in maps])
    embeds = _alone(found.pooler_output).to(base.dtype)
    return Picture((height * width,), embeds, grid=(height, width), deepstack=deepstack)


def _alone(found: Any) -> torch.Tensor:
    """Features of the one picture; some versions return one tensor, others one for each picture."""
    return found[0] if isinstance(found, (tuple, list)) else found


def positions(ids: np.ndarray, pictures: Sequence[Picture], starts: Sequence[int]) -> np.ndarray:
    """Text advances all three axes by one; a picture lays out rows and columns from its start, and the next
    text continues after its longer side."""
    out = np.empty((3, len(ids)), np.int64)
    at, position = 0, 0
    for start, (height, width) in zip(starts, (p.grid for p in pictures), strict=True):
        out[:, at:start] = np.arange(start - at) + position
        position += start - at
        at = start + height * width
        out[0, start:at] = position
        out[1, start:at] = position + np.repeat(np.arange(height), width)
        out[2, start:at] = position + np.tile(np.arange(width), height)
        position += max(height, width)
    out[:, at:] = np.arange(len(ids) - at) + position
    return out


def decode(base: BaseModel, packed: Packed, pictures: Sequence[Picture], mask: torch.Tensor) -> torch.Tensor:
    extra: dict[str, Any] = {}
    if len(packed.image_at) and pictures[0].deepstack is not None:
        seen = torch.zeros(packed.ids.shape, dtype=torch.bool, device=packed.ids.device)
        seen.view(-1)[packed.image_at] = True
        deepstack = torch.cat([picture.deepstack for picture in pictures], dim=1)[:, packed.image_row]
        extra = {"visual_pos_masks": seen, "deepstack_visual_embeds": list(deepstack)}
    return base.parts.decoder(
        inputs_embeds=embedded(base, packed, pictures),
        position_ids=packed.positions,
        attention_mask=mask,
        use_cache=False,
        **extra,
    ).last_hidden_state


FAMILY = Family(parts, positions, decode, see)
