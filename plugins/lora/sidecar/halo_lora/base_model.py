"""A frozen model on one device, used the way its family says.

Written against transformers 5.17 – 5.23: the decoder is called directly with positions and a four-dimensional mask,
which the model's own `forward` would work out for one row per sequence.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from .errors import EngineError
from .family import Family, Picture, family_of
from .prefix_check import check_rows
from .trie import Packed

HINT = "docs/sidecar.md names the families that train, and how one is added"
PEFT_PREFIX = "base_model.model."
# Types that the tests hold against transformers and peft; any other is tried when it is loaded.
TRIED = (
    "qwen3_vl",
    "qwen2_vl",
    "qwen2_5_vl",
    "gemma3",
    "gemma3_text",
    "smolvlm",
    "idefics3",
    "llama",
    "qwen2",
    "qwen3",
)

# A fixed tool call: what a published adapter is probed with.
CANARY_TEXT = (
    '<tool_call>\n{"name": "computer_use", "arguments": '
    '{"action": "left_click", "coordinate": [412, 87]}}\n</tool_call>'
)


class BaseModel:
    def __init__(
        self, model: nn.Module, image_processor: Any = None, *, name: str, tokenizer_file: Path | None = None
    ) -> None:
        self.name = name
        self.model = model.requires_grad_(False).eval()
        self.config = model.config
        self.text = model.config.get_text_config()
        self.family: Family = family_of(model.config)
        self.parts = self.family.parts(model)
        self.image_processor = image_processor
        self.image_id, self.video_id = self.parts.image_id, self.parts.video_id
        self.vocab: int = self.text.vocab_size
        self._tokenizer_file = tokenizer_file
        if self.dtype == torch.float64:
            norms_in_float64(model)

    @property
    def _table(self) -> torch.Tensor:
        return self.parts.decoder.get_input_embeddings().weight

    @property
    def dtype(self) -> torch.dtype:
        return self._table.dtype

    @property
    def device(self) -> torch.device:
        return self._table.device

    @property
    def head(self) -> torch.Tensor:
        """[vocab, H]."""
        return self.parts.head.weight

    @property
    def head_bias(self) -> torch.Tensor | None:
        """[vocab]."""
        return self.parts.head.bias

    def see(self, png: bytes) -> Picture:
        """Runs the vision tower on one screenshot, alone, so that the result depends on it only."""
        from PIL import Image

        if self.family.see is None:
            raise EngineError("bad_datum", f"{self.name} sees no pictures", "leave screenshots out of its prompts")
        try:
            picture = Image.open(io.BytesIO(png)).convert("RGB")
        except Exception as cause:
            raise EngineError("bad_datum", f"a screenshot of {len(png)} bytes is no image: {cause}") from cause
        with torch.no_grad():
            return self.family.see(self, picture)

    def image_starts(self, ids: np.ndarray, pictures: Sequence[Picture], where: str) -> list[int]:
        """First placeholder of each run. Refuses placeholders that the pictures do not explain."""
        pads = np.flatnonzero(ids == self.image_id)
        expected = sum(p.tokens for p in pictures)
        if len(pads) != expected:
            sizes = " + ".join(p.shape for p in pictures) or "no image"
            raise EngineError(
                "image_mismatch",
                f"{where}: the prompt holds {len(pads)} image pads, its images make {expected} tokens ({sizes})",
                "sampler and trainer must see the same pixels and the same preprocessor_config",
            )
        starts, at = [], 0
        for length in (run for p in pictures for run in p.runs):
            run = pads[at : at + length]
            if run[-1] - run[0] != length - 1:
                raise EngineError("image_mismatch", f"{where}: the {length} pads of an image are not in one run")
            starts.append(int(run[0]))
            at += length
        return starts

    def positions(self, ids: np.ndarray, pictures: Sequence[Picture], starts: Sequence[int]) -> np.ndarray:
        """[A, length]."""
        return self.family.positions(ids, pictures, starts)

    def decode(self, packed: Packed, pictures: Sequence[Picture], mask: torch.Tensor) -> torch.Tensor:
        """Hidden states [B, T, H] after the final norm. `pictures` are concatenated in the order
        that the packed rows index them; `mask` is their tree's, [B, 1, T, T]."""
        return self.family.decode(self, packed, pictures, mask)

    def canary_ids(self, size: int = 24) -> list[int]:
        """Text token ids of a fixed tool call; ordinary ids where no tokenizer is at hand."""
        if self._tokenizer_file is not None and self._tokenizer_file.exists():
            from tokenizers import Tokenizer

            ids = Tokenizer.from_file(str(self._tokenizer_file)).encode(CANARY_TEXT).ids
            if len(ids) >= size:
                return ids[:size]
        # The lowest ids of a vocabulary are text in every family; the special ones are told by the config.
        special = {v for k, v in self.config.to_dict().items() if k.endswith("_token_id") and isinstance(v, int)}
        below = min({x for x in special if x > 64} | {self.vocab})
        return [(7 * i + 11) % below for i in range(size)]

    def lora_targets(self) -> Iterator[tuple[str, nn.Module, str]]:
        """Every linear module that LoRA adapts: its name in the model, its parent, its attribute."""
        for name, module in list(self.model.named_modules()):
            if isinstance(module, nn.Linear) and re.fullmatch(self.parts.targets, name):
                parent, _, attribute = name.rpartition(".")
                yield name, self.model.get_submodule(parent), attribute

    def compile_layers(self) -> None:
        """Compiles each decoder layer and vision block for any length."""
        # Layers are one piece of code: with and without adapter, gradient, recomputation.
        torch._dynamo.config.cache_size_limit = 64
        for layer in (*self.parts.layers, *self.parts.blocks):
            layer.compile(dynamic=True)

    def set_checkpointing(self, on: bool) -> None:
        """Recomputes each decoder layer in the backward pass, or does not."""
        from functools import partial

        from torch.utils.checkpoint import checkpoint

        for layer in self.parts.layers:
            layer.gradient_checkpointing = on
            layer._gradient_checkpointing_func = partial(checkpoint, use_reentrant=False)
            # transformers checkpoints in training mode only; what lies within stays in evaluation mode.
            layer.training = on


def load(path: str, dtype: torch.dtype, device: str | torch.device) -> BaseModel:
    """Loads a model directory (or a cached hub name) with transformers."""
    from transformers import AutoConfig
    from transformers.utils import cached_file

    try:
        config = AutoConfig.from_pretrained(path)
        family = family_of(config)
        kind = class_of(config)
        if not kind._supports_sdpa:
            raise EngineError("unsupported_model", f"{path}: {kind.__name__} has no attention that takes a mask", HINT)
        model = kind.from_pretrained(path, dtype=dtype, attn_implementation="sdpa")
        processor = image_processor(path) if family.see else None
        tokenizer = cached_file(path, "tokenizer.json", _raise_exceptions_for_missing_entries=False)
    except (OSError, ValueError) as cause:
        raise EngineError(
            "bad_model",
            f"{path!r} cannot be loaded: {str(cause).strip().splitlines()[0]}",
            "name a model's folder with config.json, weights, tokenizer and preprocessor, or its name on the hub",
        ) from cause
    found = BaseModel(model.to(device), processor, name=path, tokenizer_file=tokenizer and Path(tokenizer))
    if config.model_type not in TRIED:
        check_rows(found)
    return found


def class_of(config: Any) -> Any:
    """The class that holds decoder and head."""
    from transformers import AutoModelForCausalLM, AutoModelForImageTextToText

    for kind in (AutoModelForImageTextToText, AutoModelForCausalLM):
        if type(config) in kind._model_mapping:
            found = kind._model_mapping[type(config)]
            return found[0] if isinstance(found, tuple) else found
    raise EngineError(
        "unsupported_model", f"a model of type {config.model_type!r} generates no text", "name a chat model"
    )


def random_model(
    config: Any, dtype: torch.dtype, device: str | torch.device, *, seed: int = 0, name: str = "random"
) -> BaseModel:
    """A model of this config with random weights, made on the device; for measurements."""
    config._attn_implementation = "sdpa"
    torch.manual_seed(seed)
    before = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        with torch.device(device):
            model = class_of(config)(config)
    finally:
        torch.set_default_dtype(before)
    return BaseModel(model.to(dtype), image_processor(None), name=name)


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
        return AutoImageProcessor.from_pretrained(path, backend="pil")


def norms_in_float64(model: nn.Module) -> None:
    """transformers rounds the input of an RMSNorm to float32, which hides what a float64 check of
    exactness looks for."""

    def forward(norm: nn.Module, x: torch.Tensor) -> torch.Tensor:
        variance = x.pow(2).mean(-1, keepdim=True)
        return norm.weight * (x * torch.rsqrt(variance + norm.variance_epsilon))

    for module in model.modules():
        if re.search("RMSNorm$", type(module).__name__):
            module.forward = forward.__get__(module)
