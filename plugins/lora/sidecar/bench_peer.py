"""The peer of bench_trainer.py: TRL's loss, or its formulas, over padded rows of a stock peft model."""

from __future__ import annotations

import contextlib
import importlib.metadata
import importlib.util
import inspect
import io
import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import Any

import torch

from bench_setting import ALPHA, CLIP, LENGTH, PNG, RANK, Result, Setting, free, gib, group, start_weights, timed
from halo_lora import losses
from halo_lora.base_model import image_processor, random_model
from halo_lora.datum import Datum


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
        made = random_model(s.config(), s.dtype, s.device)
        base = made.model.to(dtype)
        if liger:
            from liger_kernel.transformers import apply_liger_kernel_to_qwen3_vl

            apply_liger_kernel_to_qwen3_vl(model=base, fused_linear_cross_entropy=False)
        self.trl = importlib.util.find_spec("trl") is not None
        if self.trl:
            from trl.trainer.utils import add_fused_lm_head

            add_fused_lm_head(base, temperature=1.0, outputs=("log_probs", "entropy"))
        self.model = get_peft_model(
            base, LoraConfig(r=RANK, lora_alpha=ALPHA, target_modules=made.parts.targets)
        ).train()
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
