from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
import torch

from halo_lora import losses
from halo_lora.datum import Datum
from halo_lora.errors import EngineError

FIXTURES = json.loads((Path(__file__).parent / "trl_fixtures.json").read_text())
LENGTHS = FIXTURES["lengths"]


def flat(rows: list[list[float]]) -> torch.Tensor:
    return torch.tensor([x for row, n in zip(rows, LENGTHS, strict=True) for x in row[:n]], dtype=torch.float64)


def run(
    logp: torch.Tensor, datums: list[Datum], value: dict[str, Any], ref: torch.Tensor | None = None
) -> tuple[float, torch.Tensor]:
    spec = losses.parse_loss(value)
    losses.check(datums, spec)
    scales = losses.token_scales(datums, spec, losses.normalisers(datums, spec))
    logp = logp.clone().requires_grad_()
    loss = losses.batch_loss(logp, losses.Batch.of(datums, scales, logp), ref, spec)
    loss.backward()
    return float(loss.detach()), logp.grad


def completions(lengths: list[int], **fields: list[Any]) -> list[Datum]:
    return [
        Datum(prompt_ids=(0,), completion_ids=(1,) * n, **{k: v[i] for k, v in fields.items()})
        for i, n in enumerate(lengths)
    ]


@pytest.mark.parametrize("fixture", FIXTURES["grpo"], ids=lambda f: str(f["case"]))
def test_policy_losses_equal_trl(fixture: dict[str, Any]) -> None:
    case, inputs = dict(fixture["case"]), FIXTURES["inputs"]
    loss = {k: case[k] for k in ("kind", "old", "epsilon_low", "epsilon_high", "delta", "kl_coef") if k in case}
    if "mode" in case:
        loss["importance"] = {k: case[k] for k in ("mode", "min", "max") if k in case}
    if case["kind"] == "dr_grpo":
        loss["max_completion_length"] = 8
    # TRL means over the rows of the micro-batch for these two, over tokens for the others.
    weight = 1 / len(LENGTHS) if case["kind"] in ("dr_grpo", "grpo") else 1.0
    datums = completions(
        LENGTHS,
        advantage=inputs["advantages"],
        weight=[weight] * len(LENGTHS),
        logprobs=[tuple(r[:n]) for r, n in zip(inputs["sampler"], LENGTHS, strict=True)],
    )
    value, grad = run(flat(inputs["logp"]), datums, loss, flat(inputs["ref"]))
    assert value == pytest.approx(fixture["loss"], abs=1e-12)
    torch.testing.assert_close(grad, flat(fixture["grad"]), rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("fixture", FIXTURES["dpo"], ids=lambda f: str(f["case"]))
def test_dpo_equals_trl(fixture: dict[str, Any]) -> None:
    inputs = FIXTURES["inputs"]
    datums = completions(
        LENGTHS,
        role=["chosen", "chosen", "rejected", "rejected"],
        pair=["a", "b", "a", "b"],
        group=["a", "b", "a", "b"],
        logprobs=[tuple(r[:n]) for r, n in zip(inputs["ref"], LENGTHS, strict=True)],
    )
    value, grad = run(flat(inputs["logp"]), datums, {"kind": "dpo", **fixture["case"]})
    assert value == pytest.approx(fixture["loss"], abs=1e-12)
    torch.testing.assert_close(grad, flat(fixture["grad"]), rtol=1e-10, atol=1e-12)


def ln(*ratios: float) -> tuple[float, ...]:
    return tuple(math.log(r) for r in ratios)


# Two groups: a has completions of 1 and 3 tokens, b one of 2; all ratios 1, so each token adds
# -scale · advantage. Advantages 1, -2, 4, weights 1/2, 1/2, 1. Sums over tokens: -1, +6, -8.
@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        # w / (10 · 2 groups): (1·1/2 · -1 + 1/2 · 6 + 1 · -8) / 20 = -5.5 / 20
        ("dr_grpo", -0.275),
        # means over completions -1, 2, -4: (-1/2 + 1 - 4) / 2
        ("grpo", -1.75),
        # all 6 tokens: (-1/2 + 3 - 8) / 6
        ("dapo", -5.5 / 6),
        # 4 tokens in a, 2 in b: ((-1/2 + 3) / 4 - 8 / 2) / 2
        ("bnpo", -1.6875),
    ],
)
def test_normalisers_are_those_of_the_step(kind: str, expected: float) -> None:
    datums = completions([1, 3, 2], advantage=[1.0, -2.0, 4.0], weight=[0.5, 0.5, 1.0], group=["a", "a", "b"])
    loss = {"kind": kind, **({"max_completion_length": 10} if kind == "dr_grpo" else {})}
    logp = torch.full((6,), -1.0, dtype=torch.float64)
    assert run(logp, datums, loss)[0] == pytest.approx(expected, abs=1e-15)
    # The same from two calls that know the step.
    step = {"num_groups": 2, "num_tokens": 6}
    first, _ = run(logp[:4], datums[:2], loss | step)
    second, _ = run(logp[4:], datums[2:], loss | step)
    assert first + second == pytest.approx(expected, abs=1e-15)


def test_clip_bounds_the_ratio_on_the_side_that_gains() -> None:
    # Ratios 1.5, 1.5, 0.5, 0.5 against the sampler with advantages 1, -1, 1, -1; clip 0.2, 0.3:
    # -min(1.5, 1.3) = -1.3; -min(-1.5, -1.3) = 1.5; -min(0.5, 0.8) = -0.5; -min(-0.5, -0.8) = 0.8.
    ratios = (1.5, 1.5, 0.5, 0.5)
    datums = completions([1] * 4, advantage=[1.0, -1.0, 1.0, -1.0], logprobs=[(-2.0,)] * 4)
    logp = torch.tensor([-2 + x for x in ln(*ratios)], dtype=torch.float64)
    loss = {"kind": "dr_grpo", "max_completion_length": 1, "old": "sampler", "epsilon_high": 0.3}
    value, grad = run(logp, datums, loss)
    assert value == pytest.approx(-1.3 + 1.5 - 0.5 + 0.8)
    # No gradient where the clip acts, ratio · -advantage elsewhere.
    assert grad.tolist() == pytest.approx([0.0, 1.5, -0.5, 0.0])
    # Dual clip 1.4: the second becomes 1.4, a constant.
    value, grad = run(logp, datums, loss | {"delta": 1.4})
    assert value == pytest.approx(-1.3 + 1.4 - 0.5 + 0.8)
    assert grad.tolist() == pytest.approx([0.0, 0.0, -0.5, 0.0])


# Ratios trainer / sampler: one completion of 2 and 0.5, one of 4. Sequence ratios: 1 and 4.
@pytest.mark.parametrize(
    ("mode", "low", "high", "expected"),
    [
        ("none", None, None, [1, 1, 1]),
        ("token_truncate", None, 1.5, [1.5, 0.5, 1.5]),
        ("token_truncate", 0.75, None, [2, 0.75, 4]),
        ("token_mask", 0.75, 3, [2, 0, 0]),
        ("sequence_truncate", None, 3, [1, 1, 3]),
        ("sequence_mask", None, 3, [1, 1, 0]),
        ("token_truncate", None, None, [2, 0.5, 4]),
    ],
)
def test_importance_weights_by_mode(mode: str, low: float | None, high: float | None, expected: list[float]) -> None:
    sampler = torch.full((3,), -3.0, dtype=torch.float64)
    spec = losses.parse_loss({"kind": "grpo", "importance": {"mode": mode, "min": low, "max": high}})
    weights = losses.importance_weights(
        sampler + torch.tensor(ln(2, 0.5, 4)), sampler, torch.tensor([0, 0, 1]), 2, spec
    )
    assert weights.tolist() == pytest.approx(expected, rel=1e-6)


def test_k3_of_a_halved_probability() -> None:
    # d = log 2: 2 - log 2 - 1.
    at = torch.tensor([-1.0, -1.0])
    assert losses.k3(at, at + math.log(2)).tolist() == pytest.approx([1 - math.log(2)] * 2)


def test_dpo_weight_and_winner_term() -> None:
    # log ratios 0.5 and -0.5, beta 2: h = 2; weight 3, one group, nll 0.1 on lp_c = -1.5.
    datums = completions(
        [1, 1], role=["chosen", "rejected"], pair=["p", "p"], weight=[3.0, 3.0], logprobs=[(-2.0,), (-1.0,)]
    )
    value, _ = run(torch.tensor([-1.5, -1.5], dtype=torch.float64), datums, {"kind": "dpo", "beta": 2, "nll_coef": 0.1})
    assert value == pytest.approx(3 * (math.log1p(math.exp(-2)) + 0.15))


def test_cross_entropy_and_imitation_beside_a_policy_loss() -> None:
    logp = torch.tensor([-1.0, -2.0, -4.0], dtype=torch.float64)
    taught = completions([2, 1], role=["imitate", "imitate"], weight=[0.5, 1.0], group=["a", "b"])
    # (0.5 · 3 + 1 · 4) / 2 groups
    assert run(logp, taught, {"kind": "cross_entropy"})[0] == pytest.approx(2.75)
    mixed = completions([2, 1], role=["policy", "imitate"], weight=[1.0, 1.0], advantage=[2.0, 0.0])
    # one group: -2 · 2 / 4, and + 4
    value, grad = run(logp, mixed, {"kind": "dr_grpo", "max_completion_length": 4})
    assert value == pytest.approx(-1 + 4)
    assert grad.tolist() == pytest.approx([-0.5, -0.5, -1.0])


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"kind": "ppo"}, "kind: expected dr_grpo, grpo, dapo, bnpo, cross_entropy, dpo, got 'ppo'"),
        ({"kind": "dr_grpo"}, "dr_grpo: max_completion_length is missing"),
        ({"kind": "grpo", "klcoef": 1}, "unknown field 'klcoef' of loss"),
        ({"kind": "grpo", "kl_estimator": "full"}, "kl_estimator: expected 'k3', got 'full'"),
        (
            {"kind": "grpo", "importance": {"mode": "tis"}},
            "importance.mode: expected none, token_truncate, token_mask, sequence_truncate, sequence_mask, got 'tis'",
        ),
    ],
)
def test_parse_loss_refuses(value: dict[str, Any], message: str) -> None:
    with pytest.raises(EngineError) as caught:
        losses.parse_loss(value)
    assert (caught.value.code, caught.value.message) == ("bad_loss", message)


def test_check_refuses_a_correction_without_the_samplers_logprobs() -> None:
    spec = losses.parse_loss({"kind": "grpo", "importance": {"mode": "token_mask", "max": 2}})
    with pytest.raises(EngineError, match="datum 0: the loss needs the sampler's logprobs"):
        losses.check(completions([1]), spec)
