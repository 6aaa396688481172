"""What travels over HTTP: Tinker's names and shapes, read field by field.

Every refusal is a `Refused` with a status, a stable code in snake case, and the field it is about.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import Any

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
SHA256 = re.compile(r"[0-9a-f]{64}")
DATUM_INPUTS = ("target_tokens", "mask", "weights", "advantages", "logprobs", "ref_logprobs")
_NONE: Any = object()


class Refused(Exception):
    """An answer other than 200."""

    def __init__(
        self, status: int, code: str, message: str, *, field: str = "", hint: str = "", retry_after_s: int = 0
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = f"{field}: {message}" if field else message
        self.field = field
        self.hint = hint
        self.retry_after_s = retry_after_s

    def body(self) -> dict[str, Any]:
        return failure(self.code, self.message, is_user=self.status < 500, hint=self.hint, field=self.field)


def failure(code: str, message: str, *, is_user: bool, hint: str = "", field: str = "") -> dict[str, Any]:
    """The one shape of errors: Tinker's RequestFailedResponse, more under x_halo."""
    more = {"code": code, "hint": hint, "field": field}
    return {
        "error": message,
        "category": "user" if is_user else "server",
        "x_halo": {name: value for name, value in more.items() if value},
    }


class Fields:
    """Reads a JSON object; `done` refuses what nobody asked for."""

    def __init__(self, value: Any, path: str = "") -> None:
        if not isinstance(value, dict):
            raise invalid(path or "body", "an object", value)
        self.value = value
        self.path = path
        self._asked: set[str] = set()

    def at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def get(self, name: str, default: Any = _NONE) -> Any:
        self._asked.add(name)
        found = self.value.get(name, default)
        if found is _NONE:
            raise Refused(400, "missing_field", "is missing", field=self.at(name))
        return found

    def text(self, name: str, default: Any = _NONE, *, pattern: re.Pattern[str] | None = None) -> Any:
        found = self.get(name, default)
        if found is default:
            return found
        if not isinstance(found, str):
            raise invalid(self.at(name), "a text", found)
        if pattern is not None and not pattern.fullmatch(found):
            raise invalid(self.at(name), f"text of the form {pattern.pattern}", found)
        return found

    def whole(self, name: str, default: Any = _NONE, *, least: int = 0) -> Any:
        found = self.get(name, default)
        if found is default:
            return found
        if type(found) is not int or found < least:
            raise invalid(self.at(name), f"a whole number ≥ {least}", found)
        return found

    def number(self, name: str, default: Any = _NONE) -> Any:
        found = self.get(name, default)
        if found is default:
            return found
        if not _is_number(found):
            raise invalid(self.at(name), "a finite number", found)
        return float(found)

    def flag(self, name: str, default: bool) -> bool:
        found = self.get(name, default)
        if type(found) is not bool:
            raise invalid(self.at(name), "true or false", found)
        return found

    def items(self, name: str, default: Any = _NONE) -> list[Any]:
        found = self.get(name, default)
        if not isinstance(found, list):
            raise invalid(self.at(name), "a list", found)
        return found

    def fields(self, name: str, default: Any = _NONE) -> Fields:
        return Fields(self.get(name, default), self.at(name))

    def done(self) -> None:
        for name in self.value:
            if name not in self._asked:
                expected = ", ".join(sorted(self._asked))
                raise Refused(400, "unknown_field", f"is unknown; expected {expected}", field=self.at(name))


def invalid(field: str, expected: str, found: Any) -> Refused:
    shown = json.dumps(found, default=str)
    shown = shown if len(shown) <= 80 else f"{shown[:79]}…"
    return Refused(400, "invalid_field", f"expected {expected}, got {shown}", field=field)


def read_body(raw: bytes) -> Fields:
    try:
        return Fields(json.loads(raw or b"{}", parse_constant=_refuse_constant))
    except ValueError as cause:
        raise Refused(400, "invalid_json", f"the body is no JSON: {cause}") from cause


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def _is_number(x: Any) -> bool:
    return type(x) in (int, float) and math.isfinite(x)


# ---- requests


@dataclass(frozen=True)
class Create:
    session_id: str
    model_seq_id: int
    base_model: str
    rank: int
    seed: int
    alpha: float
    rslora: bool


def read_create(body: Fields) -> Create:
    body.get("user_metadata", None)
    body.get("type", None)
    lora, more = body.fields("lora_config", {}), body.fields("x_halo", {})
    for name in ("train_attn", "train_mlp"):
        if not lora.flag(name, True):
            raise Refused(400, "unsupported", "expected true: all seven projections are trained", field=lora.at(name))
    # Tinker's default is true; the head is never trained here, and vLLM takes no adapter for it.
    lora.flag("train_unembed", False)
    found = Create(
        session_id=body.text("session_id", pattern=ID),
        model_seq_id=body.whole("model_seq_id", 0),
        base_model=body.text("base_model"),
        rank=lora.whole("rank", 16, least=1),
        seed=lora.whole("seed", None) or 0,
        alpha=more.number("alpha", 32.0),
        rslora=more.flag("rslora", False),
    )
    for part in (body, lora, more):
        part.done()
    return found


@dataclass(frozen=True)
class Pass:
    """The data of a forward or forward_backward request, as the engine takes it."""

    datums: list[dict[str, Any]]
    policy_versions: list[int | None]
    loss: dict[str, Any]
    temperature: float
    is_base: bool
    """Without the adapter; forward only."""
    tokens: int


def read_pass(body: Fields, name: str, *, image_token: int) -> Pass:
    given = body.fields(name)
    more = given.fields("x_halo", {})
    loss = {"kind": given.text("loss_fn", "cross_entropy"), **_read_config(given)}
    temperature = more.number("temperature", 1.0)
    if temperature <= 0:
        raise invalid(more.at("temperature"), "a number > 0", temperature)
    data = given.items("data")
    if not data:
        raise invalid(given.at("data"), "at least one datum", data)
    read = [_read_datum(Fields(value, f"{given.at('data')}[{i}]"), image_token) for i, value in enumerate(data)]
    found = Pass(
        datums=[datum for datum, _ in read],
        policy_versions=[version for _, version in read],
        loss=loss,
        temperature=temperature,
        is_base=more.flag("base", False),
        tokens=sum(len(d["prompt_ids"]) + len(d["completion_ids"]) for d, _ in read),
    )
    more.done()
    given.done()
    return found


def _read_config(given: Fields) -> dict[str, Any]:
    """Types only; names and ranges are the loss's own matter."""
    config = given.get("loss_fn_config", None)
    if config is None:
        return {}
    at = given.at("loss_fn_config")
    for name, value in Fields(config, at).value.items():
        if name == "importance":
            parts = Fields(value, f"{at}.importance")
            parts.text("mode", "none")
            parts.number("min", None)
            parts.number("max", None)
            parts.done()
        elif name == "kind":
            raise Refused(400, "unknown_field", "is unknown; the loss is loss_fn", field=f"{at}.kind")
        elif not (value is None or isinstance(value, str) or _is_number(value)):
            raise invalid(f"{at}.{name}", "a number or a text", value)
    return dict(config)


def _read_datum(f: Fields, image_token: int) -> tuple[dict[str, Any], int | None]:
    """The whole sequence is the model's input and the last target; the mask marks the sample."""
    ids, images = _read_chunks(f.fields("model_input"), image_token)
    inputs, more = f.fields("loss_fn_inputs"), f.fields("x_halo", {})
    given = {name: _read_tensor(inputs, name, len(ids)) for name in DATUM_INPUTS if inputs.get(name, None) is not None}
    inputs.done()
    target = given.get("target_tokens")
    at = inputs.at("target_tokens")
    if target is None:
        raise Refused(400, "missing_field", "is missing", field=at)
    if not all(type(x) is int and x >= 0 for x in target):
        raise invalid(at, "token ids", target)
    if target[:-1] != ids[1:]:
        wrong = next(i for i in range(len(ids) - 1) if target[i] != ids[i + 1])
        raise Refused(
            400,
            "shifted_tokens",
            f"[{wrong}] is {target[wrong]}, the input's next token is "
            f"{ids[wrong + 1]}; targets are the input moved by one",
            field=at,
        )
    start = _start_of(given, inputs)
    weight = _one_value(given.get("weights"), start, inputs.at("weights"))
    advantage = _one_value(given.get("advantages"), start, inputs.at("advantages"))
    datum: dict[str, Any] = {
        "prompt_ids": [*ids[:1], *target[:start]],
        "completion_ids": target[start:],
        "images": images,
        "group": more.text("group", ""),
        "role": more.text("role", "policy"),
        "weight": 1.0 if weight is None else weight,
        "advantage": 0.0 if advantage is None else advantage,
    }
    if "among" in more.value:
        datum["among"] = more.items("among")
        if not all(isinstance(ids, list) for ids in datum["among"]):
            raise invalid(more.at("among"), "a list of token ids for each token of the completion", datum["among"])
    if "pair" in more.value:
        datum["pair"] = more.text("pair")
    for name in ("logprobs", "ref_logprobs"):
        if name in given:
            datum[name] = given[name][start:]
    version = more.whole("policy_version", None)
    more.done()
    f.done()
    return datum, version


def _read_chunks(f: Fields, image_token: int) -> tuple[list[int], list[str]]:
    ids: list[int] = []
    images: list[str] = []
    for i, value in enumerate(f.items("chunks")):
        chunk = Fields(value, f"{f.at('chunks')}[{i}]")
        kind = chunk.text("type", "encoded_text")
        if kind == "encoded_text":
            tokens = chunk.items("tokens")
            if not all(type(x) is int and x >= 0 for x in tokens):
                raise invalid(chunk.at("tokens"), "token ids", tokens)
            ids += tokens
        elif kind == "image_asset_pointer" and image_token < 0:
            raise invalid(chunk.at("type"), "encoded_text: this model sees no pictures", kind)
        elif kind == "image_asset_pointer":
            where = chunk.text("location", pattern=re.compile(r"sha256:[0-9a-f]{64}"))
            chunk.text("format", "png", pattern=re.compile("png"))
            ids += [image_token] * chunk.whole("expected_tokens", least=1)
            images.append(where.removeprefix("sha256:"))
        else:
            raise invalid(chunk.at("type"), "encoded_text or image_asset_pointer", kind)
        chunk.done()
    f.done()
    if not ids:
        raise invalid(f.at("chunks"), "at least one token", f.value["chunks"])
    return ids, images


def _read_tensor(f: Fields, name: str, length: int) -> list[Any]:
    """TensorData: a bare list, or {data, dtype, shape}."""
    at = f.at(name)
    value = f.get(name)
    if isinstance(value, list):
        value = {"data": value}
    tensor = Fields(value, at)
    data = tensor.items("data")
    tensor.text("dtype", "", pattern=re.compile("int64|float32"))
    shape = tensor.get("shape", None)
    tensor.done()
    if shape not in (None, [len(data)]):
        raise invalid(f"{at}.shape", f"[{len(data)}]", shape)
    if len(data) != length:
        raise Refused(
            400, "invalid_field", f"expected {length} values, one a token of the input, got {len(data)}", field=at
        )
    if not all(_is_number(x) for x in data):
        raise invalid(at, "finite numbers", next(x for x in data if not _is_number(x)))
    return data


def _start_of(given: dict[str, list[Any]], inputs: Fields) -> int:
    """Where the completion begins: the first 1 of the mask, or the first weight, up to the end."""
    name = "mask" if "mask" in given else "weights"
    if name not in given:
        raise Refused(400, "missing_field", "is missing", field=inputs.at("mask"))
    seen = [x != 0 for x in given[name]]
    start = seen.index(True) if True in seen else len(seen)
    if start == len(seen) or not all(seen[start:]):
        raise Refused(
            400,
            "invalid_field",
            "expected 0 on the prompt, then not 0 on each token of the completion up to the end",
            field=inputs.at(name),
        )
    return start


def _one_value(values: list[float] | None, start: int, at: str) -> float | None:
    if values is None:
        return None
    found = set(values[start:])
    if len(found) > 1:
        raise Refused(400, "unsupported", f"expected one value over the completion, got {len(found)}", field=at)
    return float(found.pop())


def read_adam(body: Fields) -> dict[str, float]:
    adam = body.fields("adam_params", {})
    names = ("learning_rate", "beta1", "beta2", "eps", "weight_decay", "grad_clip_norm")
    found = {name: adam.number(name) for name in names if name in adam.value}
    for name in names:
        adam.get(name, None)
    adam.done()
    return found
