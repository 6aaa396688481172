from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import torch
from cases import PNGS, SHA, Maker, cases, images
from reference import padded_logprobs

from halo_lora.adapter import AdamSpec, Adapter, LoraSpec, sha256_files
from halo_lora.engine import Engine, EngineOptions
from halo_lora.errors import EngineError

LOSS = {"kind": "dr_grpo", "max_completion_length": 8}
ADAM = {"learning_rate": 0.01, "grad_clip_norm": 1.0}


@pytest.fixture
def engine(tiny: str) -> Engine:
    engine = Engine(tiny, images=images)
    engine.create_model("m", rank=4, alpha=8, seed=2)
    return engine


@pytest.fixture
def case(engine: Engine) -> list[dict[str, Any]]:
    return cases(engine.model.config)["depth three"]


def step(engine: Engine, case: list[dict[str, Any]], model_id: str = "m") -> dict[str, float]:
    engine.forward_backward(model_id, case, LOSS)
    return engine.optim_step(model_id, ADAM)


def refused(code: str, call: Any, *arguments: Any) -> str:
    with pytest.raises(EngineError) as caught:
        call(*arguments)
    assert caught.value.code == code
    return caught.value.message


def test_equal_calls_give_equal_bits(engine: Engine, case: list[dict[str, Any]]) -> None:
    engine.create_model("n", rank=4, alpha=8, seed=2)
    for _ in range(2):
        step(engine, case, "m")
        step(engine, case, "n")
    m, n = engine._adapter("m"), engine._adapter("n")
    assert torch.equal(m.flat, n.flat)
    assert float(m.weights["model.language_model.layers.0.mlp.up_proj.lora_B.weight"].norm()) > 0


def test_training_raises_what_was_rewarded(engine: Engine, case: list[dict[str, Any]]) -> None:
    one = [case[0] | {"advantage": 1.0}, case[1] | {"advantage": -1.0}]
    before = engine.forward("m", one)
    for _ in range(3):
        step(engine, one)
    after = engine.forward("m", one)
    assert sum(after[0]) > sum(before[0]) + 0.1
    assert sum(after[1]) < sum(before[1]) - 0.1


def test_state_restores_the_next_step_bit_for_bit(
    engine: Engine, tiny: str, tmp_path: Path, case: list[dict[str, Any]]
) -> None:
    step(engine, case)
    assert engine.save_state("m", tmp_path / "s") == {"step": 1}
    engine.save_state("m", tmp_path / "s")  # replaced whole
    metrics = step(engine, case)
    other = Engine(tiny, images=images)
    assert other.load_state("m", tmp_path / "s") == {"step": 1}
    assert step(other, case) == metrics
    a, b = engine._adapter("m"), other._adapter("m")
    for name in ("flat", "exp_avg", "exp_avg_sq"):
        assert torch.equal(getattr(a, name), getattr(b, name)), name
    assert torch.equal(a.rng.get_state(), b.rng.get_state())
    assert (a.step, a.spec) == (b.step, b.spec) == (2, LoraSpec(4, 8.0, False, 2))


def test_state_is_refused_when_cut_or_of_another_rank(engine: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "s"
    engine.save_state("m", folder)
    about = json.loads((folder / "state.json").read_text())
    about["lora"]["rank"] = 8
    (folder / "state.json").write_text(json.dumps(about))
    assert "of another model or rank" in refused("bad_state", engine.load_state, "x", folder)
    about["lora"]["rank"] = 4
    (folder / "state.json").write_text(json.dumps(about))
    whole = (folder / "state.safetensors").read_bytes()
    (folder / "state.safetensors").write_bytes(whole[:-100])
    refused("bad_state", engine.load_state, "x", folder)
    refused("bad_state", engine.load_state, "x", tmp_path / "none")


@pytest.mark.parametrize("rslora", [False, True])
def test_published_adapter_loads_in_stock_peft(rslora: bool, tiny: str, tmp_path: Path) -> None:
    from peft import PeftModel
    from transformers import Qwen3VLForConditionalGeneration

    engine = Engine(tiny, images=images)
    engine.create_model("m", rank=4, alpha=8, rslora=rslora)
    case = cases(engine.model.config)["depth three"]
    for _ in range(3):
        step(engine, case)
    manifest = engine.publish("m", tmp_path / "v000003", version=3)
    folder = Path(manifest["location"])
    assert json.loads((folder / "halo.json").read_text()) == manifest
    assert manifest["sha256"] == sha256_files(folder)
    assert sorted(p.name for p in folder.iterdir()) == ["adapter_config.json", "adapter_model.safetensors", "halo.json"]
    assert list(tmp_path.iterdir()) == [folder]
    known = {k: manifest[k] for k in ("schema", "version", "base", "rank", "alpha", "dtype")}
    assert known == {
        "schema": "halo.adapter/1",
        "version": 3,
        "base": tiny,
        "rank": 4,
        "alpha": 8.0,
        "dtype": "float32",
    }
    base = Qwen3VLForConditionalGeneration.from_pretrained(tiny, dtype=torch.float32)
    model = PeftModel.from_pretrained(base, folder).eval()
    from halo_lora.datum import Datum, parse_datums

    expected = padded_logprobs(model, tiny, parse_datums(case), temperature=1.0)
    for found, want in zip(engine.forward("m", case), expected, strict=True):
        assert found == pytest.approx(want.tolist(), abs=2e-5)
    ids = manifest["canary"]["ids"]
    assert len(ids) == 24
    probe = [Datum(tuple(ids[:1]), tuple(ids[1:]))]
    want = padded_logprobs(model, tiny, probe, temperature=1.0)[0].tolist()
    assert manifest["canary"]["logprobs"] == pytest.approx(want, abs=2e-5)
    with model.disable_adapter():
        want = padded_logprobs(model, tiny, probe, temperature=1.0)[0].tolist()
    assert manifest["canary"]["base_logprobs"] == pytest.approx(want, abs=2e-5)
    apart = max(abs(a - b) for a, b in zip(manifest["canary"]["logprobs"], want, strict=True))
    assert apart > 1e-3
    refused("folder_exists", engine.publish, "m", folder, 3)


def test_loud_adapters_move_each_projection_alone(
    engine: Engine, tiny: str, tmp_path: Path, case: list[dict[str, Any]]
) -> None:
    from safetensors.torch import load_file

    step(engine, case)
    before = engine.forward("m", case)
    first = engine.publish("m", tmp_path / "v1", 1, None, tmp_path / "canaries")
    assert [p["name"] for p in first["projections"]] == [
        *(f"{x}_proj" for x in "qkvo"),
        *(f"{x}_proj" for x in ("gate", "up", "down")),
    ]
    base = torch.tensor(first["canary"]["base_logprobs"])
    for found in first["projections"]:
        assert float((torch.tensor(found["logprobs"]) - base).abs().mean()) >= 0.5
        tensors = load_file(Path(found["location"]) / "adapter_model.safetensors")
        # Three layers, A and B.
        assert len(tensors) == 6 and all(found["name"] in name for name in tensors)
        assert found["sha256"] == sha256_files(found["location"])
    # The model goes on as it was, and the second publication makes none anew.
    assert engine.forward("m", case) == before
    written = (tmp_path / "canaries").stat().st_mtime_ns
    assert engine.publish("m", tmp_path / "v2", 2, None, tmp_path / "canaries")["projections"] == first["projections"]
    assert (tmp_path / "canaries").stat().st_mtime_ns == written


def test_out_of_memory_halves_the_micro_batch(
    engine: Engine, case: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    want = engine.forward_backward("m", case, LOSS)
    expected = engine._adapter("m").grad.clone()
    decode = engine.model.decode
    calls = []

    def small(packed: Any, *rest: Any) -> torch.Tensor:
        calls.append(packed.tokens)
        hidden = decode(packed, *rest)
        if packed.tokens > 40:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 1 GiB\nmore")
        return hidden

    monkeypatch.setattr(engine.model, "decode", small)
    engine.create_model("n", rank=4, alpha=8, seed=2)
    found = engine.forward_backward("n", case, LOSS)
    assert max(calls) > 40 and found["metrics"]["batch/micro"] > 1
    assert found["logprobs"] == [pytest.approx(x, abs=1e-5) for x in want["logprobs"]]
    torch.testing.assert_close(engine._adapter("n").grad, expected, rtol=1e-4, atol=1e-6)


def test_a_failed_call_leaves_the_gradient_as_it_was(
    engine: Engine, case: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.forward_backward("m", case, LOSS)
    before = engine._adapter("m").grad.clone()
    decode, left = engine.model.decode, [2]

    def fails(*arguments: Any) -> torch.Tensor:
        left[0] -= 1
        if left[0] < 0:
            raise torch.OutOfMemoryError("CUDA out of memory.")
        return decode(*arguments)

    monkeypatch.setattr(engine.model, "decode", fails)
    monkeypatch.setattr(engine, "options", EngineOptions(max_tokens_per_micro_batch=1))
    message = refused("out_of_memory", engine.forward_backward, "m", case, LOSS)
    assert message.startswith("one example of ") and message.endswith("CUDA out of memory.")
    assert torch.equal(engine._adapter("m").grad, before)


def test_adam_equals_torch() -> None:
    adapter = Adapter(LoraSpec(2, 2), {"w": (3, 4)}, dtype=torch.float32, device=torch.device("cpu"))
    copy = torch.nn.Parameter(adapter.flat.clone())
    spec = AdamSpec(learning_rate=0.01, beta2=0.99, eps=1e-8, weight_decay=0.1, grad_clip_norm=0.5)
    peer = torch.optim.AdamW([copy], lr=0.01, betas=(0.9, 0.99), eps=1e-8, weight_decay=0.1)
    for seed in range(4):
        grad = torch.randn(14, generator=torch.Generator().manual_seed(seed))
        adapter.grad.copy_(grad)
        metrics = adapter.optim_step(spec)
        assert metrics["grad/norm"] == pytest.approx(float(grad.norm()), rel=1e-6)
        copy.grad = grad
        torch.nn.utils.clip_grad_norm_([copy], 0.5)
        peer.step()
        torch.testing.assert_close(adapter.flat, copy.detach(), rtol=1e-5, atol=1e-6)
    assert not adapter.grad.any()


def test_non_finite_gradient_takes_no_step(engine: Engine, case: list[dict[str, Any]]) -> None:
    engine.forward_backward("m", case, LOSS)
    adapter = engine._adapter("m")
    before = adapter.flat.clone()
    adapter.grad[0] = float("inf")
    refused("non_finite", engine.optim_step, "m", ADAM)
    assert torch.equal(adapter.flat, before) and adapter.step == 0
    step(engine, case)


def test_dpo_trains_a_pair_against_its_stored_logprobs(engine: Engine, case: list[dict[str, Any]]) -> None:
    pair = [case[0] | {"role": "chosen", "pair": "p"}, case[1] | {"role": "rejected", "pair": "p"}]
    stored = engine.forward("m", pair)
    pair = [d | {"logprobs": x} for d, x in zip(pair, stored, strict=True)]
    metrics = []
    for _ in range(3):
        out = engine.forward_backward("m", pair, {"kind": "dpo", "beta": 0.5})
        metrics.append(out["metrics"])
        engine.optim_step("m", ADAM)
    # Policy = reference at first: -log σ(0) times the pair's weight.
    assert metrics[0]["loss/total"] == pytest.approx(0.6931471805599453 * pair[0]["weight"], 1e-5)
    assert metrics[2]["dpo/margin"] > 0.01 and metrics[2]["dpo/accuracy"] == 1


def test_vision_runs_once_per_screenshot(
    engine: Engine, case: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    see, seen = engine.model.see, []

    def counting(png: bytes) -> Any:
        seen.append(hashlib.sha256(png).hexdigest())
        return see(png)

    monkeypatch.setattr(engine.model, "see", counting)
    step(engine, case)
    step(engine, case)
    assert seen == [SHA["wide"]]
    assert engine.info()["vision_cache"]["images"] == 1
    monkeypatch.setattr(engine, "options", EngineOptions(vision_cache_bytes=1))
    engine.forward("m", cases(engine.model.config)["two images"])
    assert engine.info()["vision_cache"]["images"] == 1


@pytest.mark.parametrize(
    ("change", "code", "message"),
    [
        (
            lambda d, c: d["completion_ids"].append(c.image_token_id),
            "bad_datum",
            "datum 1: its completion holds the image pad {image}",
        ),
        (
            lambda d, c: d["completion_ids"].append(c.video_token_id),
            "bad_datum",
            "datum 1: its completion holds the video pad {video}",
        ),
        (
            lambda d, c: d["prompt_ids"].append(c.image_token_id),
            "image_mismatch",
            "datum 1: the prompt holds 9 image pads, its images make 8 tokens (2·4)",
        ),
        (
            lambda d, c: d["images"].clear(),
            "image_mismatch",
            "datum 1: the prompt holds 8 image pads, its images make 0 tokens (no image)",
        ),
        (lambda d, c: d["images"].append("0" * 64), "missing_image", "screenshot " + "0" * 64 + " was never uploaded"),
        (
            lambda d, c: d["completion_ids"].append(10**6),
            "bad_datum",
            "datum 1: token 1000000 is outside the model's vocabulary of {vocab}",
        ),
        (
            lambda d, c: d.update(completion_ids=[]),
            "bad_datum",
            "datum 1: completion_ids: expected at least 1 token, got none",
        ),
        (
            lambda d, c: d.update(logprobs=[-1.0]),
            "bad_datum",
            "datum 1: logprobs: expected 4, one a completion token, got 1",
        ),
        (
            lambda d, c: d.update(pair="p"),
            "bad_datum",
            "datum 1: role 'policy' with pair 'p': chosen and rejected need a pair, others have none",
        ),
    ],
)
def test_a_bad_datum_is_named(change: Any, code: str, message: str, engine: Engine) -> None:
    config = engine.model.config
    bad = [dict(d) for d in cases(config)["depth three"]]
    bad[1] = {k: list(v) if isinstance(v, list) else v for k, v in bad[1].items()}
    bad[1].pop("logprobs")
    change(bad[1], config)
    expected = message.format(
        image=config.image_token_id, video=config.video_token_id, vocab=config.text_config.vocab_size
    )
    assert refused(code, engine.forward_backward, "m", bad, LOSS) == expected
    assert not engine._adapter("m").grad.any()


def test_stored_bytes_must_have_their_hash(tiny: str) -> None:
    engine = Engine(tiny, images=lambda sha: PNGS[SHA["tall"]])
    case = cases(engine.model.config)["one"]
    refused("image_mismatch", engine.forward, None, case)


def test_a_folder_without_a_model_says_so(tiny: str, tmp_path: Path) -> None:
    weightless = tmp_path / "weightless"
    weightless.mkdir()
    shutil.copy(Path(tiny) / "config.json", weightless)
    for folder in (tmp_path / "none", weightless):
        with pytest.raises(EngineError, match=f"'{folder}' cannot be loaded: ") as caught:
            Engine(str(folder))
        assert caught.value.code == "bad_model"


def test_models_are_apart_and_named_in_errors(engine: Engine, case: list[dict[str, Any]]) -> None:
    refused("model_exists", engine.create_model, "m")
    refused("no_gradients", engine.optim_step, "m")
    engine.forward_backward("m", case, LOSS)
    refused("pending_gradients", engine.save_state, "m", "/nowhere")
    engine.create_model("n", rank=2, alpha=2)
    step(engine, case, "n")
    assert engine._adapter("m").step == 0 and engine._adapter("n").step == 1
    engine.optim_step("m", ADAM)
    engine.unload("n")
    assert refused("unknown_model", engine.forward, "n", case) == "no model 'n'; loaded: m"


def test_canary_is_a_tool_call(engine: Engine) -> None:
    ids = engine.model.canary_ids()
    assert len(ids) == 24 and not {engine.model.image_id, engine.model.video_id} & set(ids)
    assert Maker(engine.model.config).text(1) != ids  # drawn from a text, not noise
