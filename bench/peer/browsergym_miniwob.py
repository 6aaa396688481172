"""Steps BrowserGym's own MiniWoB++ environment, one step for each line that is asked.

Each line on stdin is a JSON object, each answer a line on stdout:
  {"open": {"url", "chromium", "task", "seed", "waits", "raw"}}  ->  {"page_seed", "names"}
  {"step": {"kind": "click" | "fill", "nth", "text"}}            ->  {"ms"}
`waits`: its slow motion and its pause before each observation as they ship; without, both are 0. `raw`: its option
that leaves picture and trees out; the same control is then acted on by Playwright's locator. The chat window, a second
browser that takes no part in a step, is left out. A step that its own time limit ended is taken again. The end of
stdin ends it.
"""

import json
import sys
import time

import browsergym.core.env as env_module
import browsergym.miniwob.all as tasks
import numpy

ATTEMPTS = 5
CONTROLS = {"click": "input[type=checkbox]", "fill": "input[type=text], input[type=password]"}


class Chat:
    """Keeps messages, draws nothing."""

    def __init__(self, **_):
        self.messages = []

    def add_message(self, role, msg):
        self.messages.append({"role": role, "message": msg})

    def wait_for_user_message(self):
        pass

    def close(self):
        pass


def task_class(name):
    return next(c for c in vars(tasks).values() if getattr(c, "subdomain", None) == name)


def open_env(url, chromium, task, seed, waits, raw):
    settings = {} if waits else {"slow_mo": 0, "pre_observation_delay": 0.0}
    if raw:
        settings |= {"use_raw_page_output": True, "action_mapping": None}
    env = env_module.BrowserEnv(
        task_entrypoint=task_class(task),
        task_kwargs={"base_url": url},
        pw_chromium_kwargs={"executable_path": chromium},
        **settings,
    )
    env.reset(seed=seed)
    return env


def look(control, kind):
    return control.is_checked() if kind == "click" else control.input_value()


def step(env, raw, kind, nth, text=""):
    for _ in range(ATTEMPTS):
        ms, error = attempt(env, raw, kind, nth, text)
        if "Timeout" not in error:
            assert not error, error
            return {"ms": ms}
    raise RuntimeError(f"{ATTEMPTS} attempts ended in a time limit: {error}")


def attempt(env, raw, kind, nth, text):
    """Milliseconds of one step, and what its environment says went wrong."""
    control = env.page.locator(CONTROLS[kind]).nth(nth)
    before = look(control, kind)
    if raw:
        call = "click()" if kind == "click" else f"fill({text!r})"
        action = f"page.locator({CONTROLS[kind]!r}).nth({nth}).{call}"
    else:
        bid = control.get_attribute("bid")
        action = f"click('{bid}')" if kind == "click" else f"fill('{bid}', {text!r})"
    start = time.perf_counter()
    obs, *_ = env.step(action)
    ms = (time.perf_counter() - start) * 1000
    if obs["last_action_error"]:
        return ms, obs["last_action_error"]
    assert raw or (obs["screenshot"].size > 0 and obs["axtree_object"]["nodes"]), "no observation"
    assert look(control, kind) == (not before if kind == "click" else text), "the action changed nothing"
    return ms, ""


def main():
    env_module.Chat = Chat
    env, raw = None, False
    for line in sys.stdin:
        asked = json.loads(line)
        if "open" in asked:
            if env is not None:
                env.close()
            raw = asked["open"]["raw"]
            env = open_env(**asked["open"])
            # What the task draws from its seed first is the seed of the page.
            page_seed = int(numpy.random.RandomState(asked["open"]["seed"]).randint(0, 1000000))
            names = [label.strip() for label in env.page.locator("label").all_inner_texts()]
            answer = {"page_seed": page_seed, "names": names}
        else:
            answer = step(env, raw, **asked["step"])
        print(json.dumps(answer), flush=True)
    if env is not None:
        env.close()


main()
