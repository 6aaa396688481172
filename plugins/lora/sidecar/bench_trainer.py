"""One GRPO update of LoRA on Qwen3-VL: this trainer against TRL's code on the same batch.

    python plugins/lora/sidecar/bench_trainer.py [--n 8,16 --repeats 10]

On a CUDA machine: a randomly initialised Qwen3-VL-8B in bfloat16, rank 16, a prompt of 1180 tokens
with one 1280x720 screenshot, completions of 64. Peers run TRL's own `_compute_loss` and log-prob
pass over padded rows of a stock peft model, with TRL's defaults (layers recomputed, a pass for the
old log-probs) and tuned: no old pass, recomputation on and off, every micro-batch size that fits,
Liger's kernels where installed. Where TRL is not installed its formulas are computed here, over
the same padded rows. Bars: ≤ 170 ms a group, ≥ 10 times the best peer, ≤ 34 GiB at n = 8, and a
gradient no further from float32 than 1.5 times the peer's.

Without CUDA: the same on the CPU with a small model in float32, one thread, the process's own time;
bars: ≥ 3 times the best peer at n = 8, gradients equal to 1e-4.

Ends with one line, `ok` or what it missed; exits with 1 then.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import hashlib
import importlib.metadata
import importlib.util
import inspect
import io
import itertools
import math
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).parent))

from halo_lora import losses, memory
from halo_lora.datum import Datum
from halo_lora.engine import Engine, EngineOptions
from halo_lora.qwen3vl import TARGET_MODULES, config_8b, image_processor, random_model

RANK, ALPHA, LENGTH, CLIP = 16, 32, 64, 1.0
ADAM = {"learning_rate": 1e-5, "grad_clip_norm": CLIP}


@dataclass(frozen=True)
class Setting:
    device: str
    dtype: torch.dtype
    config: Callable[[], Any]
    prompt: int
    completion: int
    repeats: int

    @property
    def cuda(self) -> bool:
        return self.device == "cuda"

    def sync(self) -> None:
        if self.cuda:
            torch.cuda.synchronize()


@dataclass
class Result:
    name: str
    seconds: float
    peak: float
    """GiB allocated at most, weights included; NaN on the CPU."""
    gradient: torch.Tensor = field(repr=False)


def small_config() -> Any:
    """The 8B's shape, thirty-two times narrower."""
    config = config_8b()
    for name, value in {
        "hidden_size": 128,
        "intermediate_size": 384,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "head_dim": 32,
        "num_hidden_layers": 4,
    }.items():
        setattr(config.text_config, name, value)
    config.text_config.rope_parameters["mrope_section"] = [6, 5, 5]
    for name, value in {
        "depth": 3,
        "hidden_size": 64,
        "intermediate_size": 128,
        "num_heads": 2,
        "out_hidden_size": 128,
        "deepstack_visual_indexes": [0, 1, 2],
    }.items():
        setattr(config.vision_config, name, value)
    config.text_config.vocab_size = 4096
    for at, name in enumerate(("image", "video", "vision_start", "vision_end")):
        setattr(config, f"{name}_token_id", 4092 + at)
    return config


def screenshot() -> bytes:
    from PIL import Image

    noise = np.random.default_rng(0).integers(0, 256, (90, 160, 3), np.uint8)
    out = io.BytesIO()
    Image.fromarray(noise).resize((1280, 720)).save(out, "PNG")
    return out.getvalue()


PNG = screenshot()
SHA = hashlib.sha256(PNG).hexdigest()


def group(config: Any, s: Setting, n: int) -> list[Datum]:
    rng = np.random.default_rng(1)
    text = s.prompt - 882
    ids = [
        *rng.integers(0, 4000, 40).tolist(),
        config.vision_start_token_id,
        *[config.image_token_id] * 880,
        config.vision_end_token_id,
        *rng.integers(0, 4000, text - 40).tolist(),
    ]
    return [
        Datum(
            tuple(ids),
            tuple(rng.integers(0, 4000, s.completion).tolist()),
            (SHA,),
            advantage=float(rng.normal()),
            weight=1 / n,
        )
        for _ in range(n)
    ]


def timed(s: Setting, run: Callable[[], None]) -> tuple[float, float]:
    """Median seconds after two warm-up runs, and the peak of all in GiB."""
    if s.cuda:
        torch.cuda.reset_peak_memory_stats()
    # On the CPU the process's own time, which other programs do not change.
    clock = time.perf_counter if s.cuda else time.process_time
    seconds = []
    for _ in range(s.repeats + 2):
        s.sync()
        start = clock()
        run()
        s.sync()
        seconds.append(clock() - start)
    peak = torch.cuda.max_memory_allocated() / memory.GIB if s.cuda else float("nan")
    return statistics.median(seconds[2:]), peak


def free() -> None:
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()


def start_weights(size: int, seed: int = 5) -> torch.Tensor:
    """A and B both away from zero, so that every gradient is."""
    return 0.02 * torch.randn(size, generator=torch.Generator().manual_seed(seed))


# ---- ours


def ours(s: Setting, n: int, options: EngineOptions) -> tuple[Result, dict[str, float]]:
    model = random_model(s.config(), s.dtype, s.device)
    engine = Engine(model, images=lambda _: PNG, options=options)
    engine.create_model("m", rank=RANK, alpha=ALPHA)
    adapter = engine._adapter("m")
    data = group(model.config, s, n)
    loss = {"kind": "dr_grpo", "max_completion_length": LENGTH}
    metrics: dict[str, float] = {}

    def reset() -> None:
        adapter.flat.copy_(start_weights(len(adapter.flat)))
        engine._resident = None

    def update() -> None:
        # The tower runs in every update, as it does in the peers'.
        engine._seen.clear()
        metrics.update(engine.forward_backward("m", data, loss)["metrics"])
        engine.optim_step("m", ADAM)

    reset()
    engine.forward_backward("m", data, loss)
    gradient = adapter.grad.float().cpu().clone()
    adapter.grad.zero_()
    seconds, peak = timed(s, update)
    vision, _ = timed(s, lambda: _nothing(model.see(PNG)))
    work = flops(engine, s, n)
    return Result("halo", seconds, peak, gradient), {"vision_s": vision, "flops": work, **metrics}


def _nothing(_: Any) -> None:
    return None


def flops(engine: Engine, s: Setting, n: int) -> float:
    """What the update has to compute, with the causal half of attention: linear layers forward and
    input gradient, attention forward and backward (2.5 times), head, vision tower once."""
    z, t = engine.sizes, s.prompt + n * s.completion
    linear = sum(m.base.weight.numel() for m in engine.slots.modules.values())
    inner = z.heads * z.head_dim
    attended = s.prompt**2 / 2 + n * s.completion * (s.prompt + s.completion / 2)
    v = engine.model.config.vision_config
    patches = 3520
    vision = patches * 2 * (4 * v.hidden_size**2 + 2 * v.hidden_size * v.intermediate_size)
    vision = v.depth * (vision + 4 * patches**2 * v.hidden_size)
    head = 2 * n * s.completion * z.vocab * z.hidden
    return 4 * t * linear + 3.5 * 4 * attended * inner * z.layers + 2 * head + vision


def ceiling(s: Setting) -> float:
    """Best matmul rate seen, FLOP/s."""
    size = 8192 if s.cuda else 1024
    a, b = (torch.randn(size, size, device=s.device, dtype=s.dtype) for _ in range(2))
    seconds, _ = timed(s, lambda: _nothing(a @ b))
    return 2 * size**3 / seconds


# ---- peers


@dataclass(frozen=True)
class Variant:
    rows: int
    checkpointing: bool
    old_pass: bool
    liger: bool = False

    def __str__(self) -> str:
        on = [f"{self.rows} rows", "recomputed" if self.checkpointing else "kept"]
        return ", ".join(on + ["old pass"] * self.old_pass + ["liger"] * self.liger)


class Peer:
    """Padded rows through a stock peft model; TRL's methods where it is installed."""

    def __init__(self, s: Setting, n: int, dtype: torch.dtype, liger: bool = False) -> None:
        from peft import LoraConfig, get_peft_model

        self.s, self.dtype = s, dtype
        # Drawn in the setting's dtype, so that float32 has the very same weights.
        base = random_model(s.config(), s.dtype, s.device).model.to(dtype)
        if liger:
            from liger_kernel.transformers import apply_liger_kernel_to_qwen3_vl

            apply_liger_kernel_to_qwen3_vl(model=base, fused_linear_cross_entropy=False)
        self.trl = importlib.util.find_spec("trl") is not None
        if self.trl:
            from trl.trainer.utils import add_fused_lm_head

            add_fused_lm_head(base, temperature=1.0, outputs=("log_probs", "entropy"))
        self.model = get_peft_model(base, LoraConfig(r=RANK, lora_alpha=ALPHA, target_modules=TARGET_MODULES)).train()
        named = dict(self.model.named_parameters())
        self.parameters = [named["base_model.model." + name] for name in self._names()]
        flat = start_weights(sum(p.numel() for p in self.parameters))
        at = 0
        with torch.no_grad():
            for p in self.parameters:
                p.copy_(flat[at : at + p.numel()].view(p.shape))
                at += p.numel()
        self.optimizer = torch.optim.AdamW(self.parameters, lr=1e-5, fused=s.cuda)
        self.inputs = self._inputs(group(base.config, s, n))
        self.checkpointing = False

    def _names(self) -> list[str]:
        """Adapter tensors in the engine's order."""
        found = [name.removeprefix("base_model.model.") for name, p in self.model.named_parameters() if p.requires_grad]
        rank = {
            part: i
            for i, part in enumerate(("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"))
        }

        def key(name: str) -> tuple[int, int, str]:
            parts = name.split(".")
            return int(parts[parts.index("layers") + 1]), rank[parts[-4]], parts[-3]

        return sorted(found, key=key)

    def _inputs(self, data: Sequence[Datum]) -> dict[str, torch.Tensor]:
        from PIL import Image

        picture = Image.open(io.BytesIO(PNG)).convert("RGB")
        seen = image_processor(None)(images=[picture] * len(data), return_tensors="pt")
        prompt = torch.tensor([d.prompt_ids for d in data])
        completion = torch.tensor([d.completion_ids for d in data])
        image = self.model.config.image_token_id
        found = {
            "prompt_ids": prompt,
            "prompt_mask": torch.ones_like(prompt),
            "completion_ids": completion,
            "completion_mask": torch.ones_like(completion),
            "advantages": torch.tensor([d.advantage for d in data]),
            "pixel_values": seen["pixel_values"],
            "image_grid_thw": seen["image_grid_thw"],
            "mm_token_type_ids": (torch.cat([prompt, completion], 1) == image).int(),
        }
        return {k: v.to(self.s.device) for k, v in found.items()}

    def _part(self, start: int, rows: int) -> dict[str, Any]:
        count = len(self.inputs["prompt_ids"])
        part = {k: v[start : start + rows] for k, v in self.inputs.items() if k != "pixel_values"}
        patches = len(self.inputs["pixel_values"]) // count
        part["pixel_values"] = self.inputs["pixel_values"][start * patches : (start + rows) * patches]
        part["num_images"] = [1] * len(part["prompt_ids"])
        return part

    def _autocast(self) -> Any:
        if self.dtype == torch.bfloat16:
            return torch.autocast(self.s.device, dtype=torch.bfloat16)
        return contextlib.nullcontext()

    def _logprobs(self, part: dict[str, Any]) -> torch.Tensor:
        ids = torch.cat([part["prompt_ids"], part["completion_ids"]], 1)
        if self.trl:
            from trl import GRPOTrainer

            # Without the decorator that reports its time to a tracker.
            return inspect.unwrap(GRPOTrainer._get_per_token_logps_and_entropies)(
                self._trainer(1),
                self.model,
                ids,
                torch.ones_like(ids),
                self.s.completion,
                compute_entropy=True,
                pixel_values=part["pixel_values"],
                image_grid_thw=part["image_grid_thw"],
                num_images=part["num_images"],
                mm_token_type_ids=part["mm_token_type_ids"],
            )[0]
        with self._autocast():
            logits = self.model(
                input_ids=ids,
                attention_mask=torch.ones_like(ids),
                use_cache=False,
                pixel_values=part["pixel_values"],
                image_grid_thw=part["image_grid_thw"],
                mm_token_type_ids=part["mm_token_type_ids"],
                logits_to_keep=self.s.completion + 1,
            ).logits[:, :-1]
        scores = torch.log_softmax(logits.float(), dim=-1)
        return scores.gather(2, part["completion_ids"][..., None])[..., 0]

    def _trainer(self, steps: int) -> Any:
        """What TRL's methods read of the trainer."""
        from trl import GRPOTrainer

        accelerator = SimpleNamespace(
            num_processes=1,
            sync_gradients=False,
            autocast=self._autocast,
            gather=lambda x: x,
            gather_for_metrics=lambda x: x,
            reduce=lambda x, reduction="sum": x,
        )
        trainer = SimpleNamespace(
            accelerator=accelerator,
            aux_loss_enabled=False,
            top_entropy_quantile=1.0,
            off_policy_mask_threshold=None,
            importance_sampling_level="token",
            beta=0.0,
            loss_type="dr_grpo",
            epsilon_low=0.2,
            epsilon_high=0.2,
            use_vllm=False,
            vllm_importance_sampling_correction=False,
            model=self.model,
            current_gradient_accumulation_steps=steps,
            max_completion_length=LENGTH,
            _entropy_bonus_enabled=False,
            _metrics=defaultdict(lambda: defaultdict(list)),
            args=SimpleNamespace(delta=None, use_bias_correction_kl=False, steps_per_generation=1),
        )
        trainer._get_per_token_logps_and_entropies = inspect.unwrap(
            GRPOTrainer._get_per_token_logps_and_entropies
        ).__get__(trainer)
        return trainer

    def backward(self, v: Variant) -> None:
        """Gradient of one group, micro-batch by micro-batch."""
        count = len(self.inputs["prompt_ids"])
        if v.checkpointing != self.checkpointing:
            self.checkpointing = v.checkpointing
            base = self.model.get_base_model()
            if v.checkpointing:
                self.model.enable_input_require_grads()
                base.gradient_checkpointing_enable({"use_reentrant": False})
            else:
                base.gradient_checkpointing_disable()
                self.model.disable_input_require_grads()
        starts = range(0, count, v.rows)
        old = None
        if v.old_pass:
            with torch.no_grad():
                old = torch.cat([self._logprobs(self._part(i, v.rows)) for i in starts])
        for i in starts:
            part = self._part(i, v.rows)
            if old is not None:
                part["old_per_token_logps"] = old[i : i + v.rows]
            if self.trl:
                from trl import GRPOTrainer

                loss = GRPOTrainer._compute_loss(self._trainer(len(starts)), self.model, part)
            else:
                loss = self._loss(part, len(starts))
            loss.backward()

    def _loss(self, part: dict[str, Any], steps: int) -> torch.Tensor:
        """TRL's dr_grpo: summed over tokens, divided by rows, length and accumulation steps."""
        logp = self._logprobs(part)
        old = part.get("old_per_token_logps", logp.detach())
        spec = losses.LossSpec("dr_grpo")
        terms = losses.clipped_policy(logp, old, part["advantages"][:, None], spec)
        return terms.sum() / (len(terms) * LENGTH * steps)

    def update(self, v: Variant) -> None:
        self.backward(v)
        torch.nn.utils.clip_grad_norm_(self.parameters, CLIP)
        self.optimizer.step()
        self.optimizer.zero_grad()

    def gradient(self, v: Variant) -> torch.Tensor:
        self.backward(v)
        found = torch.cat([p.grad.float().flatten().cpu() for p in self.parameters])
        self.optimizer.zero_grad()
        return found


def variants(n: int, liger: bool) -> list[Variant]:
    """TRL's default first (eight rows, recomputed, with the old pass), then the tuned ones."""
    sizes = [size for size in (16, 8, 4, 2, 1) if size <= n]
    tuned = [Variant(size, again, False, liger) for again, size in itertools.product((False, True), sizes)]
    return ([] if liger else [Variant(min(8, n), True, True)]) + tuned


def peers(s: Setting, n: int) -> list[Result]:
    found = peer_results(s, n, False)
    free()
    if s.cuda and importlib.util.find_spec("liger_kernel") is not None:
        found += peer_results(s, n, True)
        free()
    return found


def peer_results(s: Setting, n: int, liger: bool) -> list[Result]:
    found: list[Result] = []
    peer = Peer(s, n, s.dtype, liger)
    gradient = peer.gradient(Variant(1, False, False, liger))
    label = "TRL" if peer.trl else "padded rows"
    fitted = set()
    for v in variants(n, liger):
        # Smaller micro-batches only cost where a larger one fitted; on the CPU they may suit its caches.
        if not v.old_pass and v.checkpointing in fitted and (s.cuda or v.checkpointing):
            continue
        try:
            seconds, peak = timed(s, partial(peer.update, v))
        except torch.OutOfMemoryError:
            peer.optimizer.zero_grad()
            free()
            print(f"  {label} ({v}): out of memory")
            continue
        if not v.old_pass:
            fitted.add(v.checkpointing)
        found.append(Result(f"{label} ({v})", seconds, peak, gradient))
        print(f"  {found[-1].name:<46}{1000 * seconds:9.0f} ms{gib(peak)}", flush=True)
    return found


def gib(peak: float) -> str:
    return "" if math.isnan(peak) else f"{peak:9.1f} GiB"


def relative(a: torch.Tensor, b: torch.Tensor) -> float:
    return float((a - b).norm() / b.norm())


# ---- the whole


def compare(s: Setting, n: int, options: EngineOptions, rate: float, misses: list[str]) -> str:
    print(f"\nn = {n}: {s.prompt + n * s.completion} tokens packed, {n * (s.prompt + s.completion)} padded")
    mine, about = ours(s, n, options)
    free()
    mfu = about["flops"] / mine.seconds / rate
    print(
        f"  {'halo':<46}{1000 * mine.seconds:9.0f} ms{gib(mine.peak)}   "
        f"vision {1000 * about['vision_s']:.0f} ms of it, {about['flops'] / 1e12:.2f} TFLOP, "
        f"{mfu:.0%} of the matmul ceiling",
        flush=True,
    )
    others = peers(s, n)
    default, best = others[0], min(others[1:], key=lambda r: r.seconds)
    factor = best.seconds / mine.seconds
    apart = relative(mine.gradient, best.gradient)
    if s.cuda:
        exact = Peer(s, n, torch.float32)
        truth = exact.gradient(Variant(1, True, False))
        del exact
        free()
        errors = relative(mine.gradient, truth), relative(best.gradient, truth)
        agreement = f"gradient off float32 by {errors[0]:.1e}, peer's by {errors[1]:.1e}"
        if errors[0] > 1.5 * errors[1]:
            misses.append(f"n={n}: gradient error {errors[0]:.1e} > 1.5 · {errors[1]:.1e}")
        if mine.seconds > 0.170:
            misses.append(f"n={n}: {1000 * mine.seconds:.0f} ms a group > 170 ms")
        if factor < 10:
            misses.append(f"n={n}: {factor:.1f} times the best peer < 10")
        if n == 8 and mine.peak > 34:
            misses.append(f"n=8: peak {mine.peak:.1f} GiB > 34 GiB")
    else:
        agreement = f"gradients apart by {apart:.1e}"
        if apart > 1e-4:
            misses.append(f"n={n}: gradients apart by {apart:.1e} > 1e-4")
        if n == 8 and factor < 3:
            misses.append(f"n=8: {factor:.1f} times the best peer < 3")
    print(f"  {agreement}; {factor:.1f} times the best peer, {default.seconds / mine.seconds:.1f} times its default")
    return f"n={n} {1000 * mine.seconds:.0f} ms, {factor:.1f}x best, {default.seconds / mine.seconds:.1f}x default"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", default="8,16", help="group sizes")
    parser.add_argument("--repeats", type=int, help="timed runs each; default 10, on the CPU 3")
    parser.add_argument("--prompt", type=int, default=1180)
    parser.add_argument("--completion", type=int, default=64)
    parser.add_argument("--no-compile", action="store_true")
    o = parser.parse_args()
    cuda = torch.cuda.is_available()
    if not cuda:
        torch.set_num_threads(1)
    s = Setting(
        device="cuda" if cuda else "cpu",
        dtype=torch.bfloat16 if cuda else torch.float32,
        config=config_8b if cuda else small_config,
        prompt=o.prompt,
        completion=o.completion,
        repeats=o.repeats or (10 if cuda else 3),
    )
    options = EngineOptions(compile=cuda and not o.no_compile)
    where = torch.cuda.get_device_name() if cuda else "no CUDA device: compared on the CPU, a small model"
    trl = (
        "TRL " + importlib.metadata.version("trl")
        if importlib.util.find_spec("trl")
        else ("padded rows by TRL's formulas (TRL is not installed)")
    )
    rate = ceiling(s)
    print(f"{where}; {s.dtype}; against {trl}; matmul ceiling {rate / 1e12:.2f} TFLOP/s; torch {torch.__version__}")
    misses: list[str] = []
    parts = [compare(s, int(n), options, rate, misses) for n in o.n.split(",")]
    verdict = f"MISSED {'; '.join(misses)}" if misses else "ok"
    print(f"{verdict} bench/trainer, {where}, against {trl}: {'; '.join(parts)}")
    return 1 if misses else 0


if __name__ == "__main__":
    sys.exit(main())
