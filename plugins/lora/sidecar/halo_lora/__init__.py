"""Trainer sidecar of halo: exact LoRA updates for Qwen3-VL over shared prefixes."""
