"""Gemma 3 with pictures: 256 tokens each, which see each other; most layers look back over a window only.

Its text models are plain rotary ones. The processor's pan-and-scan stays off, as vLLM's default is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import nn

from ..base_model import BaseModel
from ..family import Family, Parts, Picture, targets_of
from ..trie import Packed
from . import rotary


def parts(model: nn.Module) -> Parts:
    language = model.model.language_model
    return Parts(
        decoder=language,
        layers=language.layers,
        head=model.lm_head,
        targets=targets_of(model, language),
        image_id=model.config.image_token_id,
    )


def see(base: BaseModel, picture: Any) -> Picture:
    inputs = base.image_processor(images=[picture], return_tensors="pt", do_pan_and_scan=False)
    pixels = inputs["pixel_values"].to(base.device)
    (embeds,) = base.model.model.get_image_features(pixels, return_dict=True).pooler_output
    return Picture((len(embeds),), embeds.to(base.dtype))


def decode(base: BaseModel, packed: Packed, pictures: Sequence[Picture], mask: torch.Tensor) -> torch.Tensor:
    if len(packed.image_at):
        at, row = packed.image_at, packed.image_row
        # A picture's tokens follow each other in the row, and so do their features.
        opens = torch.ones_like(at)
        opens[1:] = (at.diff() != 1) | (row.diff() != 1)
        number = torch.full(packed.ids.shape, -1, device=at.device)
        number.view(-1)[at] = opens.cumsum(0)
        same = (number[:, :, None] == number[:, None, :]) & (number >= 0)[:, :, None]
        mask = mask.masked_fill(same[:, None], 0)
    return rotary.decode(base, packed, pictures, mask)


FAMILY = Family(parts, rotary.positions, decode, see)
