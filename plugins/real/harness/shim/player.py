"""Plays an episode for a harness by asking halo over HTTP: what is seen, what is done. Knows nothing of agisdk."""

import base64
import io
import json
import urllib.error
import urllib.request


class Policy:
    """halo's side, as a client."""

    def __init__(self, url: str, token: str, timeout_s: float) -> None:
        self.url, self.token, self.timeout_s = url, token, timeout_s

    def post(self, path: str, body: dict) -> dict:
        headers = {"authorization": f"Bearer {self.token}", "content-type": "application/json"}
        request = urllib.request.Request(self.url + path, json.dumps(body).encode(), headers)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=self.timeout_s) as response:
                return json.load(response)
        except urllib.error.HTTPError as refusal:
            raise RuntimeError(f"halo refused: {refusal.read().decode(errors='replace')}") from refusal


class Look:
    """halo's look script in an isolated world of a page: what it sees, and where an action would land."""

    def __init__(self, page, script: str) -> None:
        self.cdp = page.context.new_cdp_session(page)
        frame = self.cdp.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        world = self.cdp.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "halo"})
        self.world = world["executionContextId"]
        self.run(script)

    def run(self, expression: str):
        params = {"expression": expression, "contextId": self.world, "returnByValue": True, "awaitPromise": True}
        answer = self.cdp.send("Runtime.evaluate", params)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"the look script failed: {answer['exceptionDetails'].get('text')}")
        return answer["result"].get("value")

    def call(self, name: str, *args):
        return self.run(f"__look.{name}({', '.join(json.dumps(arg) for arg in args)})")


def spot_of(action: dict, seen: dict, look: Look) -> dict:
    """Where an action lands, as halo finds it: `{x, y, role, name}`, `{error}`, or nothing without a target."""
    if "el" in action:
        known = next((e for e in seen["elements"] if e["id"] == action["el"]), None)
        if known is None:
            return {"error": "STALE_EL"}
        return look.call("resolve", action["el"], {"role": known["role"], "name": known["name"]})
    if "at" in action:
        return look.call("at", *pixel_of(action["at"]))
    return {}


def pixel_of(at: list) -> tuple[int, int]:
    """Thousandths of the viewport to CSS pixels."""
    return min(round(at[0] * 1.28), 1279), min(round(at[1] * 0.72), 719)


def call(name: str, *args) -> str:
    """One call of agisdk's action set; numbers and literals only, because the text becomes Python that is run."""
    return f"{name}({', '.join(repr(arg) for arg in args)})"


def keys_of(action: dict) -> list[str]:
    """The calls that type: the field is emptied, or the text is appended."""
    before = "Control+a" if action.get("clear") else "End"
    text = action["text"]
    is_ended = "submit" not in action and text.endswith("\n")
    text = text[:-1] if is_ended else text
    steps = [call("keyboard_press", before)]
    if text:
        steps.append(call("keyboard_insert_text", text))
    elif action.get("clear"):
        steps.append(call("keyboard_press", "Backspace"))
    if action.get("submit") or is_ended:
        steps.append(call("keyboard_press", "Enter"))
    return steps


def code_of(action: dict, spot: dict, bid: str | None = None) -> str:
    """An action of halo in agisdk's own words, several calls where one does not do."""
    verb, (x, y) = action["action"], (spot.get("x", 640), spot.get("y", 360))
    match verb:
        case "click":
            return call("mouse_click", x, y)
        case "double_click":
            return call("mouse_dblclick", x, y)
        case "right_click":
            return call("mouse_click", x, y, "right")
        case "hover":
            return call("mouse_move", x, y)
        case "drag":
            return call("mouse_drag_and_drop", x, y, *pixel_of(action["to"]))
        case "type":
            return "\n".join(([call("mouse_click", x, y)] if spot else []) + keys_of(action))
        case "key":
            return "\n".join(call("keyboard_press", key) for key in action["keys"])
        case "scroll":
            return call("mouse_move", x, y) + "\n" + call("scroll", action.get("dx", 0), action.get("dy", 0))
        case "select":
            return call("noop", 0) if bid is None else call("select_option", bid, action["options"])
        case "goto":
            return call("goto", action["url"])
        case "back":
            return call("go_back")
        case "forward":
            return call("go_forward")
        case "wait":
            return call("noop", min(action["ms"], 5000))
        case "done":
            return call("send_msg_to_user", action.get("text") or "done")
        case "infeasible":
            return call("report_infeasible", action.get("text") or "infeasible")
        case _:
            return call("noop", 0)


def picture(pixels) -> str:
    """A screenshot as agisdk takes it, as PNG in base64."""
    from PIL import Image

    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, format="PNG")
    return base64.b64encode(buffer.getvalue()).decode()


class Player:
    """Plays one episode: looks at the page, asks halo, says what to do in the words of agisdk's action set."""

    def __init__(self, policy: Policy, task: str) -> None:
        self.policy = policy
        opened = policy.post("/v1/episode", {"task": task})
        self.path = f"/v1/episode/{opened['id']}/act"
        self.need, self.script = opened["need"], opened["look"]
        self.before: dict = {}

    def next(self, obs: dict) -> str:
        page = obs["browser"].contexts[0].pages[int(obs["active_page_index"][0])]
        look = Look(page, self.script)
        seen = look.call("observe")
        observation = {name: seen[name] for name in ("url", "title", "elements")}
        if self.need.get("screenshot"):
            observation["screenshot"] = picture(obs["screenshot"])
        if self.need.get("axtree"):
            observation["axtree"] = page.locator("body").aria_snapshot()
        action = self.policy.post(self.path, {"observation": observation, **self.before})["action"]
        spot = spot_of(action, seen, look)
        self.before = {}
        if "error" in spot:
            self.before = {"error": {"code": spot["error"]}}
            return call("noop", 0)
        if spot.get("role"):
            self.before = {"target": {"role": spot["role"], "name": spot["name"]}}
        if action["action"] == "type" and "el" in action and not spot.get("editable"):
            self.before["error"] = {"code": "NOT_EDITABLE"}
            return call("noop", 0)
        bid = None
        if action["action"] == "select":
            place = f"{spot['x']}, {spot['y']}"
            bid = look.run(f"document.elementFromPoint({place})?.closest('select')?.getAttribute('bid') ?? null")
            if bid is None:
                self.before["error"] = {"code": "NOT_EDITABLE"}
        return code_of(action, spot, bid)
