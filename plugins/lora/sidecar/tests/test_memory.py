from __future__ import annotations

from typing import Any

import pytest
import torch

from halo_lora import memory
from halo_lora.adapter import Adapter, LoraSpec, Slots
from halo_lora.base_model import random_model
from halo_lora.config_8b import config_8b
from halo_lora.trie import Packed


def small(layers: int) -> Any:
    """The 8B's shape of a layer, an eighth as wide."""
    config = config_8b()
    for name, value in {
        "hidden_size": 512,
        "intermediate_size": 1536,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "vocab_size": 256,
        "num_hidden_layers": layers,
    }.items():
        setattr(config.text_config, name, value)
    for name, value in {
        "depth": 1,
        "hidden_size": 64,
        "intermediate_size": 64,
        "num_heads": 2,
        "out_hidden_size": 512,
        "deepstack_visual_indexes": [0],
    }.items():
        setattr(config.vision_config, name, value)
    return config


def kept(config: Any, dtype: torch.dtype, tokens: int, rank: int) -> int:
    """Bytes that autograd keeps in a forward pass of one row, parameters not counted."""
    model = random_model(config, dtype, "cpu")
    slots = Slots(model)
    slots.fill(Adapter(LoraSpec(rank), slots.shapes, dtype=dtype, device=torch.device("cpu")))
    own = {p.untyped_storage().data_ptr() for p in model.model.parameters()}
    found: dict[int, int] = {}
    alive = []

    def keep(tensor: torch.Tensor) -> torch.Tensor:
        storage = tensor.untyped_storage()
        if storage.data_ptr() not in own:
            found[storage.data_ptr()] = storage.nbytes()
            alive.append(tensor)
        return tensor

    none = torch.zeros(0, dtype=torch.long)
    packed = Packed(
        ids=torch.zeros(1, tokens, dtype=torch.long),
        positions=torch.arange(tokens).expand(3, 1, tokens),
        end=torch.full((1, tokens), tokens),
        image_at=none,
        image_row=none,
        predicts=none,
        source=none,
        target=none,
        lengths=(),
        tokens=tokens,
    )
    with torch.autograd.graph.saved_tensors_hooks(keep, lambda x: x):
        model.decode(packed, [], packed.bias(dtype))
    return sum(found.values())


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float32])
def test_saved_per_token_is_what_autograd_keeps(dtype: torch.dtype) -> None:
    tokens, rank = 64, 16
    one = (kept(small(4), dtype, tokens, rank) - kept(small(2), dtype, tokens, rank)) / 2 / tokens
    assert memory.saved_per_token(memory.sizes_of(small(2)), rank, dtype.itemsize) == one


def test_sizes_count_every_parameter() -> None:
    model = random_model(small(2), torch.float32, "cpu")
    assert memory.sizes_of(small(2)).parameters == sum(p.numel() for p in model.model.parameters())
    # Qwen3-VL-8B-Instruct has 8,767,123,696.
    assert memory.sizes_of(config_8b()).parameters == 8_767_123_696
    assert memory.lora_parameters(memory.sizes_of(config_8b()), 16) == 43_646_976


def test_plan_fits_an_80_gb_card_and_says_what_to_do_on_smaller_ones(capsys: pytest.CaptureFixture[str]) -> None:
    memory.main([])
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if "→" in line] == [
        "  → both stay resident",
        "  → the two do not fit together: let vLLM sleep (level 1) while the trainer works, "
        "or train a smaller Qwen3-VL",
        "  → too large for this card in bfloat16: use Qwen3-VL-2B or 4B",
    ]
    s = memory.sizes_of(config_8b())
    found = memory.plan(s, gpu=80, utilisation=0.45, rank=16, tokens=1692, row=1692, images=64)
    trainer = sum(size for name, size in found.lines if name != "vLLM share")
    assert trainer < 34
