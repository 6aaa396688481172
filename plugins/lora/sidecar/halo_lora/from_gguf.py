"""Writes a model that comes as one GGUF file as a folder that transformers and vLLM load: float32 safetensors with
tokenizer and chat template.

    python -m halo_lora.from_gguf model.gguf FOLDER
"""

from __future__ import annotations

import argparse
import os
import shutil
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer


def convert(source: Path, folder: Path) -> None:
    """A folder that is there is left alone: it was written whole."""
    if folder.exists():
        return
    given = {"pretrained_model_name_or_path": str(source.parent), "gguf_file": source.name}
    model = AutoModelForCausalLM.from_pretrained(**given, dtype=torch.float32)
    # Weights are plain numbers now; a model that remembers its quantiser is not written.
    model.hf_quantizer = None
    if hasattr(model.config, "quantization_config"):
        del model.config.quantization_config
    beside = folder.with_name(f"{folder.name}.part{os.getpid()}")
    shutil.rmtree(beside, ignore_errors=True)
    model.save_pretrained(beside)
    AutoTokenizer.from_pretrained(**given).save_pretrained(beside)
    beside.rename(folder)


def main() -> None:
    parser = argparse.ArgumentParser(prog="halo_lora.from_gguf", description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    convert(given.source, given.folder)


if __name__ == "__main__":
    main()
