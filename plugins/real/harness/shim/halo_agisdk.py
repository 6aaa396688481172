"""Lets agisdk's own, unmodified harness play halo's policy, which is asked over HTTP on this machine.

    python halo_agisdk.py JOB.json

server.ts is the other side; docs/agisdk.md has the contract. Of agisdk two things are replaced in memory: where a task
starts (on a replica), and which Chromium starts with which arguments.
"""

import importlib.metadata
import json
import os
import sys

from agisdk import REAL
from agisdk.REAL.browsergym.core.action.highlevel import HighLevelActionSet
from agisdk.REAL.browsergym.experiments import AbstractAgentArgs, Agent
from agisdk.REAL.browsergym.webclones.task_config import TaskConfig
from player import Player, Policy
from playwright.sync_api import BrowserType

VERSION = "0.3.5"

# What agents need, kept out of their arguments: agisdk writes those to its results.
job: dict = {}


class HaloAgent(Agent):
    """agisdk's view of the player."""

    action_set = HighLevelActionSet(["chat", "bid", "coord", "nav", "infeas"], strict=False, demo_mode="off")

    def __init__(self) -> None:
        self.player: Player | None = None

    def obs_preprocessor(self, obs: dict) -> dict:
        return {"o": [obs]}  # No text at the top: agisdk would count its tokens with a table from the network.

    def get_action(self, obs: dict) -> tuple[str, dict]:
        seen = obs["o"][0]
        if self.player is None:
            policy = Policy(job["url"], os.environ["HALO_AGISDK_TOKEN"], job["timeoutS"])
            task = next(name for name in job["tasks"] if name.split(".", 1)[1] == seen["task_id"])
            self.player = Player(policy, task)
        return self.player.next(seen), {}


class HaloArgs(AbstractAgentArgs):
    """Makes the agent of an episode."""

    def make_agent(self) -> HaloAgent:
        return HaloAgent()


def patch(starts: dict[str, str], chromium: str, arguments: list[str]) -> None:
    """Where tasks start, and how Chromium does."""
    start_url, launch = TaskConfig.get_start_url, BrowserType.launch

    def started(self) -> str:
        return starts.get(self.canonical_id) or start_url(self)

    def launched(self, **options):
        arguments_now = [*(options.get("args") or []), *arguments]
        return launch(self, **{**options, "args": arguments_now, "executable_path": chromium})

    TaskConfig.get_start_url, BrowserType.launch = started, launched


def submission() -> dict:
    """What the harness is told when results go to the leaderboard; nothing otherwise."""
    if "submit" not in job:
        return {}
    name, model = job["submit"]["name"], job["submit"]["model"]
    return {"leaderboard": True, "run_name": name, "model_id_name": model, "api_key": os.environ["REAL_API_KEY"]}


def main(path: str) -> int:
    with open(path, encoding="utf-8") as file:
        job.update(json.load(file))
    found = importlib.metadata.version("agisdk")
    if found != VERSION:
        print(f"this Python has agisdk {found}, expected {VERSION}", file=sys.stderr)
        return 3
    patch(job["starts"], job["chromium"], job["arguments"])
    harness = REAL.harness(
        agentargs=HaloArgs(agent_name="halo"),
        headless=True,
        max_steps=job["maxSteps"],
        results_dir=job["results"],
        num_workers=1,
        use_cache=False,
        **submission(),
    )
    records = harness.run(job["tasks"])
    kept = ("cum_reward", "n_steps", "err_msg", "elapsed_time", "exp_dir")
    with open(job["out"], "w", encoding="utf-8") as file:
        json.dump({name: {key: record.get(key) for key in kept} for name, record in records.items()}, file, default=str)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
