from __future__ import annotations

import copy
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from fake_engine import IMAGE_TOKEN

from halo_lora.blobs import Blobs
from halo_lora.datum import parse_datum
from halo_lora.errors import EngineError
from halo_lora.journal import Entry, Journal
from halo_lora.protocol import Refused, read_adam, read_body, read_create, read_pass
from halo_lora.store import Store

SHA = "ab" * 32


def body() -> dict[str, Any]:
    """Prompt 1 [picture of 2] 4, completion 5 6."""
    return {
        "forward_backward_input": {
            "loss_fn": "dr_grpo",
            "loss_fn_config": {"max_completion_length": 8, "importance": {"mode": "none"}},
            "data": [
                {
                    "model_input": {
                        "chunks": [
                            {"type": "encoded_text", "tokens": [1]},
                            {
                                "type": "image_asset_pointer",
                                "location": f"sha256:{SHA}",
                                "format": "png",
                                "expected_tokens": 2,
                            },
                            {"type": "encoded_text", "tokens": [4, 5]},
                        ]
                    },
                    "loss_fn_inputs": {
                        "target_tokens": {"data": [900, 900, 4, 5, 6], "dtype": "int64", "shape": [5]},
                        "mask": {"data": [0, 0, 0, 1, 1], "dtype": "float32", "shape": [5]},
                        "weights": {"data": [0, 0, 0, 0.5, 0.5], "dtype": "float32", "shape": [5]},
                        "advantages": {"data": [0, 0, 0, -2, -2], "dtype": "float32", "shape": [5]},
                        "logprobs": {"data": [0, 0, 0, -0.1, -0.2], "dtype": "float32", "shape": [5]},
                    },
                    "x_halo": {"group": "g", "role": "chosen", "pair": "p", "policy_version": 3},
                }
            ],
            "x_halo": {"temperature": 0.7},
        }
    }


def read(value: Any) -> Any:
    raw = json.dumps(value).encode()
    return read_pass(read_body(raw), "forward_backward_input", image_token=IMAGE_TOKEN)


def test_a_datum_is_read_whole() -> None:
    found = read(body())
    assert found.datums == [
        {
            "prompt_ids": [1, 900, 900, 4],
            "completion_ids": [5, 6],
            "images": [SHA],
            "group": "g",
            "role": "chosen",
            "pair": "p",
            "weight": 0.5,
            "advantage": -2.0,
            "logprobs": [-0.1, -0.2],
        }
    ]
    assert (found.policy_versions, found.temperature, found.tokens) == ([3], 0.7, 6)
    assert found.loss == {"kind": "dr_grpo", "max_completion_length": 8, "importance": {"mode": "none"}}


def test_what_a_token_was_chosen_among_is_read() -> None:
    value = body()
    [datum] = value["forward_backward_input"]["data"]
    datum["x_halo"]["among"] = [[5, 7], [6]]
    assert read(value).datums[0]["among"] == [[5, 7], [6]]
    datum["x_halo"]["among"] = [5, 6]
    with pytest.raises(Refused) as refused:
        read(value)
    assert refused.value.message == (
        "forward_backward_input.data[0].x_halo.among: "
        "expected a list of token ids for each token of the completion, got [5, 6]"
    )


@pytest.mark.parametrize(
    ("among", "message"),
    [
        ([[5]], "datum 0: among: expected 2 lists, one a completion token, got 1"),
        ([[5], [7]], "datum 0: among[1]: expected token 6 of the completion among them"),
        ([[5, 5], [6]], "datum 0: among[0]: expected different whole numbers ≥ 0"),
        ([[5, -1], [6]], "datum 0: among[0]: expected different whole numbers ≥ 0"),
    ],
)
def test_among_that_does_not_fit_is_refused(among: list[list[int]], message: str) -> None:
    with pytest.raises(EngineError, match=re.escape(message)):
        parse_datum({"prompt_ids": [1], "completion_ids": [5, 6], "among": among}, 0)


def test_weights_stand_for_the_mask_as_in_plain_tinker() -> None:
    value = body()
    del value["forward_backward_input"]["data"][0]["loss_fn_inputs"]["mask"]
    assert read(value).datums == read(body()).datums


DATA = ("forward_backward_input", "data", 0)
INPUTS = (*DATA, "loss_fn_inputs")
AT = "forward_backward_input.data[0]."


@pytest.mark.parametrize(
    ("where", "new", "field", "code"),
    [
        (("forward_backward_input", "data"), [], "forward_backward_input.data", "invalid_field"),
        (
            ("forward_backward_input", "x_halo", "temperature"),
            0,
            "forward_backward_input.x_halo.temperature",
            "invalid_field",
        ),
        (
            ("forward_backward_input", "loss_fn_config", "kl_coef"),
            [1],
            "forward_backward_input.loss_fn_config.kl_coef",
            "invalid_field",
        ),
        (
            ("forward_backward_input", "loss_fn_config", "importance", "cap"),
            1,
            "forward_backward_input.loss_fn_config.importance.cap",
            "unknown_field",
        ),
        ((*DATA, "x_halo", "colour"), "red", f"{AT}x_halo.colour", "unknown_field"),
        ((*DATA, "x_halo", "policy_version"), "3", f"{AT}x_halo.policy_version", "invalid_field"),
        ((*DATA, "model_input", "chunks", 0, "tokens"), [1.5], f"{AT}model_input.chunks[0].tokens", "invalid_field"),
        ((*DATA, "model_input", "chunks", 0, "type"), "video", f"{AT}model_input.chunks[0].type", "invalid_field"),
        (
            (*DATA, "model_input", "chunks", 1, "location"),
            "https://x/y.png",
            f"{AT}model_input.chunks[1].location",
            "invalid_field",
        ),
        (
            (*DATA, "model_input", "chunks", 1, "expected_tokens"),
            3,
            f"{AT}loss_fn_inputs.target_tokens",
            "invalid_field",
        ),
        (
            (*INPUTS, "target_tokens", "data"),
            [900, 900, 9, 5, 6],
            f"{AT}loss_fn_inputs.target_tokens",
            "shifted_tokens",
        ),
        ((*INPUTS, "target_tokens", "shape"), [6], f"{AT}loss_fn_inputs.target_tokens.shape", "invalid_field"),
        ((*INPUTS, "mask", "data"), [0, 1, 0, 1, 1], f"{AT}loss_fn_inputs.mask", "invalid_field"),
        ((*INPUTS, "mask", "data"), [0] * 5, f"{AT}loss_fn_inputs.mask", "invalid_field"),
        ((*INPUTS, "advantages", "data"), [0, 0, 0, 1, 2], f"{AT}loss_fn_inputs.advantages", "unsupported"),
        ((*INPUTS, "logprobs", "data"), [0, 0, 0, None, 0], f"{AT}loss_fn_inputs.logprobs", "invalid_field"),
    ],
)
def test_a_wrong_field_is_named(where: tuple[Any, ...], new: Any, field: str, code: str) -> None:
    value = copy.deepcopy(body())
    at = value
    for key in where[:-1]:
        at = at[key]
    at[where[-1]] = new
    with pytest.raises(Refused) as caught:
        read(value)
    assert (caught.value.status, caught.value.field, caught.value.code) == (400, field, code)
    assert field in caught.value.message


def test_numbers_that_json_has_not_are_refused() -> None:
    for raw in (b'{"a": NaN}', b"{", b"[]"):
        with pytest.raises(Refused) as caught:
            read_body(raw)
        assert caught.value.code in ("invalid_json", "invalid_field")


def test_create_model_and_adam_are_read() -> None:
    value = {
        "session_id": "s",
        "model_seq_id": 2,
        "base_model": "b",
        "lora_config": {"rank": 4, "seed": 7, "train_unembed": True},
        "x_halo": {"alpha": 8},
    }
    found = read_create(read_body(json.dumps(value).encode()))
    assert (found.rank, found.seed, found.alpha, found.rslora) == (4, 7, 8.0, False)
    value["lora_config"]["train_mlp"] = False  # type: ignore[index]
    with pytest.raises(Refused) as caught:
        read_create(read_body(json.dumps(value).encode()))
    assert caught.value.field == "lora_config.train_mlp"
    assert read_adam(read_body(b'{"adam_params": {"beta1": 0.9}}')) == {"beta1": 0.9}
    with pytest.raises(Refused) as caught:
        read_adam(read_body(b'{"adam_params": {"momentum": 0.9}}'))
    assert caught.value.field == "adam_params.momentum"


def test_the_journal_drops_a_torn_line_and_counts_a_broken_one(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    journal = Journal(path)
    journal.append(Entry("m", 0, "create_model", "ab", "ok", 0))
    journal.append(Entry("n", 0, "create_model", "cd", "ok", 0))
    journal.append(Entry("n", 1, "unload_model", "", "ok", 0))
    journal.close()
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"model_id": "o", "seq')
    again = Journal(path)
    assert (path.read_bytes(), again.broken) == (whole, 0)
    assert [again.knows(m) for m in "mno"] == [True, False, False]
    again.append(Entry("o", 0, "create_model", "ef", "ok", 0))
    again.close()
    path.write_bytes(path.read_bytes().replace(b'"n"', b'"n', 1))
    third = Journal(path)
    assert third.broken == 1
    assert third.knows("o")


def test_blobs_drop_the_longest_unused(tmp_path: Path) -> None:
    import hashlib

    blobs = Blobs(tmp_path, 250)
    content = [bytes([i]) * 100 for i in range(3)]
    names = [hashlib.sha256(c).hexdigest() for c in content]
    for i in (0, 1):
        assert blobs.put(names[i], content[i])
        os.utime(blobs.path(names[i]), (i, i))
    assert blobs.has(names[0])  # a use: now 1 is the oldest
    assert blobs.put(names[2], content[2])
    assert [blobs.has(n) for n in names] == [True, False, True]
    assert Blobs(tmp_path, 250).bytes == 200


def test_the_store_forgets_what_was_not_finished(tmp_path: Path) -> None:
    for left in ("states/m/.000001.new", "adapters/m/.v000001-x"):
        (tmp_path / left).mkdir(parents=True)
    Store(tmp_path, 2)
    assert [p.name for p in tmp_path.glob("*/m/*")] == []
