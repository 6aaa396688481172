"""LoRA on the language model: compute slots in the model's dtype, masters and Adam in float32.

One set of slots sits in the model; an adapter is copied into it before it is used. So several
adapters share one base and one compiled graph, and a micro-batch's gradients enter the
float32 sum only once its backward pass is whole.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional as F

from .base_model import PEFT_PREFIX, BaseModel
from .errors import EngineError

STATE_SCHEMA = "halo.lora-state/1"


@dataclass(frozen=True)
class LoraSpec:
    rank: int = 16
    alpha: float = 32.0
    rslora: bool = False
    seed: int = 0

    @property
    def scaling(self) -> float:
        """alpha / r; rsLoRA (arXiv 2312.03732): alpha / sqrt(r)."""
        return self.alpha / (math.sqrt(self.rank) if self.rslora else self.rank)


@dataclass(frozen=True)
class AdamSpec:
    """AdamW with decoupled weight decay; the defaults are Tinker's."""

    learning_rate: float = 1e-4
    beta1: float = 0.9
    beta2: float = 0.95
    eps: float = 1e-12
    weight_decay: float = 0.0
    grad_clip_norm: float = 0.0
    """Largest L2 norm of the whole gradient; 0: unbounded."""


def parse_adam(value: Mapping[str, Any]) -> AdamSpec:
    if unknown := sorted(set(value) - set(AdamSpec.__dataclass_fields__)):
        raise EngineError("bad_option", f"unknown field {unknown[0]!r} of adam")
    spec = AdamSpec(**{k: float(v) for k, v in value.items()})
    if not all(math.isfinite(x) and x >= 0 for x in asdict(spec).values()):
        raise EngineError("bad_option", f"adam: expected finite numbers ≥ 0, got {asdict(spec)}")
    return spec


class LoraLinear(nn.Module):
    """y = W x + B A x · scaling, W frozen (arXiv 2106.09685)."""

    def __init__(self, base: nn.Linear) -> None:
        super().__init__()
        self.base = base
        self.lora_a: nn.Parameter | None = None
        self.lora_b: nn.Parameter | None = None
        self.scaling = 1.0
        self.enabled = False

    def forward(self, x: Tensor) -> Tensor:
        y = self.base(x)
        if not self.enabled:
            return y
        return y + F.linear(F.linear(x, self.lora_a) * self.scaling, self.lora_b)


class Slots:
    """The LoRA modules of one model, filled with one adapter at a time."""

    def __init__(self, model: BaseModel) -> None:
        self.modules: dict[str, LoraLinear] = {}
        for name, parent, attribute in model.lora_targets():
            module = LoraLinear(getattr(parent, attribute))
            setattr(parent, attribute, module)
            self.modules[name] = module
        self.shapes: dict[str, tuple[int, int]] = {
            name: (m.base.out_features, m.base.in_features) for name, m in self.modules.items()
        }
        self._dtype, self._device = model.dtype, model.device
        self.rank = 0

    def enable(self, on: bool) -> None:
        for module in self.modules.values():
            module.enabled = on

    def fill(self, adapter: Adapter) -> None:
        """Copies an adapter's masters in, rounded to the model's dtype, and enables it."""
        if adapter.spec.rank != self.rank:
            self.rank = adapter.spec.rank
            for name, module in self.modules.items():
                out, inner = self.shapes[name]
                kind = {"dtype": self._dtype, "device": self._device}
                module.lora_a = nn.Parameter(torch.empty(self.rank, inner, **kind))
                module.lora_b = nn.Parameter(torch.empty(out, self.rank, **kind))
        with torch.no_grad():
            for name, module in self.modules.items():
                module.scaling = adapter.spec.scaling
                module.lora_a.copy_(adapter.weights[f"{name}.lora_A.weight"])
                module.lora_b.copy_(adapter.weights[f"{name}.lora_B.weight"])
        self.enable(True)

    def parameters(self) -> dict[str, nn.Parameter]:
        found = {}
        for name, module in self.modules.items():
            found[f"{name}.lora_A.weight"] = module.lora_a
            found[f"{name}.lora_B.weight"] = module.lora_b
        return found

    def drop_gradients(self) -> None:
        for module in self.modules.values():
            for parameter in (module.lora_a, module.lora_b):
                if parameter is not None:
                    parameter.grad = None


class Adapter:
    """Masters, gradient sum and moments of one adapter, each one flat tensor with named views."""

    def __init__(
        self, spec: LoraSpec, shapes: Mapping[str, tuple[int, int]], *, dtype: torch.dtype, device: torch.device
    ) -> None:
        if spec.rank < 1:
            raise EngineError("bad_option", f"rank: expected at least 1, got {spec.rank}")
        self.spec = spec
        self.layout: dict[str, tuple[int, int]] = {}
        for name, (out, inner) in shapes.items():
            self.layout[f"{name}.lora_A.weight"] = (spec.rank, inner)
            self.layout[f"{name}.lora_B.weight"] = (out, spec.rank)
        size = sum(a * b for a, b in self.layout.values())
        kind = {"dtype": torch.promote_types(dtype, torch.float32), "device": device}
        self.flat = torch.zeros(size, **kind)
        self.grad = torch.zeros(size, **kind)
        self.exp_avg = torch.zeros(size, **kind)
        self.exp_avg_sq = torch.zeros(size, **kind)
        self.weights, self.grads = self._views(self.flat), self._views(self.grad)
        self.step = 0
        self.accumulated = 0
        """forward_backward calls since the last step."""
        self.rng = torch.Generator().manual_seed(spec.seed)
        self._initialise()

    def _views(self, flat: Tensor) -> dict[str, Tensor]:
        views, at = {}, 0
        for name, (rows, columns) in self.layout.items():
            views[name] = flat[at : at + rows * columns].view(rows, columns)
            at += rows * columns
        return views

    def _initialise(self) -> None:
        """A uniform in ±1/sqrt(in), B zero: PEFT's own start, so the adapter begins as nothing."""
        for name, view in self.weights.items():
            if name.endswith("lora_A.weight"):
                bound = 1 / math.sqrt(view.shape[1])
                drawn = torch.rand(view.shape, generator=self.rng, dtype=torch.float32)
                view.copy_((2 * drawn - 1) * bound)

    def accumulate(self, slots: Slots) -> None:
        """Adds a whole micro-batch's gradients to the float32 sum."""
        for name, parameter in slots.parameters().items():
            if parameter.grad is not None:
                self.grads[name].add_(parameter.grad)
        slots.drop_gradients()

    def optim_step(self, adam: AdamSpec) -> dict[str, float]:
        """One AdamW step (arXiv 1711.05101) on the summed gradient, which is then cleared.

        m = b1 m + (1-b1) g,  v = b2 v + (1-b2) g²
        w = (1 - lr wd) w - lr (m / (1-b1^t)) / (sqrt(v / (1-b2^t)) + eps)
        """
        grad = self.grad
        norm = float(torch.linalg.vector_norm(grad, dtype=torch.float64))
        if not math.isfinite(norm):
            grad.zero_()
            self.accumulated = 0
            raise EngineError(
                "non_finite",
                f"the gradient's norm is {norm}; no step was taken",
                "look at loss metrics of this batch; the weights are as before",
            )
        if adam.grad_clip_norm > 0 and norm > adam.grad_clip_norm:
            grad.mul_(adam.grad_clip_norm / norm)
        self.step += 1
        before = self.flat.clone()
        self.exp_avg.lerp_(grad, 1 - adam.beta1)
        self.exp_avg_sq.mul_(adam.beta2).addcmul_(grad, grad, value=1 - adam.beta2)
        correction1 = 1 - adam.beta1**self.step
        correction2 = 1 - adam.beta2**self.step
        self.flat.mul_(1 - adam.learning_rate * adam.weight_decay)
        scale = (self.exp_avg_sq / correction2).sqrt_().add_(adam.eps)
        self.flat.addcdiv_(self.exp_avg, scale, value=-adam.learning_rate / correction1)
        grad.zero_()
        self.accumulated = 0

        def length(x: Tensor) -> float:
            return float(torch.linalg.vector_norm(x, dtype=torch.float64))

        return {
            "grad/norm": norm,
            "update/l2": length(before.sub_(self.flat)),
            "weights/l2": length(self.flat),
            "optim/learning_rate": adam.learning_rate,
            "optim/step": float(self.step),
        }

    # ---- state

    def state(self) -> tuple[dict[str, Tensor], dict[str, Any]]:
        tensors = {"weights": self.flat, "exp_avg": self.exp_avg, "exp_avg_sq": self.exp_avg_sq}
        kept = {k: v.detach().cpu().contiguous() for k, v in tensors.items()}
        kept["rng"] = self.rng.get_state()
        return kept, {
            "schema": STATE_SCHEMA,
            "lora": asdict(self.spec),
            "step": self.step,
            "layout": [[name, list(shape)] for name, shape in self.layout.items()],
        }

    def load_state(self, tensors: Mapping[str, Tensor], about: Mapping[str, Any]) -> None:
        if about.get("schema") != STATE_SCHEMA:
            raise EngineError("bad_state", f"expected schema {STATE_SCHEMA}, got {about.get('schema')!r}")
        layout = [[name, list(shape)] for name, shape in self.layout.items()]
        if about["layout"] != layout:
            raise EngineError(
                "bad_state",
                "the state's tensors are of another model or rank: "
                f"expected {len(layout)} of rank {self.spec.rank}, got "
                f"{len(about['layout'])} of rank {about['lora']['rank']}",
            )
        self.flat.copy_(tensors["weights"])
        self.exp_avg.copy_(tensors["exp_avg"])
        self.exp_avg_sq.copy_(tensors["exp_avg_sq"])
        self.rng.set_state(tensors["rng"])
        self.step = int(about["step"])
        self.grad.zero_()
        self.accumulated = 0

    def peft_tensors(self, dtype: torch.dtype) -> dict[str, Tensor]:
        return {PEFT_PREFIX + name: view.detach().to(dtype).cpu().contiguous() for name, view in self.weights.items()}

    def peft_config(self, base: str, targets: str) -> dict[str, Any]:
        """adapter_config.json as stock PEFT and vLLM read it."""
        spec = self.spec
        return {
            "peft_type": "LORA",
            "base_model_name_or_path": base,
            "task_type": None,
            "inference_mode": True,
            "r": spec.rank,
            "lora_alpha": spec.alpha,
            "use_rslora": spec.rslora,
            "target_modules": targets,
            "lora_dropout": 0.0,
            "bias": "none",
            "fan_in_fan_out": False,
            "modules_to_save": None,
            "use_dora": False,
            "init_lora_weights": True,
        }


# ---- folders

ADAPTER_FILES = ("adapter_config.json", "adapter_model.safetensors")


def write_folder(
    folder: str | Path,
    files: Mapping[str, bytes | Mapping[str, Tensor]],
    *,
    replace: bool,
    finish: Callable[[Path], None] | None = None,
) -> Path:
    """Writes a folder whole or not at all: beside its place, flushed to disk, then renamed.
    An existing one is replaced or refused (`folder_exists`). `finish` may add files."""
    out = Path(folder)
    if out.exists() and not replace:
        raise EngineError("folder_exists", f"{out} exists already; a version is written once")
    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        temporary.chmod(0o755)
        for name, content in files.items():
            path = temporary / name
            if isinstance(content, bytes):
                path.write_bytes(content)
            else:
                save_file(dict(content), path, metadata={"format": "pt"})
        if finish is not None:
            finish(temporary)
        for path in temporary.iterdir():
            path.chmod(0o644)
            _flush(path)
        _flush(temporary)
        if out.exists():
            old = Path(tempfile.mkdtemp(prefix=f".{out.name}-old-", dir=out.parent))
            os.rename(out, old / "folder")
            os.rename(temporary, out)
            shutil.rmtree(old)
        else:
            os.rename(temporary, out)
        _flush(out.parent)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return out


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_state(folder: str | Path) -> tuple[dict[str, Tensor], dict[str, Any]]:
    path = Path(folder)
    try:
        about = json.loads((path / "state.json").read_text())
        return load_file(path / "state.safetensors"), about
    except (OSError, ValueError) as cause:
        raise EngineError("bad_state", f"{path} holds no readable state: {cause}") from cause
    except Exception as cause:  # safetensors raises its own error for a cut file
        raise EngineError("bad_state", f"{path}/state.safetensors: {cause}") from cause


def json_bytes(value: Any) -> bytes:
    return (json.dumps(value, indent=2) + "\n").encode()


def sha256_files(folder: str | Path, names: Sequence[str] = ADAPTER_FILES) -> str:
    """One hash over named files: name, NUL, size, NUL, bytes of each, as core hashes a folder."""
    digest = hashlib.sha256()
    for name in names:
        content = (Path(folder) / name).read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
