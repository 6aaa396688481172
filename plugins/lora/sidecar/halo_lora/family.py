"""What a family of models tells the trainer: four functions in a file of `families`, the default is `rotary`.

parts(model)                            where decoder, head and adapted modules are
see(base, picture)                      what the tower makes of a screenshot
positions(ids, pictures, starts)        positions [A, T] of a sequence, A axes
decode(base, packed, pictures, mask)    hidden states [B, T, H] of packed rows
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import nn

from .errors import EngineError
from .trie import Packed

if TYPE_CHECKING:
    from .base_model import BaseModel


@dataclass(frozen=True)
class Picture:
    """A screenshot after the vision tower: n rows of hidden size H, one for each placeholder in the prompt."""

    runs: tuple[int, ...]
    """Placeholders of each unbroken run, in the order of the prompt; they add up to n."""
    embeds: torch.Tensor  # [n, H]
    grid: tuple[int, int] | None = None
    """Rows and columns of its one run, for families whose positions follow them."""
    deepstack: torch.Tensor | None = None  # [K, n, H], added after the first K layers

    @property
    def tokens(self) -> int:
        return sum(self.runs)

    @property
    def bytes(self) -> int:
        return sum(t.numel() * t.element_size() for t in (self.embeds, self.deepstack) if t is not None)

    @property
    def shape(self) -> str:
        """How its tokens lie, for messages."""
        return "·".join(map(str, self.grid)) if self.grid else " + ".join(map(str, self.runs))


@dataclass(frozen=True)
class Parts:
    """Pieces of a transformers model."""

    decoder: nn.Module
    """Embeddings in, hidden states after the last norm out."""
    layers: Sequence[nn.Module]
    head: nn.Module
    targets: str
    """Names of the linear modules that LoRA adapts; a pattern for the whole name."""
    blocks: Sequence[nn.Module] = ()
    """Of the vision tower."""
    image_id: int = -1
    """Placeholder of a part of a picture; -1: the model sees none."""
    video_id: int = -1
    divisor: float = 1.0
    """The head's scores are divided by it."""


@dataclass(frozen=True)
class Family:
    parts: Callable[[nn.Module], Parts]
    positions: Callable[[np.ndarray, Sequence[Picture], Sequence[int]], np.ndarray]
    decode: Callable[[BaseModel, Packed, Sequence[Picture], torch.Tensor], torch.Tensor]
    see: Callable[[BaseModel, Any], Picture] | None = None
    shares_prefix: bool = True
    """False: layers carry a state along the row, which cannot branch; each sequence is a row of its own."""
    tiles: bool = False
    """A picture is several runs of placeholders."""


# Modules within a layer whose linear maps LoRA adapts.
_HOLDERS = re.compile(r"(self_)?attn|(self_)?attention|mlp|feed_forward|ffn")


def targets_of(model: nn.Module, decoder: nn.Module) -> str:
    """Pattern of every linear module in attention and MLP of the decoder's layers, by its name in the model."""
    prefix = next(name for name, module in model.named_modules() if module is decoder)
    found: dict[str, list[str]] = {}
    for name, module in decoder.named_modules():
        match = re.fullmatch(r"(\w+)\.\d+\.(\w+)\.(\w+)", name)
        if match and isinstance(module, nn.Linear) and _HOLDERS.fullmatch(match[2]):
            kinds = found.setdefault(rf"{match[1]}\.\d+\.{match[2]}", [])
            if match[3] not in kinds:
                kinds.append(match[3])
    if not found:
        raise EngineError(
            "unsupported_model",
            f"{type(model).__name__} has no linear map in attention or MLP that LoRA could adapt",
            "docs/sidecar.md names the families that train",
        )
    ways = "|".join(rf"{holder}\.({'|'.join(kinds)})" for holder, kinds in found.items())
    return rf"{re.escape(prefix)}\.({ways})" if prefix else ways


def embedded(base: BaseModel, packed: Packed, pictures: Sequence[Picture]) -> torch.Tensor:
    """Embeddings [B, T, H] with those of pictures in their places."""
    embed = base.parts.decoder.get_input_embeddings()
    if not len(packed.image_at):
        return embed(packed.ids)
    # A placeholder may lie outside the table.
    ids = packed.ids.view(-1).index_fill(0, packed.image_at, 0).view(packed.ids.shape)
    found = embed(ids)
    features = torch.cat([picture.embeds for picture in pictures])[packed.image_row]
    found.view(-1, found.shape[-1])[packed.image_at] = features
    return found


def family_of(config: Any) -> Family:
    """By `model_type`; where that is unknown, by whether layers carry a state."""
    from .families import gemma3, qwen2_5_vl, qwen3_vl, rotary, smolvlm, stateful

    known = {
        "qwen3_vl": qwen3_vl.FAMILY,
        "qwen2_vl": qwen2_5_vl.FAMILY,
        "qwen2_5_vl": qwen2_5_vl.FAMILY,
        "gemma3": gemma3.FAMILY,
        "smolvlm": smolvlm.FAMILY,
        "idefics3": smolvlm.FAMILY,
        "qwen3_5": stateful.SEEING,
    }
    if found := known.get(config.model_type):
        return found
    text = config.get_text_config()
    if text is not config:
        raise EngineError(
            "unsupported_model",
            f"pictures of a model of type {config.model_type!r} are not known to the trainer",
            f"it knows those of {', '.join(known)}, and every text model with rotary positions",
        )
    return stateful.TEXT if stateful.carries_state(text) else rotary.FAMILY
