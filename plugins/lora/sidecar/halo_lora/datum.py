"""One completion of one prompt, as the engine takes it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .errors import EngineError

ROLES = ("policy", "imitate", "chosen", "rejected")


@dataclass(frozen=True)
class Datum:
    """Token ids are the sampler's own; image pads are expanded as the server returned them."""

    prompt_ids: tuple[int, ...]
    completion_ids: tuple[int, ...]
    images: tuple[str, ...] = ()
    """sha256 of the PNG behind each run of image pads, in prompt order."""
    logprobs: tuple[float, ...] | None = None
    """The sampler's, natural log, at the draw's temperature; the reference of a DPO pair."""
    ref_logprobs: tuple[float, ...] | None = None
    """Adapter-off log-probs where they are known; saves the reference pass of a KL term."""
    among: tuple[tuple[int, ...], ...] | None = None
    """Ids that each token of the completion was chosen among, itself included: log-probs are
    normalised over them. None: over the whole vocabulary."""
    advantage: float = 0.0
    weight: float = 1.0
    group: str = ""
    role: str = "policy"
    pair: str | None = None
    """Names the two datums of a preference pair, one `chosen` and one `rejected`."""

    @property
    def ids(self) -> tuple[int, ...]:
        return self.prompt_ids + self.completion_ids


_FIELDS = frozenset(Datum.__dataclass_fields__)


def parse_datum(value: Mapping[str, Any], index: int) -> Datum:
    """Reads a JSON object; EngineError `bad_datum` names the datum and the field."""

    def refuse(what: str) -> EngineError:
        return EngineError("bad_datum", f"datum {index}: {what}")

    if unknown := sorted(set(value) - _FIELDS):
        raise refuse(f"unknown field {unknown[0]!r}, expected {', '.join(sorted(_FIELDS))}")

    def ids(name: str, least: int) -> tuple[int, ...]:
        found = value.get(name)
        if not isinstance(found, Sequence) or isinstance(found, str):
            raise refuse(f"{name}: expected a list of token ids, got {found!r}")
        if any(type(i) is not int or i < 0 for i in found):
            raise refuse(f"{name}: expected whole numbers ≥ 0")
        if len(found) < least:
            raise refuse(f"{name}: expected at least {least} token, got none")
        return tuple(found)

    prompt, completion = ids("prompt_ids", 1), ids("completion_ids", 1)

    def per_token(name: str) -> tuple[float, ...] | None:
        found = value.get(name)
        if found is None:
            return None
        if len(found) != len(completion):
            raise refuse(f"{name}: expected {len(completion)}, one a completion token, got {len(found)}")
        numbers = tuple(float(x) for x in found)
        if not all(math.isfinite(x) and x <= 1e-3 for x in numbers):
            raise refuse(f"{name}: expected finite log-probs ≤ 0")
        return numbers

    def choices(name: str) -> tuple[tuple[int, ...], ...] | None:
        found = value.get(name)
        if found is None:
            return None
        if len(found) != len(completion):
            raise refuse(f"{name}: expected {len(completion)} lists, one a completion token, got {len(found)}")
        for at, (token, ids) in enumerate(zip(completion, found, strict=True)):
            if any(type(i) is not int or i < 0 for i in ids) or len(set(ids)) < len(ids):
                raise refuse(f"{name}[{at}]: expected different whole numbers ≥ 0")
            if token not in ids:
                raise refuse(f"{name}[{at}]: expected token {token} of the completion among them")
        return tuple(tuple(ids) for ids in found)

    def number(name: str, default: float) -> float:
        found = float(value.get(name, default))
        if not math.isfinite(found):
            raise refuse(f"{name}: expected a finite number, got {found}")
        return found

    role = value.get("role", "policy")
    if role not in ROLES:
        raise refuse(f"role: expected {', '.join(ROLES)}, got {role!r}")
    pair = value.get("pair")
    if (role in ("chosen", "rejected")) != (pair is not None):
        raise refuse(f"role {role!r} with pair {pair!r}: chosen and rejected need a pair, others have none")
    return Datum(
        prompt_ids=prompt,
        completion_ids=completion,
        images=tuple(value.get("images", ())),
        logprobs=per_token("logprobs"),
        ref_logprobs=per_token("ref_logprobs"),
        among=choices("among"),
        advantage=number("advantage", 0.0),
        weight=number("weight", 1.0),
        group=str(value.get("group", "")),
        role=role,
        pair=None if pair is None else str(pair),
    )


def parse_datums(values: Sequence[Datum | Mapping[str, Any]]) -> list[Datum]:
    """Reads all of them; pairs must be whole: one chosen and one rejected each."""
    datums = [v if isinstance(v, Datum) else parse_datum(v, i) for i, v in enumerate(values)]
    if not datums:
        raise EngineError("bad_datum", "expected at least one datum, got none")
    roles: dict[str, list[str]] = {}
    for datum in datums:
        if datum.pair is not None:
            roles.setdefault(datum.pair, []).append(datum.role)
    for pair, found in roles.items():
        if sorted(found) != ["chosen", "rejected"]:
            raise EngineError(
                "bad_datum", f"pair {pair!r}: expected one chosen and one rejected datum, got {', '.join(found)}"
            )
    return datums


def atoms(datums: Sequence[Datum]) -> list[list[int]]:
    """Indexes that must stay in one micro-batch: a pair's two, else one each."""
    by_pair: dict[str, list[int]] = {}
    found: list[list[int]] = []
    for i, datum in enumerate(datums):
        if datum.pair is None:
            found.append([i])
        elif datum.pair in by_pair:
            by_pair[datum.pair].append(i)
        else:
            by_pair[datum.pair] = [i]
            found.append(by_pair[datum.pair])
    return found
