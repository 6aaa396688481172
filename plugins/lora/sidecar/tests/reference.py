"""The same figures without packing: one padded row a completion, stock transformers and peft."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import torch
from cases import images
from PIL import Image

from halo_lora.base_model import class_of, image_processor, norms_in_float64
from halo_lora.datum import Datum
from halo_lora.engine import Engine


def reference_model(path: str, engine: Engine, model_id: str) -> Any:
    """A second copy of the model under peft's own LoRA, with the engine's adapter weights."""
    from peft import LoraConfig, get_peft_model

    adapter = engine._adapter(model_id)
    dtype = engine.model.dtype
    base = class_of(engine.model.config).from_pretrained(path, dtype=dtype)
    if dtype == torch.float64:
        norms_in_float64(base)
    config = adapter.peft_config(path, engine.model.parts.targets)
    keys = ("r", "lora_alpha", "use_rslora", "target_modules")
    model = get_peft_model(base, LoraConfig(**{k: config[k] for k in keys}), autocast_adapter_dtype=False).to(dtype)
    parameters = dict(model.named_parameters())
    with torch.no_grad():
        for name, tensor in adapter.weights.items():
            parameters[peft_name(name)].copy_(tensor)
    return model.eval()


def peft_name(name: str) -> str:
    return "base_model.model." + name.replace(".weight", ".default.weight")


def padded_logprobs(
    model: Any, path: str, datums: Sequence[Datum], *, temperature: float, extra: int = 2
) -> list[torch.Tensor]:
    """Log-probs of each completion, with gradient: one forward of n right-padded rows."""
    length = max(len(d.ids) for d in datums) + extra
    ids = torch.zeros(len(datums), length, dtype=torch.long)
    mask = torch.zeros_like(ids)
    for row, d in enumerate(datums):
        ids[row, : len(d.ids)] = torch.tensor(d.ids)
        mask[row, : len(d.ids)] = 1
    inputs = picture_inputs(model, path, datums, ids=ids, mask=mask)
    hidden = model(input_ids=ids, attention_mask=mask, use_cache=False, **inputs)
    wide = torch.promote_types(hidden.logits.dtype, torch.float32)
    logits = hidden.logits.to(wide) / temperature
    out = []
    for row, d in enumerate(datums):
        start = len(d.prompt_ids)
        given = logits[row, start - 1 : len(d.ids) - 1]
        if d.among is not None:
            held = torch.full_like(given, -torch.inf)
            for at, ids in enumerate(d.among):
                held[at, list(ids)] = 0
            given = given + held
        scores = torch.log_softmax(given, dim=-1)
        out.append(scores.gather(1, torch.tensor(d.completion_ids)[:, None])[:, 0])
    return out


def picture_inputs(
    model: Any, path: str, datums: Sequence[Datum], *, ids: torch.Tensor, mask: torch.Tensor
) -> dict[str, Any]:
    """What the model's own forward takes beside the ids."""
    # A run of pads names its picture once: one of several tiles is named by each.
    named = [[sha for i, sha in enumerate(d.images) if i % RUNS.get(model.config.model_type, 1) == 0] for d in datums]
    shown = [[Image.open(io.BytesIO(images(sha))).convert("RGB") for sha in row] for row in named]
    flat = [picture for row in shown for picture in row]
    if not flat:
        return {}
    processor = image_processor(path)
    kind = ((ids == model.config.image_token_id) & (mask == 1)).int()
    if model.config.model_type in RUNS:
        found = processor(images=shown, return_tensors="pt")
        return {k: found[k] for k in ("pixel_values", "pixel_attention_mask")}
    found = processor(images=flat, return_tensors="pt")
    if model.config.model_type == "gemma3":
        return {"pixel_values": found["pixel_values"], "token_type_ids": kind}
    grid = {"image_grid_thw": found["image_grid_thw"], "mm_token_type_ids": kind}
    return {"pixel_values": found["pixel_values"], **grid}


# Runs of pads that one picture makes, as the tests' processors are set.
RUNS = {"smolvlm": 3, "idefics3": 3}
