"""TRL's own `GRPOTrainer.train()` and this trainer on one model, one set of prompts, pictures and completions.

Only generation is replaced: TRL gets completions that are already there. All else is TRL's: chat template, pictures,
rewards, advantages, loss, clipping, AdamW. Two settings: its default (eight rows, layers recomputed), and the best
for this data of what it offers (layers kept, every size of micro-batch that divides the group). Nothing of it is set to
be slow: no reference model, no pass for old log-probabilities (1.16 makes one with vLLM's correction only), no logging,
no saving. Precision is float32 on both sides.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import io
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from PIL import Image

from bench_setting import ADAM, ALPHA, CLIP, LENGTH, RANK, start_weights
from halo_lora.datum import Datum
from halo_lora.engine import Engine
from halo_lora.tiny import write_tiny

PICTURE_TOKENS = 882
"""A 1280×720 screenshot with its two marks."""
SHARED = 490
"""Tokens that all prompts begin with."""


@dataclass(frozen=True)
class Work:
    """Groups of n completions, each group at a screenshot of its own."""

    texts: list[str]
    pictures: list[bytes]
    completions: list[list[list[int]]]  # [group][n][tokens]
    advantages: list[list[float]]  # [group][n], mean 0 in each group


def work(groups: int, n: int, prompt: int, vocab: int) -> Work:
    rng = np.random.default_rng(7)

    def digits(count: int) -> str:
        # The small tokenizer has one token a digit.
        return "".join(map(str, rng.integers(0, 10, count)))

    def picture() -> bytes:
        out = io.BytesIO()
        Image.fromarray(rng.integers(0, 256, (90, 160, 3), np.uint8)).resize((1280, 720)).save(out, "PNG")
        return out.getvalue()

    head = digits(SHARED)
    drawn = [rng.normal(size=n) for _ in range(groups)]
    return Work(
        [head + digits(prompt - SHARED - PICTURE_TOKENS - 8) for _ in range(groups)],
        [picture() for _ in range(groups)],
        [[rng.integers(0, vocab - 20, int(rng.integers(30, 53))).tolist() for _ in range(n)] for _ in range(groups)],
        [(x - x.mean()).tolist() for x in drawn],
    )


def train_with_trl(folder: str, w: Work, targets: str, *, rows: int, checkpointing: bool, steps: int) -> dict[str, Any]:
    """CPU seconds of each optimiser step of `train()`, its first gradient, and the prompts as TRL tokenised them."""
    from peft import LoraConfig
    from transformers import AutoProcessor, Qwen3VLForConditionalGeneration, TrainerCallback
    from trl import GRPOConfig, GRPOTrainer

    found: dict[str, Any] = {"seconds": [], "prompts": []}
    n = len(w.completions[0])

    class Fixed(GRPOTrainer):
        def _generate_single_turn(self, prompt_ids: Sequence[list[int]], *_: Any, **__: Any) -> Any:
            order = list(dict.fromkeys(map(tuple, prompt_ids)))
            found["prompts"] = order
            taken: Counter[tuple[int, ...]] = Counter()
            given = []
            for ids in map(tuple, prompt_ids):
                given.append(list(w.completions[order.index(ids)][taken[ids]]))
                taken[ids] += 1
            return given, None

    class Clock(TrainerCallback):
        def on_step_begin(self, *_: Any, **__: Any) -> None:
            self.began = time.process_time()

        def on_pre_optimizer_step(self, *_: Any, model: Any, **__: Any) -> None:
            if "gradient" not in found:
                found["gradient"] = torch.cat([named(model)[key].grad.flatten() for key in in_order(model)])

        def on_step_end(self, *_: Any, **__: Any) -> None:
            found["seconds"].append(time.process_time() - self.began)

    with tempfile.TemporaryDirectory() as out:
        trainer = Fixed(
            model=Qwen3VLForConditionalGeneration.from_pretrained(folder, dtype=torch.float32),
            processing_class=AutoProcessor.from_pretrained(folder, padding_side="left"),
            reward_funcs=[lambda prompts, **_: [a for group in w.advantages for a in group][: len(prompts)]],
            peft_config=LoraConfig(r=RANK, lora_alpha=ALPHA, target_modules=targets),
            train_dataset=dataset_of(w),
            callbacks=[Clock()],
            args=GRPOConfig(
                output_dir=out,
                **{"use_cpu": True, "bf16": False, "report_to": "none", "save_strategy": "no", "disable_tqdm": True},
                **{"logging_strategy": "no", "max_steps": steps, "shuffle_dataset": False, "seed": 1},
                **{"loss_type": "dr_grpo", "scale_rewards": "none", "max_completion_length": LENGTH, "beta": 0.0},
                **{"num_generations": n, "learning_rate": ADAM["learning_rate"], "max_grad_norm": CLIP},
                per_device_train_batch_size=rows,
                gradient_accumulation_steps=len(w.texts) * n // rows,
                gradient_checkpointing=checkpointing,
            ),
        )
        flat, at = start_weights(sum(named(trainer.model)[key].numel() for key in in_order(trainer.model))), 0
        with torch.no_grad():
            for key in in_order(trainer.model):
                weight = named(trainer.model)[key]
                weight.copy_(flat[at : at + weight.numel()].view(weight.shape))
                at += weight.numel()
        trainer.train()
    return found


def dataset_of(w: Work) -> Any:
    """Named by hand: some versions of pyarrow and dill cannot make up a fingerprint together."""
    import pyarrow
    from datasets import Dataset, DatasetInfo, Features, Value
    from datasets import Image as Picture

    features = Features({"prompt": [{"role": Value("string"), "content": Value("string")}], "image": Picture()})
    rows = {
        "prompt": [[{"role": "user", "content": text}] for text in w.texts],
        "image": [{"bytes": png, "path": None} for png in w.pictures],
    }
    table = pyarrow.table(rows, schema=features.arrow_schema)
    return Dataset(table, info=DatasetInfo(features=features), fingerprint="bench")


KINDS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")


def named(model: Any) -> dict[str, Any]:
    return {name: p for name, p in model.named_parameters() if p.requires_grad}


def in_order(model: Any) -> list[str]:
    """Names of the adapter's tensors in the engine's order."""

    def key(name: str) -> tuple[int, int, str]:
        parts = name.split(".")
        at = next(i for i, part in enumerate(parts) if part in KINDS)
        return int(parts[parts.index("layers") + 1]), KINDS.index(parts[at]), parts[at + 1]

    return sorted(named(model), key=key)


def train_with_halo(folder: str, w: Work, prompts: list[tuple[int, ...]], steps: int) -> dict[str, Any]:
    """The same as one call and one step; the tower sees every screenshot in each."""
    pictures = {hashlib.sha256(png).hexdigest(): png for png in w.pictures}
    engine = Engine(folder, "float32", images=pictures.__getitem__)
    engine.create_model("m", rank=RANK, alpha=ALPHA)
    adapter = engine._adapter("m")
    adapter.flat.copy_(start_weights(len(adapter.flat)))
    engine._resident = None
    n = len(w.completions[0])
    data = [
        Datum(prompts[g], tuple(ids), (sha,), advantage=w.advantages[g][k], weight=1 / n, group=str(g))
        for g, sha in enumerate(pictures)
        for k, ids in enumerate(w.completions[g])
    ]
    found: dict[str, Any] = {"seconds": []}
    for _ in range(steps):
        engine._seen.clear()
        began = time.process_time()
        engine.forward_backward("m", data, {"kind": "dr_grpo", "max_completion_length": LENGTH})
        if "gradient" not in found:
            found["gradient"] = adapter.grad.clone()
        engine.optim_step("m", ADAM)
        found["seconds"].append(time.process_time() - began)
    return {**found, "targets": engine.model.parts.targets}


def compare_with_trl(counts: list[int], n: int, prompt: int, misses: list[str]) -> str:
    version = importlib.metadata.version("trl")
    torch.set_num_threads(1)
    told = []
    with tempfile.TemporaryDirectory() as folder:
        sizes = {"layers": 4, "hidden": 128, "ffn": 384, "vision_depth": 3, "vision_hidden": 64}
        write_tiny(folder, **sizes, min_pixels=65536)
        targets = Engine(folder, "float32").model.parts.targets
        best_rows = None
        for count in counts:
            w = work(count, n, prompt, 256)
            # The first step of one group warms up; many groups take long enough for one.
            steps = 2 if count == 1 else 1
            sizes_of_rows = [best_rows] if best_rows else [size for size in (8, 4, 2) if n % size == 0]
            tried = [(min(8, n), True), *((size, False) for size in sizes_of_rows)]
            print(f"\n{count} groups of {n}, prompts of {prompt} tokens: CPU seconds of a step")
            seconds: dict[tuple[int, bool], float] = {}
            for rows, checkpointing in tried:
                trl = train_with_trl(folder, w, targets, rows=rows, checkpointing=checkpointing, steps=steps)
                seconds[rows, checkpointing] = trl["seconds"][-1]
                kept = "recomputed: its default" if checkpointing else "kept"
                print(f"  TRL {version}, {rows} rows, layers {kept:<24}{seconds[rows, checkpointing]:7.2f}", flush=True)
            halo = train_with_halo(folder, w, trl["prompts"], steps)
            mine = halo["seconds"][-1]
            # TRL's gradient is told after clipping.
            unit = [g["gradient"].float() / g["gradient"].float().norm() for g in (halo, trl)]
            apart = float((unit[0] - unit[1]).norm())
            default = seconds[tried[0]]
            best = min(tried[1:], key=seconds.__getitem__)
            best_rows = best_rows or best[0]
            factors = seconds[best] / mine, default / mine
            lengths = sorted({len(ids) for ids in trl["prompts"]})
            print(
                f"  halo {mine:40.2f}   {factors[0]:.1f} times TRL's best ({best[0]} rows, kept), {factors[1]:.1f} "
                f"times its default; gradients {apart:.0e} apart; prompts of {lengths} tokens"
            )
            if min(factors) < 5:
                misses.append(f"{count} groups: {min(factors):.1f} times TRL < 5")
            if apart > 1e-4:
                misses.append(f"{count} groups: gradients {apart:.1e} apart > 1e-4")
            told.append(f"{count} groups: {factors[0]:.1f}x its best, {factors[1]:.1f}x its default")
    return f"TRL {version} GRPOTrainer.train(): {'; '.join(told)}"
