"""The sequences of one call: token ids with positions, and which screenshot each image pad shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch

from .base_model import BaseModel
from .datum import Datum
from .errors import EngineError
from .family import Picture
from .trie import Path


@dataclass(frozen=True)
class Work:
    """What one process computes, by the numbers of its datums."""

    paths: Mapping[int, Path]
    first_row: Mapping[str, int]
    """Where each screenshot's features begin when those of the whole call stand in one line."""


def work_of(model: BaseModel, datums: Sequence[Datum], mine: Sequence[int], features: Callable[[str], Picture]) -> Work:
    """An image pad is identified by the row of its feature. Throws EngineError for ids the model does not take."""
    outlines: dict[str, Picture] = {}
    first_row: dict[str, int] = {}
    rows = 0
    for sha in dict.fromkeys(sha for i in mine for sha in datums[i].images):
        # Without its features, which the cache may drop meanwhile.
        outlines[sha] = replace(features(sha), embeds=torch.empty(0), deepstack=None)
        first_row[sha] = rows
        rows += outlines[sha].tokens
    paths = {}
    for i in mine:
        where = f"datum {i}"
        ids = np.array(datums[i].ids, np.int64)
        check_ids(model, datums[i], ids=ids, where=where)
        shown = shown_once(datums[i].images, outlines, where)
        pictures = [outlines[sha] for sha in shown]
        starts = model.image_starts(ids, pictures, where)
        keys, at = ids.copy(), iter(starts)
        for sha, picture in zip(shown, pictures, strict=True):
            row = first_row[sha]
            for length in picture.runs:
                start = next(at)
                keys[start : start + length] = -1 - np.arange(length) - row
                row += length
        paths[i] = Path(ids, keys, model.positions(ids, pictures, starts), len(datums[i].prompt_ids), datums[i].among)
    return Work(paths, first_row)


def check_ids(model: BaseModel, datum: Datum, *, ids: np.ndarray, where: str) -> None:
    for token in datum.completion_ids:
        if token in (model.image_id, model.video_id):
            kind = "image" if token == model.image_id else "video"
            raise EngineError(
                "bad_datum",
                f"{where}: its completion holds the {kind} pad {token}",
                "drop such samples before training",
            )
    highest = max(ids[ids != model.image_id].max(), *(max(choice) for choice in datum.among or ()), 0)
    if highest >= model.vocab:
        raise EngineError("bad_datum", f"{where}: token {highest} is outside the model's vocabulary of {model.vocab}")
    if model.video_id in datum.prompt_ids:
        raise EngineError("bad_datum", f"{where}: its prompt holds a video pad; the trainer sees screenshots only")


def shown_once(images: Sequence[str], outlines: Mapping[str, Picture], where: str) -> list[str]:
    """The pictures of a prompt that names each once for every run of its placeholders."""
    found: list[str] = []
    at = 0
    while at < len(images):
        sha = images[at]
        named = images[at : at + len(outlines[sha].runs)]
        if len(named) < len(outlines[sha].runs) or any(other != sha for other in named):
            runs = len(outlines[sha].runs)
            raise EngineError("image_mismatch", f"{where}: expected screenshot {sha} for {runs} runs of image pads")
        found.append(sha)
        at += len(named)
    return found
