"""What transformers and peft say, for the tests against a real vLLM.

python reference.py adapters MODEL OUT COUNT   OUT/v1 … OUT/vCOUNT, and broken ones beside them
python reference.py score MODEL FILE           log-probabilities of the samples in FILE, as JSON
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from PIL import Image
from safetensors.torch import load_file, save_file
from transformers import AutoImageProcessor, Qwen3VLForConditionalGeneration

LAYERS = r"model\.language_model\.layers\.\d+\.(self_attn\.[qkvo]_proj|mlp\.(gate|up|down)_proj)"
FILES = ("adapter_config.json", "adapter_model.safetensors")
CANARY = [11 * i % 300 for i in range(3, 27)]


def load_base(model: str) -> Any:
    return Qwen3VLForConditionalGeneration.from_pretrained(model, dtype=torch.float32).eval()


@torch.no_grad()
def logprobs(
    model: Any, ids: list[int], *, temperature: float = 1.0, among: list[list[int]] | None = None, **inputs: Any
) -> list[float]:
    """Of every id but the first; `among` holds what each of the last ones was chosen among."""
    logits = model(input_ids=torch.tensor([ids]), use_cache=False, **inputs).logits[0, :-1].double()
    for at, choice in enumerate(among or [], start=len(logits) - len(among or [])):
        others = torch.ones(logits.shape[1], dtype=torch.bool)
        others[choice] = False
        logits[at, others] = -torch.inf
    scaled = torch.log_softmax(logits / temperature, dim=-1)
    return scaled.gather(1, torch.tensor(ids[1:])[:, None])[:, 0].tolist()


def write_manifest(folder: Path, version: int, canary: dict[str, list[float]]) -> None:
    digest = hashlib.sha256(b"".join((folder / name).read_bytes() for name in FILES)).hexdigest()
    manifest = {
        "schema": "halo.adapter/1",
        "version": version,
        "base": "tiny",
        "location": str(folder),
        "sha256": digest,
        "rank": 8,
        "alpha": 16,
        "dtype": "float32",
        "canary": canary,
    }
    (folder / "halo.json").write_text(json.dumps(manifest))


def rename_keys(source: Path, target: Path, old: str, new: str) -> None:
    """The same adapter under other tensor names; vLLM loads it and applies nothing."""
    target.mkdir()
    tensors = load_file(source / FILES[1])
    renamed = {key.replace(old, new): value for key, value in tensors.items()}
    assert not renamed.keys() & tensors.keys()
    save_file(renamed, target / FILES[1], metadata={"format": "pt"})
    (target / FILES[0]).write_bytes((source / FILES[0]).read_bytes())


def make_adapters(model: str, out: Path, count: int) -> None:
    base = load_base(model)
    plain = logprobs(base, CANARY)
    config = LoraConfig(r=8, lora_alpha=16, target_modules=LAYERS, lora_dropout=0.0)
    tuned = get_peft_model(base, config)
    tuned.eval()
    for version in range(1, count + 1):
        generator = torch.Generator().manual_seed(version)
        for name, weight in sorted(tuned.named_parameters()):
            if "lora_" in name:
                noise = torch.randn(weight.shape, generator=generator)
                weight.data = noise * (0.2 if "lora_B" in name else weight.shape[1] ** -0.5)
        folder = out / f"v{version}"
        tuned.save_pretrained(folder)
        scored = {"ids": CANARY, "logprobs": logprobs(tuned, CANARY), "base_logprobs": plain}
        write_manifest(folder, version, scored)
    # The last one's content under names that vLLM takes and drops, with the manifest of the real one.
    prefix = "base_model.model.model."
    rename_keys(folder, out / "prefix", f"{prefix}language_model.layers", f"{prefix}layers")
    rename_keys(folder, out / "dropped", "layers.", "layers.7")
    for name in ("prefix", "dropped"):
        write_manifest(out / name, count, scored)


def score(model: str, file: str) -> list[dict[str, Any]]:
    """Per record its log-probabilities under its own adapter."""
    records = json.loads(Path(file).read_text())
    processor = AutoImageProcessor.from_pretrained(model)
    base = load_base(model)
    tuned: Any = None
    for folder in sorted({r["adapter"] for r in records if r["adapter"]}):
        name = Path(folder).name
        if tuned is None:
            tuned = PeftModel.from_pretrained(base, folder, adapter_name=name).eval()
        else:
            tuned.load_adapter(folder, adapter_name=name)
    scored = []
    for r in records:
        images = [Image.open(io.BytesIO(Path(p).read_bytes())).convert("RGB") for p in r["images"]]
        ids = r["prompt"] + r["completion"]
        pad = base.config.image_token_id
        inputs = {"temperature": r["temperature"], "among": r.get("among")}
        if images:
            pixels = processor(images=images, return_tensors="pt")
            inputs |= {
                "pixel_values": pixels["pixel_values"],
                "image_grid_thw": pixels["image_grid_thw"],
                "mm_token_type_ids": torch.tensor([[int(i == pad) for i in ids]]),
            }
        start = len(r["prompt"]) - 1
        if r["adapter"] is None:
            if tuned is None:
                scored.append(logprobs(base, ids, **inputs)[start:])
            else:
                with tuned.disable_adapter():
                    scored.append(logprobs(tuned, ids, **inputs)[start:])
        else:
            tuned.set_adapter(Path(r["adapter"]).name)
            scored.append(logprobs(tuned, ids, **inputs)[start:])
    return scored


if __name__ == "__main__":
    torch.set_num_threads(1)
    if sys.argv[1] == "adapters":
        make_adapters(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
    else:
        print(json.dumps(score(sys.argv[2], sys.argv[3])))
