"""Each family in packed rows against one padded row a completion, through stock transformers and peft."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import torch
import zoo
from cases import SHA, Maker, images
from reference import RUNS, reference_model
from test_exactness import gradients, reference_gradients, relative, stir, worst
from transformers import InternVLConfig

from halo_lora.engine import Engine
from halo_lora.errors import EngineError


def engine_of(folder: str) -> Engine:
    engine = Engine(folder, images=images)
    engine.create_model("m", rank=4, alpha=8)
    stir(engine)
    return engine


def text_case() -> list[dict[str, Any]]:
    """Two groups with a beginning in common; the second goes on from a sample of the first."""
    m = Maker(None)
    prompt, first = m.text(14), m.text(4)
    deeper = [*prompt, *first, *m.text(5)]
    return [
        m.datum(prompt, first),
        *(m.datum(prompt, m.text(n)) for n in (2, 6)),
        *(m.datum(deeper, m.text(n), group="h") for n in (3, 5)),
        m.datum(m.text(9), m.text(4), group="i"),
    ]


def picture_case(kind: str, tokens: int) -> list[dict[str, Any]]:
    """The same with a picture of `tokens` placeholders, and another branch with a second one."""
    m, runs = Maker(None, seed=1), RUNS.get(kind, 1)

    def shown() -> list[int]:
        pads = [zoo.IMAGE] * (tokens // runs)
        return [x for _ in range(runs) for x in (zoo.START, *pads, zoo.END)]

    prompt, first = [*m.text(6), *shown(), *m.text(4)], m.text(3)
    deeper = [*prompt, *first, *m.text(2), *shown(), *m.text(3)]
    seen = ["wide"] * runs
    return [
        m.datum(prompt, first, *seen),
        *(m.datum(prompt, m.text(n), *seen) for n in (2, 6)),
        *(m.datum(deeper, m.text(n), *seen, *seen, group="h") for n in (4, 5)),
    ]


def compare(engine: Engine, folder: str, case: list[dict[str, Any]]) -> None:
    reference = reference_model(folder, engine, "m")
    logp, grad, _ = gradients(engine, case)
    expected, expected_grad = reference_gradients(reference, folder, engine, case)
    assert worst(logp, expected) < 1e-5
    assert relative(grad, expected_grad) < 1e-5
    at = 0
    for key, (rows, columns) in engine._adapter("m").layout.items():
        assert float(expected_grad[at : at + rows * columns].norm()) > 0, key
        at += rows * columns


@pytest.mark.parametrize("kind", [*zoo.TEXT, *zoo.STATEFUL])
def test_a_text_family_equals_transformers_and_peft(kind: str, tmp_path: Path) -> None:
    folder = zoo.write(tmp_path, {**zoo.TEXT, **zoo.STATEFUL}[kind]())
    engine = engine_of(folder)
    assert engine.info()["family"] == kind
    assert (engine.model.image_id, engine.model.family.shares_prefix) == (-1, kind in zoo.TEXT)
    compare(engine, folder, text_case())


@pytest.mark.parametrize("kind", zoo.SEEING)
def test_a_family_with_pictures_equals_transformers_and_peft(kind: str, tmp_path: Path) -> None:
    folder = zoo.write(tmp_path, *zoo.SEEING[kind]())
    engine = engine_of(folder)
    seen = engine.model.see(images(SHA["wide"]))
    assert len(seen.runs) == RUNS.get(kind, 1)
    case = picture_case(kind, seen.tokens)
    compare(engine, folder, case)
    blank = engine.model.see(images(SHA["tall"]))
    assert seen.embeds.shape[-1] == blank.embeds.shape[-1] == 64
    # What the picture shows matters.
    before = engine.forward("m", case)
    engine._seen[SHA["wide"]] = type(seen)(seen.runs, torch.zeros_like(seen.embeds), seen.grid, seen.deepstack)
    assert worst(*(list(map(torch.tensor, x)) for x in (before, engine.forward("m", case)))) > 1e-3


def test_only_attention_and_mlp_are_adapted(tmp_path: Path) -> None:
    engine = engine_of(zoo.write(tmp_path, zoo.STATEFUL["qwen3_5_text"]()))
    names = {re.sub(r"^model\.layers\.\d+\.", "", name) for name in engine.slots.modules}
    attention = {f"self_attn.{x}_proj" for x in "qkvo"}
    assert names == attention | {f"mlp.{x}_proj" for x in ("gate", "up", "down")}


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("gpt2", "GPT2LMHeadModel has no linear map in attention or MLP that LoRA could adapt"),
        ("mamba", "MambaForCausalLM has no attention that takes a mask"),
        ("gemma2", "a model of type 'gemma2' does not train here: its log-probabilities in packed rows are off by"),
    ],
)
def test_a_family_that_does_not_train_is_refused(kind: str, why: str, tmp_path: Path) -> None:
    folder = zoo.write(tmp_path, zoo.REFUSED[kind]())
    with pytest.raises(EngineError) as caught:
        Engine(folder)
    assert caught.value.code == "unsupported_model"
    assert why in caught.value.message and caught.value.hint


def test_pictures_of_another_family_are_refused(tmp_path: Path) -> None:
    InternVLConfig().save_pretrained(tmp_path)
    with pytest.raises(EngineError) as caught:
        Engine(str(tmp_path))
    assert caught.value.code == "unsupported_model"
    assert caught.value.message == "pictures of a model of type 'internvl' are not known to the trainer"


def test_a_type_that_no_test_knows_is_tried_when_it_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = zoo.write(tmp_path, zoo.TEXT["olmo2"]())
    Engine(folder)
    monkeypatch.setattr("halo_lora.trie.Packed.bias", lambda packed, dtype: torch.zeros(packed.mask().shape))
    with pytest.raises(EngineError, match="its log-probabilities in packed rows are off by"):
        Engine(folder)


def test_a_picture_of_several_runs_is_named_by_each(tmp_path: Path) -> None:
    engine = engine_of(zoo.write(tmp_path, *zoo.SEEING["smolvlm"]()))
    case = picture_case("smolvlm", engine.model.see(images(SHA["wide"])).tokens)
    case[0]["images"] = case[0]["images"][:2]
    with pytest.raises(EngineError, match=f"datum 0: expected screenshot {SHA['wide']} for 3 runs of image pads"):
        engine.forward("m", case)


def test_a_picture_for_a_text_model_is_refused(tmp_path: Path) -> None:
    engine = engine_of(zoo.write(tmp_path, zoo.TEXT["llama"]()))
    with pytest.raises(EngineError, match="sees no pictures"):
        engine.forward("m", [Maker(None).datum([1, 2, 3], [4], "wide")])
