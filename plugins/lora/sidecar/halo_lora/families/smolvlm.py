"""SmolVLM and Idefics3: a picture is several tiles and the whole, each a run of placeholders with text before it."""

from __future__ import annotations

from typing import Any

from torch import nn

from ..base_model import BaseModel
from ..family import Family, Parts, Picture, targets_of
from . import rotary


def parts(model: nn.Module) -> Parts:
    language = model.model.text_model
    return Parts(
        decoder=language,
        layers=language.layers,
        head=model.lm_head,
        targets=targets_of(model, language),
        blocks=model.model.vision_model.encoder.layers,
        image_id=model.config.image_token_id,
    )


def see(base: BaseModel, picture: Any) -> Picture:
    inputs = base.image_processor(images=[picture], return_tensors="pt").to(base.device)
    found = base.model.model.get_image_features(
        inputs["pixel_values"].to(base.dtype), inputs["pixel_attention_mask"], return_dict=True
    )
    tiles = found.pooler_output
    return Picture((tiles.shape[1],) * len(tiles), tiles.flatten(0, 1).to(base.dtype))


FAMILY = Family(parts, rotary.positions, rotary.decode, see, tiles=True)
