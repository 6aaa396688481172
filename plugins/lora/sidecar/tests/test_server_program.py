from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

TOKEN = "t0ken"
ARGUMENTS = [sys.executable, str(Path(__file__).parent / "fake_engine.py"), "--model", "fake"]


def start(root: Path, *more: str, token: str = TOKEN) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*ARGUMENTS, "--root", str(root), "--port", "0", *more],
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "HALO_LORA_TOKEN": token},
    )


@pytest.fixture
def program(tmp_path: Path) -> Any:
    child = start(tmp_path)
    yield child
    child.kill()
    child.communicate()


def test_the_program_tells_its_port_and_ends_on_term(program: Any, tmp_path: Path) -> None:
    ready = json.loads(program.stdout.readline())
    assert (ready["type"], ready["host"], ready["model"]) == ("ready", "127.0.0.1", "fake")
    with urllib.request.urlopen(f"http://127.0.0.1:{ready['port']}/healthz") as answer:
        assert answer.status == 200
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"http://127.0.0.1:{ready['port']}/api/v1/x_halo/kept")
    assert refused.value.code == 401
    second = start(tmp_path)
    assert second.wait(20) == 1
    assert "another sidecar uses" in second.communicate()[1]
    taken = start(tmp_path / "other", "--port", str(ready["port"]))
    assert taken.wait(20) == 1
    assert "Address already in use" in taken.communicate()[1]
    began = time.monotonic()
    program.send_signal(signal.SIGTERM)
    assert program.wait(10) == 0
    assert time.monotonic() - began < 5


def test_the_program_wants_a_token(tmp_path: Path) -> None:
    child = start(tmp_path, token="")
    assert child.wait(20) == 1
    assert "halo_lora: no token" in child.communicate()[1]
