"""Makes trl_fixtures.json: TRL's own losses and gradients on fixed log-probs.

    python tests/make_trl_fixtures.py        (needs trl; made with 1.16.0)

`_compute_loss` of TRL's trainers runs on a stand-in for the trainer whose model returns the given
log-probs; the importance ratio is computed by the lines of `_generate_and_score_completions`.
"""

from __future__ import annotations

import inspect
import json
import textwrap
from collections import defaultdict
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import torch
import trl
from trl.trainer import dpo_trainer, grpo_trainer

torch.set_default_dtype(torch.float64)
LENGTHS = (5, 3, 4, 1)


class Accelerator:
    num_processes = 1
    sync_gradients = False
    device = "cpu"

    def gather(self, x: Any) -> Any:
        return x

    gather_for_metrics = gather

    def reduce(self, x: Any, reduction: str = "sum") -> Any:
        return x


def draws(seed: int) -> dict[str, Any]:
    generator = torch.Generator().manual_seed(seed)

    def noise(std: float) -> torch.Tensor:
        return std * torch.randn(len(LENGTHS), max(LENGTHS), generator=generator)

    logp = -2 - noise(0.5).abs()
    return {
        "logp": logp,
        "sampler": logp + noise(0.4),
        "ref": logp + noise(0.5),
        "advantages": torch.tensor([1.0, -0.5, 0.3, -0.8]),
    }


def mask() -> torch.Tensor:
    return torch.tensor([[float(t < n) for t in range(max(LENGTHS))] for n in LENGTHS])


def importance_ratio(d: dict[str, Any], mode: str, low: float | None, high: float) -> torch.Tensor:
    """Runs TRL's own lines for the correction."""
    source = inspect.getsource(grpo_trainer.GRPOTrainer._generate_and_score_completions)
    lines = source.split("\n")
    start = next(i for i, line in enumerate(lines) if "per_token_logps_diff = (" in line)
    stop = next(i for i, line in enumerate(lines) if i > start and "raise ValueError" in line)
    while not lines[stop].strip().startswith(")"):
        stop += 1
    trainer = SimpleNamespace(
        vllm_importance_sampling_mode=mode,
        vllm_importance_sampling_clip_min=low,
        vllm_importance_sampling_clip_max=high,
    )
    names = {
        "torch": torch,
        "math": __import__("math"),
        "self": trainer,
        "mask": mask(),
        "old_per_token_logps": d["logp"],
        "sampling_per_token_logps": d["sampler"],
    }
    exec(textwrap.dedent("\n".join(lines[start : stop + 1])), names)
    return names["vllm_importance_sampling_ratio"]


def grpo(d: dict[str, Any], case: dict[str, Any]) -> tuple[float, torch.Tensor]:
    logp = d["logp"].clone().requires_grad_()
    corrected = "mode" in case
    trainer = SimpleNamespace(
        aux_loss_enabled=False,
        top_entropy_quantile=1.0,
        off_policy_mask_threshold=None,
        importance_sampling_level="token",
        beta=case.get("kl_coef", 0.0),
        loss_type=case["kind"],
        epsilon_low=case.get("epsilon_low", 0.2),
        epsilon_high=case.get("epsilon_high", 0.2),
        use_vllm=corrected,
        vllm_importance_sampling_correction=corrected,
        model=SimpleNamespace(training=True),
        current_gradient_accumulation_steps=1,
        max_completion_length=8,
        accelerator=Accelerator(),
        _entropy_bonus_enabled=False,
        _metrics=defaultdict(lambda: defaultdict(list)),
        args=SimpleNamespace(delta=case.get("delta"), use_bias_correction_kl=False, steps_per_generation=1),
        _get_per_token_logps_and_entropies=lambda *a, **k: (logp, torch.zeros_like(logp), None),
    )
    ids = torch.zeros(len(LENGTHS), max(LENGTHS), dtype=torch.long)
    inputs = {
        "prompt_ids": ids[:, :1],
        "prompt_mask": torch.ones(len(LENGTHS), 1),
        "completion_ids": ids,
        "completion_mask": mask(),
        "advantages": d["advantages"],
        "ref_per_token_logps": d["ref"],
        "num_items_in_batch": mask().sum(),
    }
    if corrected:
        inputs["importance_sampling_ratio"] = importance_ratio(d, case["mode"], case.get("min"), case["max"])
    if case.get("old") == "sampler":
        inputs["old_per_token_logps"] = d["sampler"]
    loss = grpo_trainer.GRPOTrainer._compute_loss(trainer, trainer.model, inputs)
    loss.backward()
    return float(loss), logp.grad


def dpo(d: dict[str, Any], case: dict[str, Any]) -> tuple[float, torch.Tensor]:
    """Rows 0, 1 are chosen, rows 2, 3 rejected."""
    logp = (d["logp"] * mask()).requires_grad_()
    ones = torch.ones(len(LENGTHS), 1)
    filled = torch.zeros_like(logp)
    outputs = SimpleNamespace(
        log_probs=logp, entropy=filled, mean_logits=filled, is_top1=torch.zeros_like(logp, dtype=torch.bool)
    )
    stored = (d["ref"] * mask()).sum(1)
    model = SimpleNamespace(training=True)
    trainer = SimpleNamespace(
        model=model,
        accelerator=Accelerator(),
        aux_loss_enabled=False,
        ld_alpha=None,
        precompute_ref_logps=True,
        f_divergence_type="reverse_kl",
        loss_types=[case["variant"]],
        loss_weights=[1.0],
        beta=case["beta"],
        label_smoothing=case.get("label_smoothing", 0.0),
        use_weighting=False,
        _metrics=defaultdict(lambda: defaultdict(list)),
        _total_train_tokens=0,
        _tp_size=1,
    )
    inputs = {
        "input_ids": torch.zeros(len(LENGTHS), max(LENGTHS) + 1, dtype=torch.long),
        "attention_mask": torch.cat([ones, mask()], dim=1),
        "completion_mask": torch.cat([0 * ones, mask()], dim=1),
        "ref_chosen_logps": stored[:2],
        "ref_rejected_logps": stored[2:],
    }
    call = type("Model", (), {"__call__": lambda self, **k: outputs, "training": True})()
    loss = dpo_trainer.DPOTrainer._compute_loss(trainer, call, inputs, False)
    loss.backward()
    return float(loss.detach()), logp.grad


GRPO = (
    {"kind": "dr_grpo"},
    {"kind": "grpo"},
    {"kind": "dapo"},
    {"kind": "bnpo"},
    {"kind": "dr_grpo", "old": "sampler"},
    {"kind": "dr_grpo", "old": "sampler", "epsilon_low": 0.1, "epsilon_high": 0.28},
    {"kind": "dr_grpo", "old": "sampler", "delta": 1.3},
    {"kind": "grpo", "kl_coef": 0.04},
    {"kind": "dapo", "old": "sampler", "kl_coef": 0.1},
    {"kind": "dr_grpo", "mode": "token_truncate", "max": 1.2},
    {"kind": "dr_grpo", "mode": "token_truncate", "min": 0.8, "max": 1.2, "kl_coef": 0.1},
    {"kind": "dr_grpo", "mode": "token_mask", "min": 0.7, "max": 1.3},
    {"kind": "bnpo", "mode": "sequence_truncate", "max": 1.5},
    {"kind": "grpo", "mode": "sequence_mask", "min": 0.2, "max": 1.5},
)
DPO = (
    {"variant": "sigmoid", "beta": 0.1},
    {"variant": "sigmoid", "beta": 0.5},
    {"variant": "robust", "beta": 0.3, "label_smoothing": 0.2},
)


def main() -> None:
    d = draws(7)
    fixtures: dict[str, Any] = {
        "trl": trl.__version__,
        "lengths": LENGTHS,
        "inputs": {k: v.tolist() for k, v in d.items()},
        "grpo": [],
        "dpo": [],
    }
    for name, run, cases in (("grpo", grpo, GRPO), ("dpo", dpo, DPO)):
        for case in cases:
            loss, grad = run(d, case)
            fixtures[name].append({"case": case, "loss": loss, "grad": grad.tolist()})
    out = Path(__file__).parent / "trl_fixtures.json"
    out.write_text(json.dumps(fixtures, indent=1) + "\n")
    print(out, len(fixtures["grpo"]), len(fixtures["dpo"]))


if __name__ == "__main__":
    main()
