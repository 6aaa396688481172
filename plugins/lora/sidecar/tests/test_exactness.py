"""Packed rows against one padded row a completion, through stock transformers and peft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import torch
from cases import Maker, cases, images
from reference import padded_logprobs, peft_name, reference_model
from transformers import AutoConfig

from halo_lora import losses, trie
from halo_lora.base_model import BaseModel
from halo_lora.datum import parse_datums
from halo_lora.engine import Engine, EngineOptions

LOSS = {"kind": "dr_grpo", "max_completion_length": 8}
TEMPERATURE = 0.7


def stir(engine: Engine, model_id: str = "m", seed: int = 3) -> None:
    """Random A and B, so that every gradient is non-zero and the adapter matters."""
    generator = torch.Generator().manual_seed(seed)
    adapter = engine._adapter(model_id)
    noise = torch.randn(adapter.flat.shape, generator=generator, dtype=torch.float64)
    adapter.flat.copy_(0.1 * noise)
    engine._resident = None


def make(path: str, dtype: str, **options: Any) -> Engine:
    engine = Engine(path, dtype, images=images, options=EngineOptions(**options))
    engine.create_model("m", rank=4, alpha=8)
    stir(engine)
    return engine


@pytest.fixture(scope="module")
def exact(tiny: str) -> Iterator[Engine]:
    yield make(tiny, "float64")


@pytest.fixture(scope="module")
def exact_reference(tiny: str, exact: Engine) -> Any:
    return reference_model(tiny, exact, "m")


def gradients(
    engine: Engine, datums: list[dict[str, Any]], loss: dict[str, Any] = LOSS
) -> tuple[list[torch.Tensor], torch.Tensor, dict[str, float]]:
    """Log-probs, the summed gradient (cleared again) and metrics of one call."""
    out = engine.forward_backward("m", datums, loss, TEMPERATURE)
    adapter = engine._adapter("m")
    grad = adapter.grad.clone()
    adapter.grad.zero_()
    adapter.accumulated = 0
    return [torch.tensor(x, dtype=torch.float64) for x in out["logprobs"]], grad, out["metrics"]


def reference_gradients(
    model: Any, path: str, engine: Engine, datums: list[dict[str, Any]], loss: dict[str, Any] = LOSS
) -> tuple[list[torch.Tensor], torch.Tensor]:
    parsed = parse_datums(datums)
    logp = padded_logprobs(model, path, parsed, temperature=TEMPERATURE)
    spec = losses.parse_loss(loss)
    scales = losses.token_scales(parsed, spec, losses.normalisers(parsed, spec))
    flat = torch.cat(logp)
    losses.batch_loss(flat, losses.Batch.of(parsed, scales, flat), None, spec).backward()
    parameters = dict(model.named_parameters())
    found = []
    for name in engine._adapter("m").layout:
        grad = parameters[peft_name(name)].grad
        found.append(grad.flatten())
        parameters[peft_name(name)].grad = None
    return [x.detach().double() for x in logp], torch.cat(found)


def relative(a: torch.Tensor, b: torch.Tensor) -> float:
    return float((a.double() - b.double()).norm() / b.double().norm())


def worst(a: list[torch.Tensor], b: list[torch.Tensor]) -> float:
    return max(float((x - y).abs().max()) for x, y in zip(a, b, strict=True))


NAMES = (
    "text",
    "one",
    "image",
    "two images",
    "unequal lengths",
    "two groups",
    "candidates",
    "candidates beside free answers",
    "duplicates and shared heads",
    "depth three",
    "image inside a branch",
    "same ids, other pixels",
)


@pytest.fixture(scope="module")
def datums(tiny: str) -> dict[str, list[dict[str, Any]]]:
    found = cases(AutoConfig.from_pretrained(tiny))
    assert tuple(sorted(found)) == tuple(sorted(NAMES))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_packed_equals_padded_in_float64(
    name: str, tiny: str, exact: Engine, exact_reference: Any, datums: dict[str, list[dict[str, Any]]]
) -> None:
    logp, grad, _ = gradients(exact, datums[name])
    expected, expected_grad = reference_gradients(exact_reference, tiny, exact, datums[name])
    assert worst(logp, expected) < 1e-9
    assert relative(grad, expected_grad) < 1e-9
    at = 0
    for key, (rows, columns) in exact._adapter("m").layout.items():
        here = slice(at, at + rows * columns)
        assert relative(grad[here], expected_grad[here]) < 1e-9, key
        at += rows * columns


def test_a_token_without_another_has_no_gradient(exact: Engine, datums: dict[str, list[dict[str, Any]]]) -> None:
    [one, *_] = datums["candidates"]
    forced = {**one, "among": [[i] for i in one["completion_ids"]]}
    logp, grad, metrics = gradients(exact, [forced])
    assert logp[0].tolist() == [0, 0, 0]
    assert float(grad.norm()) == 0
    assert metrics["policy/entropy"] == 0


def test_the_whole_vocabulary_is_another_policy(exact: Engine, datums: dict[str, list[dict[str, Any]]]) -> None:
    held = datums["candidates"]
    logp, grad, _ = gradients(exact, held)
    free, other, _ = gradients(exact, [{k: v for k, v in d.items() if k != "among"} for d in held])
    assert worst(logp, free) > 1
    assert relative(grad, other) > 0.1


# ---- what must not hold


def straight_positions(model: BaseModel, ids: Any, pictures: Any, starts: Any) -> Any:
    """Starts the text after an image at P instead of P + delta."""
    found = POSITIONS(model, ids, pictures, starts)
    if pictures:
        last = starts[-1] + pictures[-1].tokens
        found[:, last:] += last - found[0, last]
    return found


def no_deepstack(model: BaseModel, packed: Any, pictures: Any, mask: Any) -> torch.Tensor:
    blank = [replace(p, deepstack=torch.zeros_like(p.deepstack)) for p in pictures]
    return DECODE(model, packed, blank, mask)


def causal_mask(packed: trie.Packed) -> torch.Tensor:
    length = packed.ids.shape[1]
    return torch.ones(length, length, dtype=torch.bool).tril().expand(len(packed.ids), 1, length, length)


POSITIONS, DECODE = BaseModel.positions, BaseModel.decode


@pytest.mark.parametrize(
    ("owner", "name", "broken"),
    [
        (BaseModel, "positions", straight_positions),
        (BaseModel, "decode", no_deepstack),
        (trie.Packed, "mask", causal_mask),
    ],
)
def test_a_broken_packing_is_seen(
    owner: type,
    name: str,
    broken: Any,
    exact: Engine,
    datums: dict[str, list[dict[str, Any]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    logp, grad, _ = gradients(exact, datums["image"])
    monkeypatch.setattr(owner, name, broken)
    wrong, wrong_grad, _ = gradients(exact, datums["image"])
    assert worst(wrong, logp) > 1e-3
    assert relative(wrong_grad, grad) > 1e-3


# ---- what must not matter


def test_a_branch_does_not_see_its_sibling(exact: Engine, datums: dict[str, list[dict[str, Any]]]) -> None:
    before, _, _ = gradients(exact, datums["image"])
    changed = [dict(d) for d in datums["image"]]
    changed[1]["completion_ids"] = [(t + 1) % 300 for t in changed[1]["completion_ids"]]
    after, _, _ = gradients(exact, changed)
    assert worst(after[:1] + after[2:], before[:1] + before[2:]) < 1e-12
    assert float((after[1] - before[1]).abs().max()) > 1e-3


def test_order_and_padding_do_not_matter(
    exact: Engine, datums: dict[str, list[dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, grad, _ = gradients(exact, datums["depth three"])
    order = [4, 0, 5, 2, 1, 3]
    monkeypatch.setattr(exact, "options", EngineOptions(pad_to=64))
    after, again, _ = gradients(exact, [datums["depth three"][i] for i in order])
    assert worst(after, [before[i] for i in order]) < 1e-12
    assert relative(again, grad) < 1e-12


@pytest.mark.parametrize("kind", ["dr_grpo", "grpo", "dapo", "bnpo"])
def test_micro_batches_add_up(
    kind: str, exact: Engine, datums: dict[str, list[dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    loss = {"kind": kind, "max_completion_length": 8, "kl_coef": 0.1, "old": "sampler"}
    both = datums["two groups"] + [d | {"group": "i"} for d in datums["depth three"]]
    logp, grad, metrics = gradients(exact, both, loss)
    assert metrics["batch/micro"] <= 2
    monkeypatch.setattr(exact, "options", EngineOptions(max_tokens_per_micro_batch=40))
    cut, cut_grad, cut_metrics = gradients(exact, both, loss)
    assert cut_metrics["batch/micro"] > 4
    assert worst(cut, logp) < 1e-12
    assert relative(cut_grad, grad) < 1e-12
    assert cut_metrics["loss/total"] == pytest.approx(metrics["loss/total"], rel=1e-12)
    assert cut_metrics["kl/mean"] == pytest.approx(metrics["kl/mean"], rel=1e-12)


def test_checkpointing_does_not_matter(
    exact: Engine, datums: dict[str, list[dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    mlp = exact.model.parts.layers[0].mlp
    handle = mlp.register_forward_pre_hook(lambda *_: calls.append(1))
    _, grad, _ = gradients(exact, datums["two images"])
    assert len(calls) == 1
    monkeypatch.setattr(exact, "options", EngineOptions(checkpointing="on"))
    _, again, _ = gradients(exact, datums["two images"])
    handle.remove()
    assert len(calls) == 3  # once more forward, once more in the backward pass
    assert relative(again, grad) < 1e-12


@pytest.mark.parametrize("name", ["two images", "depth three", "image inside a branch"])
def test_packed_equals_padded_in_float32(name: str, tiny: str, datums: dict[str, list[dict[str, Any]]]) -> None:
    engine = make(tiny, "float32")
    model = reference_model(tiny, engine, "m")
    logp, grad, _ = gradients(engine, datums[name])
    expected, expected_grad = reference_gradients(model, tiny, engine, datums[name])
    assert worst(logp, expected) < 1e-5
    assert relative(grad, expected_grad) < 1e-5


def test_kl_reference_is_the_model_without_adapter(exact: Engine, datums: dict[str, list[dict[str, Any]]]) -> None:
    case = datums["image"]
    base = exact.forward(None, case, TEMPERATURE)
    here = exact.forward("m", case, TEMPERATURE)
    loss = LOSS | {"kl_coef": 0.5}
    _, grad, metrics = gradients(exact, case, loss)
    d = torch.cat([torch.tensor(b) - torch.tensor(h) for b, h in zip(base, here, strict=True)])
    assert metrics["kl/mean"] == pytest.approx(float((torch.exp(d) - d - 1).mean()), rel=1e-5)
    known = [c | {"ref_logprobs": b} for c, b in zip(case, base, strict=True)]
    _, again, _ = gradients(exact, known, loss)
    assert relative(again, grad) < 1e-9


def test_gap_is_against_the_samplers_logprobs(exact: Engine, datums: dict[str, list[dict[str, Any]]]) -> None:
    here = exact.forward("m", datums["image"], TEMPERATURE)
    sent = [d | {"logprobs": x} for d, x in zip(datums["image"], here, strict=True)]
    sent[2]["logprobs"] = [sent[2]["logprobs"][0] - 0.25, *sent[2]["logprobs"][1:]]
    _, _, metrics = gradients(exact, sent)
    assert metrics["gap/max"] == pytest.approx(0.25, abs=1e-9)
    # 24 tokens, one off by 1/4; its ratio is exp(1/4).
    assert metrics["gap/mean"] == pytest.approx(0.25 / 24, abs=1e-9)
    assert metrics["ratio/max"] == pytest.approx(1.2840254166877414, abs=1e-9)


def test_forward_is_at_the_draws_temperature(tiny: str, exact: Engine, exact_reference: Any) -> None:
    m = Maker(exact.model.config, seed=5)
    case = [m.datum(m.text(6), m.text(4))]
    for temperature in (1.0, 0.5):
        expected = padded_logprobs(exact_reference, tiny, parse_datums(case), temperature=temperature)
        found = exact.forward("m", case, temperature)
        assert found[0] == pytest.approx(expected[0].tolist(), abs=1e-9)
