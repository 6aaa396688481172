"""An engine of plain arithmetic behind the real server: protocol tests need no model.

    HALO_LORA_TOKEN=… python fake_engine.py --model fake --root DIR --port 0

`--model slow` takes a tenth of a second for each pass.
"""

from __future__ import annotations

import json
import sys
import time
from argparse import Namespace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from halo_lora.blobs import BlobFolder
from halo_lora.errors import EngineError
from halo_lora.memory import Sizes
from halo_lora.server import parse_arguments, run
from halo_lora.store import sha256_folder

IMAGE_TOKEN = 900
SIZES = Sizes(
    layers=36,
    hidden=4096,
    ffn=12288,
    heads=32,
    kv_heads=8,
    head_dim=128,
    vocab=151_936,
    parameters=8_766_000_000,
    deepstack=3,
)


class FakeEngine:
    """Two weights a model. A token's log-prob is a number of its id, its place, and the first."""

    sizes = SIZES

    def __init__(self, blobs: BlobFolder | None = None, pause_s: float = 0.0) -> None:
        self.blobs = blobs
        self.pause_s = pause_s
        self.models: dict[str, dict[str, Any]] = {}
        self.steps: list[tuple[str, list[float]]] = []

    def create_model(self, model_id: str, rank: int, alpha: float, rslora: bool, seed: int) -> None:
        if rank > 64:
            raise EngineError("bad_option", f"rank: expected at most 64, got {rank}")
        weights = [seed / 1000, alpha / 1000]
        self.models[model_id] = {"weights": weights, "grad": [0.0, 0.0], "step": 0, "accumulated": 0}

    def unload(self, model_id: str) -> None:
        del self.models[model_id]

    def _model(self, model_id: str) -> dict[str, Any]:
        if model_id not in self.models:
            raise EngineError("unknown_model", f"no model {model_id!r}")
        return self.models[model_id]

    def forward(self, model_id: str | None, datums: list[dict[str, Any]], temperature: float) -> list[list[float]]:
        time.sleep(self.pause_s)
        shift = 0.0 if model_id is None else self._model(model_id)["weights"][0]
        for sha in (sha for d in datums for sha in d["images"]):
            try:
                if self.blobs is not None:
                    self.blobs.get(sha)
            except FileNotFoundError as cause:
                raise EngineError("missing_image", f"screenshot {sha} was never uploaded") from cause
        return [
            [-(1 + (7 * t + k) % 13 / 13 + shift) / temperature for k, t in enumerate(d["completion_ids"])]
            for d in datums
        ]

    def forward_backward(
        self, model_id: str, datums: list[dict[str, Any]], loss: dict[str, Any], temperature: float
    ) -> dict[str, Any]:
        if loss["kind"] == "broken":
            raise RuntimeError("a defect")
        logprobs = self.forward(model_id, datums, temperature)
        model = self._model(model_id)
        for d in datums:
            push = d["advantage"] * d["weight"] * (sum(d["completion_ids"]) % 101) / 100
            model["grad"][0] += push
            model["grad"][1] += push * len(d["prompt_ids"]) / 7
        model["accumulated"] += 1
        total = float("nan") if loss["kind"] == "nan" else sum(model["grad"])
        tokens = float(sum(map(len, logprobs)))
        return {
            "logprobs": logprobs,
            "metrics": {
                "loss/total": total,
                "tokens/completion": tokens,
                "batch/examples": float(len(datums)),
                "policy/entropy": 1.0,
            },
        }

    def optim_step(self, model_id: str, adam: dict[str, float]) -> dict[str, float]:
        model = self._model(model_id)
        if not model["accumulated"]:
            raise EngineError("no_gradients", "nothing to step on", "send forward_backward first")
        rate = adam.get("learning_rate", 1.0)
        model["weights"] = [w + rate * g / 3 for w, g in zip(model["weights"], model["grad"], strict=True)]
        model["grad"], model["accumulated"] = [0.0, 0.0], 0
        model["step"] += 1
        self.steps.append((model_id, model["weights"]))
        return {"optim/step": float(model["step"])}

    def save_state(self, model_id: str, folder: Path) -> dict[str, Any]:
        model = self._model(model_id)
        if model["accumulated"]:
            raise EngineError("pending_gradients", "gradients that no optim_step has used")
        folder.mkdir()
        (folder / "state.json").write_text(json.dumps(model))
        return {"step": model["step"]}

    def load_state(self, model_id: str, folder: Path) -> dict[str, Any]:
        self.models[model_id] = json.loads((folder / "state.json").read_text())
        return {"step": self.models[model_id]["step"]}

    def publish(
        self, model_id: str, folder: Path, version: int, base: str | None, canaries: Path | None = None
    ) -> dict[str, Any]:
        model = self._model(model_id)
        folder.mkdir()
        (folder / "adapter_config.json").write_text(json.dumps({"base": base}))
        (folder / "adapter_model.safetensors").write_text(json.dumps(model["weights"]))
        manifest = {
            "schema": "halo.adapter/1",
            "version": version,
            "base": base,
            "location": str(folder),
            "sha256": sha256_folder(folder),
            "dtype": "float32",
        }
        (folder / "halo.json").write_text(json.dumps(manifest))
        return manifest

    def info(self) -> dict[str, Any]:
        return {
            "dtype": "float32",
            "device": "cpu",
            "processes": 1,
            "losses": ["dr_grpo"],
            "family": "fake",
            "image_token_id": IMAGE_TOKEN,
            "image_tiles": False,
            "vocab": 1000,
        }


def load(o: Namespace, blobs: BlobFolder) -> FakeEngine:
    return FakeEngine(blobs, 0.1 if o.model == "slow" else 0.0)


if __name__ == "__main__":
    run(parse_arguments(), load)
