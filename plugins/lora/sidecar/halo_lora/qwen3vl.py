"""Everything that knows Qwen3-VL: loading, image tokens, positions, the decoder call, LoRA targets.

Written against transformers 5.17 – 5.23: the language model is called directly with positions, a
four-dimensional mask and deepstack features, which `Qwen3VLModel.forward` would otherwise work out
for one row per sequence.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

import numpy as np
import torch
from torch import nn

from .errors import EngineError
from .trie import Packed

SUPPORTED = ("qwen3_vl",)
PROJECTIONS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
# What stock PEFT needs to find the same modules; the vision tower uses other names.
TARGET_MODULES = (
    r"model\.language_model\.layers\.\d+\."
    r"(self_attn\.[qkvo]_proj|mlp\.(gate|up|down)_proj)"
)
PEFT_PREFIX = "base_model.model."

# A fixed tool call: what a published adapter is probed with.
CANARY_TEXT = (
    '<tool_call>\n{"name": "computer_use", "arguments": '
    '{"action": "left_click", "coordinate": [412, 87]}}\n</tool_call>'
)


@dataclass(frozen=True)
class ImageFeatures:
    """A screenshot after the vision tower. n tokens of hidden size H, K deepstack maps."""

    grid: tuple[int, int]
    """Height and width in image tokens; n = height · width."""
    embeds: torch.Tensor  # [n, H]
    deepstack: torch.Tensor  # [K, n, H]

    @property
    def tokens(self) -> int:
        return self.grid[0] * self.grid[1]

    @property
    def bytes(self) -> int:
        return sum(t.numel() * t.element_size() for t in (self.embeds, self.deepstack))


def check_family(config: dict[str, Any], where: str) -> None:
    """Refuses any model that is not Qwen3-VL, by the names in its config.json."""
    family = config.get("model_type")
    if family not in SUPPORTED:
        raise EngineError(
            "unsupported_model",
            f"{where}: expected a model of type {' or '.join(SUPPORTED)}, got {family!r}",
            "the trainer knows Qwen3-VL (dense) only; use Qwen/Qwen3-VL-2B, 4B or 8B-Instruct",
        )


class Qwen3VL:
    """A frozen Qwen3-VL on one device."""

    def __init__(
        self, model: nn.Module, image_processor: Any, *, name: str, tokenizer_file: FilePath | None = None
    ) -> None:
        check_family(model.config.to_dict(), name)
        self.name = name
        self.model = model.requires_grad_(False).eval()
        self.config = model.config
        self.text = model.config.text_config
        self.visual = model.model.visual
        self.language = model.model.language_model
        self.image_processor = image_processor
        self.image_id: int = self.config.image_token_id
        self.video_id: int = self.config.video_token_id
        self.vocab: int = self.text.vocab_size
        self._tokenizer_file = tokenizer_file
        if self.dtype == torch.float64:
            _norms_in_float64(model)

    @property
    def dtype(self) -> torch.dtype:
        return self.language.embed_tokens.weight.dtype

    @property
    def device(self) -> torch.device:
        return self.language.embed_tokens.weight.device

    @property
    def head(self) -> torch.Tensor:
        """[vocab, H]."""
        return self.model.lm_head.weight

    # ---- images

    def see(self, png: bytes) -> ImageFeatures:
        """Runs the vision tower on one screenshot, alone, so that the result depends on it only."""
        from PIL import Image

        try:
            picture = Image.open(io.BytesIO(png)).convert("RGB")
        except Exception as cause:
            raise EngineError("bad_datum", f"a screenshot of {len(png)} bytes is no image: {cause}") from cause
        inputs = self.image_processor(images=[picture], return_tensors="pt")
        grid = inputs["image_grid_thw"].to(self.device)
        pixels = inputs["pixel_values"].to(self.device)
        with torch.no_grad():
            found = self.model.model.get_image_features(pixels, grid, return_dict=True)
        embeds, deepstack = _split_vision_output(found)
        merge = self.config.vision_config.spatial_merge_size
        _, height, width = (int(x) for x in grid[0])
        return ImageFeatures(
            grid=(height // merge, width // merge), embeds=embeds.to(self.dtype), deepstack=deepstack.to(self.dtype)
        )

    def image_tokens(self, width: int, height: int) -> int:
        """Tokens of a picture of this size, by the processor's own resize rule."""
        merge = self.config.vision_config.spatial_merge_size
        patches = self.image_processor.get_number_of_image_patches(height, width, {})
        return int(patches) // merge**2

    # ---- tokens

    def image_starts(self, ids: np.ndarray, grids: Sequence[tuple[int, int]], where: str) -> list[int]:
        """First pad of each image. Refuses a pad count that the images do not explain."""
        pads = np.flatnonzero(ids == self.image_id)
        expected = sum(h * w for h, w in grids)
        if len(pads) != expected:
            sizes = " + ".join(f"{h}·{w}" for h, w in grids) or "no image"
            raise EngineError(
                "image_mismatch",
                f"{where}: the prompt holds {len(pads)} image pads, its images make {expected} tokens ({sizes})",
                "sampler and trainer must see the same pixels and the same preprocessor_config",
            )
        starts, at = [], 0
        for height, width in grids:
            run = pads[at : at + height * width]
            if run[-1] - run[0] != len(run) - 1:
                raise EngineError("image_mismatch", f"{where}: the {len(run)} pads of an image are not in one run")
            starts.append(int(run[0]))
            at += len(run)
        return starts

    def positions(self, ids: np.ndarray, grids: Sequence[tuple[int, int]], starts: Sequence[int]) -> np.ndarray:
        """M-RoPE positions [3, length]: text advances all axes by one; an image lays out rows and
        columns from its start, and the next text continues after its longer side."""
        out = np.empty((3, len(ids)), np.int64)
        at, position = 0, 0
        for start, (height, width) in zip(starts, grids, strict=True):
            out[:, at:start] = np.arange(start - at) + position
            position += start - at
            at = start + height * width
            out[0, start:at] = position
            out[1, start:at] = position + np.repeat(np.arange(height), width)
            out[2, start:at] = position + np.tile(np.arange(width), height)
            position += max(height, width)
        out[:, at:] = np.arange(len(ids) - at) + position
        return out

    def canary_ids(self, size: int = 24) -> list[int]:
        """Text token ids of a fixed tool call; ordinary ids where no tokenizer is at hand."""
        if self._tokenizer_file is not None and self._tokenizer_file.exists():
            from tokenizers import Tokenizer

            ids = Tokenizer.from_file(str(self._tokenizer_file)).encode(CANARY_TEXT).ids
            if len(ids) >= size:
                return ids[:size]
        special = (self.image_id, self.video_id, self.config.vision_start_token_id, self.config.vision_end_token_id)
        return [(7 * i + 11) % min(special) for i in range(size)]

    # ---- decoder

    def decode(self, packed: Packed, images: Sequence[ImageFeatures], mask: torch.Tensor) -> torch.Tensor:
        """Hidden states [B, T, H] after the final norm. `images` are concatenated in the order
        that the packed rows index them; `mask` is their tree's, [B, 1, T, T]."""
        embeds = self.language.embed_tokens(packed.ids)
        extra: dict[str, Any] = {}
        if len(packed.image_at):
            rows = packed.image_row
            seen = torch.zeros(packed.ids.shape, dtype=torch.bool, device=embeds.device)
            seen.view(-1)[packed.image_at] = True
            features = torch.cat([image.embeds for image in images])[rows]
            embeds.view(-1, embeds.shape[-1])[packed.image_at] = features
            deepstack = torch.cat([image.deepstack for image in images], dim=1)[:, rows]
            extra = {"visual_pos_masks": seen, "deepstack_visual_embeds": list(deepstack)}
        return self.language(
            inputs_embeds=embeds, position_ids=packed.positions, attention_mask=mask, use_cache=False, **extra
        ).last_hidden_state

    def lora_targets(self) -> Iterator[tuple[str, nn.Module, str]]:
        """Every projection that LoRA adapts: its name in the model, its parent, its attribute."""
        for index, layer in enumerate(self.language.layers):
            for part, parent in (("self_attn", layer.self_attn), ("mlp", layer.mlp)):
                for attribute in PROJECTIONS:
                    if hasattr(parent, attribute):
                        name = f"model.language_model.layers.{index}.{part}.{attribute}"
                        yield name, parent, attribute

    def compile_layers(self) -> None:
        """Compiles each decoder layer and vision block for any length."""
        # Layers are one piece of code: with and without adapter, gradient, recomputation.
        torch._dynamo.config.cache_size_limit = 64
        for layer in self.language.layers:
            layer.compile(dynamic=True)
        for block in self.visual.blocks:
            block.compile(dynamic=True)

    def set_checkpointing(self, on: bool) -> None:
        """Recomputes each decoder layer in the backward pass, or does not."""
        from functools import partial

        from torch.utils.checkpoint import checkpoint

        for layer in self.language.layers:
            layer.gradient_checkpointing = on
            layer._gradient_checkpointing_func = partial(checkpoint, use_reentrant=False)
            # transformers checkpoints in training mode only; the model has no dropout.
            layer.training = on


def load(path: str, dtype: torch.dtype, device: str | torch.device) -> Qwen3VL:
    """Loads a model directory (or a cached hub name) with transformers."""
    from transformers import AutoConfig, Qwen3VLForConditionalGeneration

    file = FilePath(path) / "config.json"
    try:
        config = json.loads(file.read_text()) if file.exists() else AutoConfig.from_pretrained(path).to_dict()
        check_family(config, path)
        model = Qwen3VLForConditionalGeneration.from_pretrained(path, dtype=dtype, attn_implementation="sdpa")
        processor = image_processor(path)
    except (OSError, ValueError) as cause:
        raise EngineError(
            "bad_model",
            f"{path!r} cannot be loaded: {str(cause).strip().splitlines()[0]}",
            "name the folder of a Qwen3-VL with config.json, weights and preprocessor, or its name on the hub",
        ) from cause
    return Qwen3VL(model.to(device), processor, name=path, tokenizer_file=FilePath(path) / "tokenizer.json")


def random_model(
    config: Any, dtype: torch.dtype, device: str | torch.device, *, seed: int = 0, name: str = "random"
) -> Qwen3VL:
    """A model of this config with random weights, made on the device; for measurements."""
    from transformers import Qwen3VLForConditionalGeneration

    config._attn_implementation = "sdpa"
    torch.manual_seed(seed)
    before = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        with torch.device(device):
            model = Qwen3VLForConditionalGeneration(config)
    finally:
        torch.set_default_dtype(before)
    return Qwen3VL(model.to(dtype), image_processor(None), name=name)


def image_processor(path: str | None) -> Any:
    """The directory's own image processor; Qwen3-VL's published settings without a directory."""
    from transformers import AutoImageProcessor
    from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil

    if path is None:
        return Qwen2VLImageProcessorPil(
            patch_size=16,
            merge_size=2,
            temporal_patch_size=2,
            image_mean=[0.5] * 3,
            image_std=[0.5] * 3,
            size={"shortest_edge": 65536, "longest_edge": 16777216},
        )
    try:
        return AutoImageProcessor.from_pretrained(path)
    except ImportError:
        # Without torchvision; differs from it by the last bit of a resize.
        return Qwen2VLImageProcessorPil.from_pretrained(path)


def config_8b() -> Any:
    """Qwen3-VL-8B's sizes; the class defaults of transformers are other ones."""
    from transformers import Qwen3VLConfig

    return Qwen3VLConfig(
        tie_word_embeddings=False,
        text_config={
            "vocab_size": 151936,
            "hidden_size": 4096,
            "intermediate_size": 12288,
            "num_hidden_layers": 36,
            "num_attention_heads": 32,
            "num_key_value_heads": 8,
            "head_dim": 128,
            "max_position_embeddings": 262144,
            "rms_norm_eps": 1e-6,
            "rope_parameters": {
                "rope_type": "default",
                "rope_theta": 5_000_000.0,
                "mrope_section": [24, 20, 20],
                "mrope_interleaved": True,
            },
        },
        vision_config={
            "depth": 27,
            "hidden_size": 1152,
            "intermediate_size": 4304,
            "num_heads": 16,
            "patch_size": 16,
            "spatial_merge_size": 2,
            "temporal_patch_size": 2,
            "out_hidden_size": 4096,
            "num_position_embeddings": 2304,
            "deepstack_visual_indexes": [8, 16, 24],
        },
    )


def _split_vision_output(found: Any) -> tuple[torch.Tensor, torch.Tensor]:
    """Embeds [n, H] and deepstack [K, n, H] of one image, in either form that versions return."""
    if isinstance(found, tuple):
        embeds, deepstack = found[0], found[1]
    else:
        embeds, deepstack = found.pooler_output, found.deepstack_features
    one = embeds[0] if isinstance(embeds, (tuple, list)) else embeds
    maps = [m[0] if isinstance(m, (tuple, list)) else m for m in deepstack]
    return one, torch.stack(maps)


def _norms_in_float64(model: nn.Module) -> None:
    """transformers rounds the input of an RMSNorm to float32, which hides what a float64 check of
    exactness looks for."""

    def forward(norm: nn.Module, x: torch.Tensor) -> torch.Tensor:
        variance = x.pow(2).mean(-1, keepdim=True)
        return norm.weight * (x * torch.rsqrt(variance + norm.variance_epsilon))

    for module in model.modules():
        if re.search("RMSNorm$", type(module).__name__):
            module.forward = forward.__get__(module)
