"""Qwen2-VL and Qwen2.5-VL: as Qwen3-VL, with axes in sections and nothing but the tower's last features."""

from __future__ import annotations

from ..family import Family
from . import qwen3_vl

FAMILY = Family(qwen3_vl.parts, qwen3_vl.positions, qwen3_vl.decode, qwen3_vl.see)
