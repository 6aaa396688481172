"""Runs the verifiers and the scripted ends of WebArena-Infinity on states, unchanged and without a server.

Reads job.json in the working folder and writes answers.jsonl, one line for each question in its order:

  {"verify": {"scripts": {name: path}, "states": [file], "asks": [[name, index of the state], …], "limit_s": n}}
      → {"passed": bool, "message": str} or {"fault": str}
  {"solve": {"scripts": [path], "names": [task id], "from": file or null}}
      → {"start": state}, then {"state": state}, {"none": true} or {"failed": str} for each name

The module `requests` that the scripts import is one of ours: it answers /api/state with the state at hand.
"""

import copy
import importlib.util
import json
import signal
import sys
import types
from pathlib import Path


class Response:
    """What the app's server would answer."""

    def __init__(self, text: str) -> None:
        self.status_code = 200
        self.ok = True
        self.text = text
        self.content = text.encode()

    def json(self) -> object:
        return json.loads(self.text)

    def raise_for_status(self) -> None:
        pass


class TookTooLong(BaseException):
    """Raised inside a script at its limit; no `except Exception` of a script can swallow it."""


current = {"text": "null"}


def install_requests() -> None:
    stub = types.ModuleType("requests")

    def get(url: str, **_: object) -> Response:
        if not url.endswith("/api/state"):
            raise RuntimeError(f"a script asked for {url}; there is only /api/state")
        return Response(current["text"])

    def refuse(url: str, **_: object) -> Response:
        raise RuntimeError(f"a script wrote to {url}")

    stub.get = get
    stub.put = stub.post = refuse
    stub.exceptions = types.SimpleNamespace(RequestException=OSError, ConnectionError=OSError)
    stub.RequestException = OSError
    sys.modules["requests"] = stub


def load(path: str) -> types.ModuleType:
    spec = importlib.util.spec_from_file_location("script", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def stop(*_: object) -> None:
    raise TookTooLong


def answer(script: str, limit_s: float, loaded: dict) -> dict:
    if script not in loaded:
        try:
            loaded[script] = load(script).verify
        except Exception as e:
            loaded[script] = f"{type(e).__name__}: {e}"
    verify = loaded[script]
    if isinstance(verify, str):
        return {"fault": f"could not be loaded: {verify}"}
    signal.setitimer(signal.ITIMER_REAL, limit_s)
    try:
        passed, message = verify("http://app")
        return {"passed": bool(passed), "message": str(message)}
    except TookTooLong:
        return {"fault": f"did not end in {limit_s:g} s"}
    except Exception as e:  # The authors' own harness counts this as not passed.
        return {"passed": False, "message": f"the verifier failed: {type(e).__name__}: {e}"}
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def verify_all(job: dict, write) -> None:
    texts = [Path(file).read_text() for file in job["states"]]
    loaded: dict = {}
    for name, index in job["asks"]:
        current["text"] = texts[index]
        write(answer(job["scripts"][name], job["limit_s"], loaded))


def solve_all(job: dict, write) -> None:
    modules = [load(path) for path in job["scripts"]]
    solvers: dict = {}
    for module in modules:
        solvers.update(getattr(module, "SOLVERS", None) or getattr(module, "SOLVE_MAP", None) or {})
    seed = next(
        (getattr(m, name) for m in modules for name in ("generate_seed_state", "get_seed_state") if hasattr(m, name)),
        None,
    )
    start = json.loads(Path(job["from"]).read_text()) if job["from"] else seed()
    write({"start": start})
    for name in job["names"]:
        solver = solvers.get(name)
        if solver is None:
            write({"none": True})
            continue
        state = copy.deepcopy(start)
        try:
            solver(state)
            write({"state": state})
        except Exception as e:
            write({"failed": f"{type(e).__name__}: {e}"})


def main() -> None:
    sys.dont_write_bytecode = True
    install_requests()
    signal.signal(signal.SIGALRM, stop)
    job = json.loads(Path("job.json").read_text())
    with open("answers.jsonl", "w") as out:

        def write(line: dict) -> None:
            out.write(json.dumps(line) + "\n")

        if "verify" in job:
            verify_all(job["verify"], write)
        else:
            solve_all(job["solve"], write)


if __name__ == "__main__":
    main()
