"""Several processes against one: rank 0 is this process, or torchrun's."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import torch
from cases import SHA, Maker, over_http, png
from follower import DEFECT, MEMORY, Told

from halo_lora.datum import parse_datums
from halo_lora.engine import Engine
from halo_lora.errors import EngineError
from halo_lora.ranks import Ranks, Solo, shares

HERE = Path(__file__).parent
ADAM = {"learning_rate": 0.01, "eps": 1e-8, "grad_clip_norm": 1.0}
LOSSES = {
    "dr_grpo": {"kind": "dr_grpo", "max_completion_length": 8, "kl_coef": 0.1},
    "dapo": {"kind": "dapo", "importance": {"mode": "token_truncate", "max": 2.0}},
    "bnpo": {"kind": "bnpo"},
    "dpo": {"kind": "dpo", "beta": 0.5},
}


@dataclass
class Two:
    """The engine of two processes, and what the engine of one says to the same calls."""

    engine: Any
    solo: Engine
    folder: Path

    def both(self, name: str, *arguments: Any) -> tuple[Any, Any]:
        return getattr(self.engine, name)(*arguments), getattr(self.solo, name)(*arguments)

    def adapters(self, model_id: str) -> list[torch.Tensor]:
        return [e._adapter(model_id).flat for e in (self.engine, self.solo)]

    def steps(self) -> list[list[str]]:
        return [(self.folder / f"steps-{rank}").read_text().splitlines() for rank in (0, 1)]


def child(rank: int, *arguments: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(HERE / "follower.py"), str(rank), *map(str, arguments)],
        text=True,
        stderr=subprocess.PIPE,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )


@pytest.fixture(scope="module")
def two(tiny: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    folder = tmp_path_factory.mktemp("ranks")
    other = child(1, folder / "meet", tiny, folder)
    ranks = Ranks(0, 2, "cpu", folder / "meet", call_limit=timedelta(seconds=60))

    def lost(why: str, status: int = 70) -> None:
        raise AssertionError(why)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("halo_lora.ranks.end", lost)
        yield Two(ranks.lead(Told(tiny, folder, ranks)), Told(tiny, folder, Solo()), folder)
    torch.distributed.destroy_process_group()
    other.kill()
    other.communicate()


def groups(config: Any, seed: int = 0) -> list[dict[str, Any]]:
    """Four groups of 3, 2, 4 and 1 completions, each at a screenshot."""
    m, found = Maker(config, seed), []
    for name, picture, lengths in (
        ("a", "wide", (2, 5, 3)),
        ("b", "tall", (9, 4)),
        ("c", "square", (1, 2, 2, 6)),
        ("d", "wide", (7,)),
    ):
        prompt = [*m.text(6), *m.shown(picture), *m.text(4)]
        found += [m.datum(prompt, m.text(n), picture, group=name) for n in lengths]
    # Out of order, so that shares are no slices; no token is a poison.
    data = found[::2] + found[1::2]
    return [d | {"completion_ids": [t % MEMORY for t in d["completion_ids"]]} for d in data]


def pairs(config: Any, seed: int = 0) -> list[dict[str, Any]]:
    """The first two completions of each group with two, chosen and rejected."""
    by_group: dict[str, list[dict[str, Any]]] = {}
    for d in groups(config, seed):
        by_group.setdefault(d["group"], []).append(d)
    return [
        d | {"role": role, "pair": name}
        for role, at in (("chosen", 0), ("rejected", 1))
        for name, members in by_group.items()
        if len(members) > 1
        for d in members[at : at + 1]
    ]


def same(found: Any, expected: Any) -> None:
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-13)


@pytest.mark.parametrize("kind", list(LOSSES))
def test_two_processes_learn_what_one_learns(kind: str, two: Two) -> None:
    config = two.solo.model.config
    two.both("create_model", kind, 4, 8, False, 5)
    for number, calls in enumerate((1, 2)):
        for call in range(calls):
            data = (pairs if kind == "dpo" else groups)(config, seed=10 * number + call)
            found, expected = two.both("forward", kind, data, 0.7)
            for rows in zip(found, expected, strict=True):
                same(*rows)
            found, expected = two.both("forward_backward", kind, data, LOSSES[kind], 0.7)
            for rows in zip(found["logprobs"], expected["logprobs"], strict=True):
                same(*rows)
            # How it was cut differs, and nothing else.
            for answer in (found, expected):
                assert answer["metrics"].pop("batch/micro") > 1
            same(found["metrics"], expected["metrics"])
        same(*two.both("optim_step", kind, ADAM))
    mine, other = two.adapters(kind)
    assert float((mine - other).norm() / other.norm()) < 1e-9
    mine, other = two.steps()
    assert mine == other and mine[-1].startswith(f"{kind} ")


def test_a_rank_without_a_share_steps_too(two: Two) -> None:
    data = [d for d in groups(two.solo.model.config) if d["group"] == "a"]
    assert [len(share) for share in shares(parse_datums(data), 2)] == [3, 0]
    two.both("create_model", "one", 4, 8, False, 5)
    for _ in range(2):
        two.both("forward_backward", "one", data, LOSSES["bnpo"], 1.0)
        same(*two.both("optim_step", "one", ADAM))
    assert torch.equal(*two.adapters("one"))  # all of it was done by rank 0
    mine, other = two.steps()
    assert mine == other


@pytest.mark.parametrize(
    ("poison", "kind", "message"),
    [
        (MEMORY, EngineError, r"^rank 1: one example of \d+ tokens does not fit: CUDA out of memory\.$"),
        (DEFECT, RuntimeError, "^rank 1: ValueError: a defect$"),
    ],
)
def test_a_failed_share_takes_all_gradients_back(poison: int, kind: type, message: str, two: Two) -> None:
    data, name = groups(two.solo.model.config), f"poison {poison}"
    two.both("create_model", name, 4, 8, False, 5)
    two.both("forward_backward", name, data, LOSSES["bnpo"], 1.0)
    before = two.engine._adapter(name).grad.clone()
    bad = [dict(d) for d in data]
    last = shares(parse_datums(data), 2)[1][-1]
    bad[last]["completion_ids"] = [*bad[last]["completion_ids"][:-1], poison]
    with pytest.raises(kind, match=message):
        two.engine.forward_backward(name, bad, LOSSES["bnpo"], 1.0)
    assert torch.equal(two.engine._adapter(name).grad, before)
    # The follower's too, or the step would not be that of one process.
    same(*two.both("optim_step", name, ADAM))
    with pytest.raises(kind, match=message):
        two.engine.forward(name, bad, 1.0)
    two.both("forward_backward", name, data, LOSSES["bnpo"], 1.0)
    same(*two.both("optim_step", name, ADAM))


def test_errors_of_all_ranks_are_those_of_one(two: Two) -> None:
    def refused(name: str, *arguments: Any) -> tuple[str, str]:
        with pytest.raises(EngineError) as caught:
            getattr(two.engine, name)(*arguments)
        return caught.value.code, caught.value.message

    two.engine.create_model("e", 4, 8, False, 5)
    assert refused("create_model", "e", 4, 8, False, 5) == ("model_exists", "model 'e' exists already")
    assert refused("optim_step", "e", ADAM)[0] == "no_gradients"
    two.engine.forward_backward("e", groups(two.solo.model.config), LOSSES["bnpo"], 1.0)
    assert refused("optim_step", "e", {"rate": 1})[0] == "bad_option"
    assert refused("save_state", "e", two.folder / "never")[0] == "pending_gradients"
    missing = groups(two.solo.model.config)
    missing[-1] |= {"images": ["0" * 64]}
    code, message = refused("forward_backward", "e", missing, LOSSES["bnpo"], 1.0)
    assert code == "missing_image" and message.endswith(f": screenshot {'0' * 64} was never uploaded")
    two.engine.unload("e")
    assert refused("unload", "e")[0] == "unknown_model"


def test_a_state_of_two_processes_is_one_of_one_and_back(two: Two) -> None:
    data = groups(two.solo.model.config)
    two.engine.create_model("s", 4, 8, False, 5)
    two.engine.forward_backward("s", data, LOSSES["bnpo"], 1.0)
    two.engine.optim_step("s", ADAM)
    two.engine.save_state("s", two.folder / "of-two")
    two.solo.load_state("s", two.folder / "of-two")
    assert torch.equal(*two.adapters("s"))
    two.solo.forward_backward("s", data, LOSSES["bnpo"], 1.0)
    expected = two.solo.optim_step("s", ADAM)
    two.solo.save_state("s", two.folder / "of-one")
    two.engine.forward_backward("s", data, LOSSES["bnpo"], 1.0)
    same(two.engine.optim_step("s", ADAM), expected)
    two.engine.load_state("s", two.folder / "of-one")
    assert torch.equal(*two.adapters("s"))
    canaries = [
        e.publish("s", two.folder / name, 2, None)["canary"] for e, name in ((two.engine, "x"), (two.solo, "y"))
    ]
    assert canaries[0] == canaries[1]
    assert two.engine.info()["processes"] == 2


def test_equal_calls_to_two_processes_give_equal_bits(two: Two) -> None:
    for name in ("p", "q"):
        two.engine.create_model(name, 4, 8, False, 5)
        for seed in (1, 2):
            two.engine.forward_backward(name, groups(two.solo.model.config, seed), LOSSES["dapo"], 1.0)
            two.engine.optim_step(name, ADAM)
    assert torch.equal(two.engine._adapter("p").flat, two.engine._adapter("q").flat)


def test_shares_are_whole_groups_and_pairs_balanced_by_tokens() -> None:
    def one(group: str, prompt: int, completion: int, **more: Any) -> dict[str, Any]:
        return {"prompt_ids": [1] * prompt, "completion_ids": [2] * completion, "group": group, **more}

    # Tokens, prompts once: a 10+3+3 = 16, b 10+2 = 12, c 5+2 = 7, d 4+1 = 5.
    data = [one("a", 10, 3), one("b", 10, 2), one("c", 5, 2), one("a", 10, 3), one("d", 4, 1)]
    parsed = parse_datums(data)
    # a to 0; b to 1; c to 1, which has 12; d to 0, which has 16.
    assert shares(parsed, 2) == [[0, 3, 4], [1, 2]]
    assert shares(parsed, 1) == [[0, 1, 2, 3, 4]]
    assert shares(parsed, 6) == [[0, 3], [1], [2], [4], [], []]
    # A pair stays together even where its two are of different groups.
    halves = [one("a", 9, 1, role="chosen", pair="p"), one("b", 9, 1, role="rejected", pair="p")]
    assert shares(parse_datums([*halves, one("c", 3, 1)]), 2) == [[0, 1], [2]]


def test_a_rank_that_is_late_ends_the_others(tmp_path: Path) -> None:
    ranks = [child(rank, tmp_path / "meet") for rank in (0, 1)]
    try:
        said = ranks[0].communicate(timeout=60)[1]
    finally:
        for each in ranks:
            each.kill()
            each.wait()
    assert ranks[0].returncode == 70
    assert "in time" in said and "rank 0 lost the others (agree)" in said


# ---- the program


@dataclass
class Program:
    """torchrun with the server, two processes."""

    torchrun: subprocess.Popen[str]
    log: Path
    url: str = ""

    def ask(self, route: str, body: Any = None, method: str = "POST") -> Any:
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.url}/api/v1/{route}", data, {"X-API-Key": "t0ken"}, method="GET" if body is None else method
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())

    def result(self, route: str, body: Any) -> Any:
        found = self.ask("retrieve_future", {"request_id": self.ask(route, body)["request_id"]})
        assert "error" not in found, found
        return found

    def ranks(self) -> list[int]:
        """Process ids by rank."""
        listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
        children = [int(line.split()[0]) for line in listed.splitlines() if line.split()[1] == str(self.torchrun.pid)]
        return sorted(children, key=lambda pid: "\0RANK=1\0" in Path(f"/proc/{pid}/environ").read_text())


def start(tiny: str, root: Path) -> Program:
    log = root.with_suffix(".log")
    torchrun = (
        "-m torch.distributed.run --master-addr 127.0.0.1 --master-port 0 --nproc-per-node 2 --shutdown-timeout 10"
    )
    server = "-m halo_lora.server --name tiny --port 0 --device cpu --dtype float32"
    with log.open("w") as stderr:
        program = subprocess.Popen(
            [sys.executable, *torchrun.split(), *server.split(), "--model", tiny, "--root", str(root)],
            text=True,
            stdout=subprocess.PIPE,
            stderr=stderr,
            env={**os.environ, "PYTHONPATH": str(HERE.parent), "OMP_NUM_THREADS": "1", "HALO_LORA_TOKEN": "t0ken"},
        )
    found = Program(program, log)
    line = program.stdout.readline()
    assert line, log.read_text()
    found.url = f"http://127.0.0.1:{json.loads(line)['port']}"
    return found


def gone(pids: list[int], limit_s: float) -> bool:
    end = time.monotonic() + limit_s
    while time.monotonic() < end:
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def program(tiny: str, tmp_path: Path) -> Iterator[Program]:
    found = start(tiny, tmp_path / "root")
    pids = found.ranks()
    assert len(pids) == 2
    yield found
    for pid in pids:
        if Path(f"/proc/{pid}").exists():
            os.kill(pid, signal.SIGKILL)
    found.torchrun.kill()
    found.torchrun.communicate()


def test_torchrun_serves_trains_and_ends_on_term(program: Program, tiny: str) -> None:
    config = Engine(tiny).model.config
    data = groups(config)
    for name in ("wide", "tall", "square"):
        program.ask(f"x_halo/blobs/{SHA[name]}", png(name), "PUT")
    assert program.ask("get_server_capabilities")["x_halo"]["processes"] == 2
    made = {"session_id": "s", "model_seq_id": 0, "base_model": "tiny", "lora_config": {"rank": 4, "seed": 3}}
    m = program.result("create_model", made)["model_id"]
    for seq in (1, 3):
        body = {"data": [over_http(d, config, version=seq // 2) for d in data], "loss_fn": "bnpo"}
        found = program.result("forward_backward", {"model_id": m, "seq_id": seq, "forward_backward_input": body})
        assert found["metrics"]["batch/examples"] == len(data)
        step = {"model_id": m, "seq_id": seq + 1, "adam_params": {"learning_rate": 0.01}}
        assert program.result("optim_step", step)["x_halo"]["weights_version"] == (seq + 1) // 2
    saved = program.result("save_weights", {"model_id": m, "seq_id": 5})
    program.result("load_weights", {"model_id": m, "seq_id": 6, "path": saved["path"]})
    pids = program.ranks()
    program.torchrun.terminate()
    program.torchrun.wait(20)
    assert gone(pids, 5), program.log.read_text()
    assert "Unable to shutdown" not in program.log.read_text()


def test_a_follower_that_dies_ends_the_whole(program: Program) -> None:
    pids = program.ranks()
    os.kill(pids[1], signal.SIGKILL)
    assert program.torchrun.wait(20) != 0
    assert gone(pids, 5), program.log.read_text()


def test_no_process_outlives_torchrun(program: Program) -> None:
    pids = program.ranks()
    program.torchrun.kill()
    program.torchrun.wait(5)
    assert gone(pids, 20), program.log.read_text()
