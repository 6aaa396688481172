"""Times agisdk 0.3.5's own BrowserEnv on a page of ours: one click, then its full observation.

Reads one JSON object on stdin: url, chromium, button, steps, slow_mo (null: as shipped). Prints {"ms": [...]}.
The chat window, a second browser that takes no part in a step, is left out.
"""

import json
import sys
import time

import agisdk.REAL.browsergym.core.env as env_module
from agisdk.REAL.browsergym.core.task import OpenEndedTask


class Chat:
    """Keeps messages, draws nothing."""

    def __init__(self, **_):
        self.messages = []

    def add_message(self, role, msg):
        self.messages.append({"role": role, "message": msg})

    def close(self):
        pass


def main():
    asked = json.load(sys.stdin)
    env_module.Chat = Chat
    env = env_module.BrowserEnv(
        task_entrypoint=OpenEndedTask,
        task_kwargs={"start_url": asked["url"], "goal": "star a mail"},
        slow_mo=asked["slow_mo"],
        pw_chromium_kwargs={"executable_path": asked["chromium"]},
    )
    env.reset(seed=0)
    button = env.page.get_by_role("button", name=asked["button"]).first
    times = []
    for _ in range(asked["steps"] + 1):
        bid = button.get_attribute("bid")
        pressed = button.get_attribute("aria-pressed")
        start = time.perf_counter()
        obs, *_ = env.step(f"click('{bid}')")
        times.append((time.perf_counter() - start) * 1000)
        assert not obs["last_action_error"], obs["last_action_error"]
        assert obs["screenshot"].shape == (720, 1280, 3) and obs["axtree_object"]["nodes"], "no observation"
        assert button.get_attribute("aria-pressed") != pressed, "the click changed nothing"
    env.close()
    print(json.dumps({"ms": times[1:]}))


main()
