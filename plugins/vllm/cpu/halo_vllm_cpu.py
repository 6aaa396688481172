"""Corrects two packages of the CPU environment as they are imported.

torchvision's wheel is built for CUDA. It registers fake kernels for two operators of its compiled
part, which does not load beside a CPU build of torch, so the operators are unknown and the import
fails. Their schemas are declared before that; the preprocessing of images is pure torch and needs
no more.

vLLM's LoRA operations in plain torch take the adapter of a row by its index, and -1, which stands
for the base model, takes the last one. Rows of the base are set to zero here.

install.sh runs `install` at every start of the environment's Python, by a .pth file.
"""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

SCHEMAS = (
    "nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
    "qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
)


def declare_operators() -> None:
    """Declares what torchvision's compiled part would have declared, unless it did."""
    import torch
    from torchvision import extension

    if not extension._has_ops():
        declare_operators.library = torch.library.Library("torchvision", "FRAGMENT")
        for schema in SCHEMAS:
            declare_operators.library.define(schema)


def spare_the_base(ops: ModuleType) -> None:
    """Makes `bgmv_shrink`, with which every adapted layer begins, give zero for the base."""
    shrink = ops.bgmv_shrink

    def bgmv_shrink(x: Any, weights: Any, output: Any, rows: Any, scaling: float = 1.0) -> None:
        shrink(x, weights, output, rows, scaling)
        output[rows.expand(output.shape[0]) < 0] = 0

    ops.bgmv_shrink = bgmv_shrink


class _Finder:
    """Asked before all others; it finds what it corrects afterwards."""

    @staticmethod
    def find_spec(name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if name == "torchvision._meta_registrations":
            declare_operators()
        if name != "vllm.lora.ops.torch_ops.lora_ops":
            return None
        spec = PathFinder.find_spec(name, path)
        execute = spec.loader.exec_module

        def exec_module(module: ModuleType) -> None:
            execute(module)
            spare_the_base(module)

        spec.loader.exec_module = exec_module
        return spec


def install() -> None:
    """Puts the finder before all others."""
    sys.meta_path.insert(0, _Finder)
