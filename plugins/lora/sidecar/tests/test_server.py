from __future__ import annotations

import asyncio
import hashlib
import json
from pathlib import Path
from typing import Any

from cases import SHA, Maker, over_http, png
from fake_engine import IMAGE_TOKEN
from remote import TOKEN, Remote, datum, learn, serve

from halo_lora.sidecar import Limits


def test_only_the_health_check_is_open(tmp_path: Path) -> None:
    async def use(r: Remote) -> None:
        assert await r.send("healthz", headers={"X-API-Key": ""}) == {"status": "ok"}
        for given, what in (("", "missing"), ("other", "not the sidecar's")):
            body = await r.send("create_session", {}, 401, headers={"X-API-Key": given})
            assert (body["x_halo"]["code"], what in body["error"]) == ("token", True)
            assert TOKEN not in json.dumps(body)
        assert (await r.send("nothing", status=404))["x_halo"]["code"] == "unknown_route"
        assert (await r.send("create_session", {}))["type"] == "create_session"

    serve(tmp_path, use)


def test_a_request_sent_again_is_done_once(tmp_path: Path) -> None:
    async def use(r: Remote) -> None:
        m = await r.model()
        first = await r.result("forward_backward", learn(m, 1, datum([5, 6])))
        assert await r.result("forward_backward", learn(m, 1, datum([5, 6]))) == first
        assert r.engine.models[m]["accumulated"] == 1
        step = {"model_id": m, "seq_id": 2, "adam_params": {"learning_rate": 1}}
        done = [await r.result("optim_step", step) for _ in range(3)]
        assert done == [{"metrics": {"optim/step": 1.0}, "x_halo": {"weights_version": 1}}] * 3
        assert len(r.engine.steps) == 1
        # Another body, or another route, under a number that was used.
        other = {**step, "adam_params": {"learning_rate": 2}}
        assert (await r.refused("optim_step", other, 409))[0] == "payload_differs"
        save = {"model_id": m, "seq_id": 2}
        assert (await r.refused("save_weights", save, 409))[0] == "payload_differs"
        code, message = await r.refused("optim_step", {**step, "seq_id": 4}, 409)
        assert (code, message) == ("out_of_order", "seq_id: expected 3, got 4")
        info = await r.send("get_info", {"model_id": m})
        assert info["x_halo"] == {"last_seq_id": 2, "weights_version": 1}

    serve(tmp_path, use)


def test_a_result_not_ready_is_408_and_requests_run_in_order(tmp_path: Path) -> None:
    async def use(r: Remote) -> None:
        m = await r.model()
        made = [await r.send("forward_backward", learn(m, i, datum([i]))) for i in (1, 2, 3)]
        waiting = await r.send("retrieve_future", {"request_id": made[2]["request_id"]}, 408)
        assert waiting["queue_state"] == "active"
        while not r.sidecar.models[m].requests[3].done.done():
            await asyncio.sleep(0.02)
        await r.send("retrieve_future", {"request_id": made[2]["request_id"]})
        lines = [json.loads(x) for x in (tmp_path / "journal.jsonl").read_text().splitlines()]
        assert [(x["seq_id"], x["op"], x["outcome"]) for x in lines] == [
            (0, "create_model", "ok"),
            *((i, "forward_backward", "ok") for i in (1, 2, 3)),
        ]

    serve(tmp_path, use, Limits(poll_s=0.01), pause_s=0.1)


def test_a_full_queue_is_429(tmp_path: Path) -> None:
    async def use(r: Remote) -> None:
        m = await r.model()
        # 5 tokens each; one that is larger than the limit still goes when nothing waits.
        await r.send("forward_backward", learn(m, 1, datum([5, 6])))
        answer = await r.send("forward_backward", learn(m, 2, datum([5, 6])), 429)
        assert answer["x_halo"]["code"] == "queue_full"
        while r.sidecar.queued_tokens:
            await asyncio.sleep(0.02)
        await r.send("forward_backward", learn(m, 2, datum([5, 6])))

    serve(tmp_path, use, Limits(max_queue_tokens=4), pause_s=0.1)


def test_after_a_crash_models_are_410_and_saved_weights_go_on(tmp_path: Path) -> None:
    async def train(r: Remote, m: str, seq: int, completion: list[int], version: int) -> None:
        d = datum(completion, policy_version=version)
        assert "error" not in await r.result("forward_backward", learn(m, seq, d))
        await r.result("optim_step", {"model_id": m, "seq_id": seq + 1})

    whole: list[float] = []

    async def undisturbed(r: Remote) -> None:
        m = await r.model()
        await train(r, m, 1, [5, 6], 0)
        await train(r, m, 3, [7, 8], 1)
        whole.extend(r.engine.models[m]["weights"])

    saved: dict[str, Any] = {}

    async def until_crash(r: Remote) -> None:
        m = await r.model()
        await train(r, m, 1, [5, 6], 0)
        saved.update(await r.result("save_weights", {"model_id": m, "seq_id": 3}))
        await r.result("forward_backward", learn(m, 4, datum([9], policy_version=1)))

    async def afterwards(r: Remote) -> None:
        again = {"session_id": "s", "model_seq_id": 0, "base_model": "fake", "lora_config": {"rank": 8}}
        for route, body in (
            ("forward_backward", learn("s-0", 4, datum([9]))),
            ("retrieve_future", {"request_id": "s-0:4"}),
            ("create_model", again),
        ):
            assert (await r.refused(route, body, 410))[0] in ("model_lost", "result_gone")
        assert (await r.refused("get_info", {"model_id": "t-0"}, 404))[0] == "unknown_model"
        m = await r.model("t")
        load = {"model_id": m, "seq_id": 1, "path": saved["path"], "x_halo": {"sha256": saved["x_halo"]["sha256"]}}
        assert (await r.result("load_weights", load))["x_halo"] == {"version": 1}
        await train(r, m, 2, [7, 8], 1)
        assert r.engine.models[m]["weights"] == whole

    serve(tmp_path / "a", undisturbed)
    serve(tmp_path / "b", until_crash)
    with open(tmp_path / "b/journal.jsonl", "a") as file:
        file.write('{"model_id": "s-0", "seq_')
    serve(tmp_path / "b", afterwards)


def test_failures_are_results_with_a_code(tmp_path: Path) -> None:
    async def use(r: Remote) -> None:
        m = await r.model()
        empty = await r.result("optim_step", {"model_id": m, "seq_id": 1})
        assert empty["category"] == "user"
        assert empty["x_halo"] == {"code": "no_gradients", "hint": "send forward_backward first"}
        defect = await r.result("forward_backward", learn(m, 2, datum([5]), loss="broken"))
        assert (defect["error"], defect["category"]) == ("RuntimeError: a defect", "server")
        nan = await r.result("forward_backward", learn(m, 3, datum([5]), loss="nan"))
        assert (nan["x_halo"]["code"], nan["category"]) == ("non_finite", "server")
        picture = {
            "type": "image_asset_pointer",
            "location": f"sha256:{'0' * 64}",
            "format": "png",
            "expected_tokens": 1,
        }
        d = datum([5])
        d["model_input"]["chunks"] = [
            {"type": "encoded_text", "tokens": [1]},
            picture,
            {"type": "encoded_text", "tokens": [3]},
        ]
        d["loss_fn_inputs"]["target_tokens"]["data"] = [IMAGE_TOKEN, 3, 5]
        missing = await r.result("forward_backward", learn(m, 4, d))
        assert missing["x_halo"]["code"] == "missing_image"

    serve(tmp_path, use)


def test_versions_hold_staleness(tmp_path: Path) -> None:
    async def use(r: Remote) -> None:
        m = await r.model()
        ahead = await r.result("forward_backward", learn(m, 1, datum([5], policy_version=1)))
        assert ahead["x_halo"]["code"] == "version_ahead"
        # A save may say that the same weights count as a later version.
        save = {"model_id": m, "seq_id": 2, "x_halo": {"version": 1}}
        assert (await r.result("save_weights", save))["path"] == "states/s-0/000001"
        stale = await r.result("forward_backward", learn(m, 3, datum([5], policy_version=0)))
        assert stale["x_halo"]["code"] == "stale_datum"
        assert "error" not in await r.result("forward_backward", learn(m, 4, datum([5], policy_version=1)))
        back = {"model_id": m, "seq_id": 5, "x_halo": {"version": 0}}
        assert (await r.result("save_weights", back))["x_halo"]["field"] == "x_halo.version"

    serve(tmp_path, use)


def test_the_longest_unused_model_makes_room(tmp_path: Path) -> None:
    async def use(r: Remote) -> None:
        a, b = await r.model("a"), await r.model("b")
        await r.send("get_info", {"model_id": a})
        c = await r.model("c")
        assert (await r.refused("get_info", {"model_id": b}, 410))[0] == "model_lost"
        assert set(r.engine.models) == {a, c}
        await r.send("unload_model", {"model_id": a})
        assert (await r.refused("get_info", {"model_id": a}, 404))[0] == "unknown_model"

    serve(tmp_path, use)


def test_old_folders_go_but_pinned_ones(tmp_path: Path) -> None:
    async def use(r: Remote) -> None:
        m = await r.model()
        seq = 0
        for version in range(1, 5):
            for route, body in (("save_weights", {"x_halo": {"version": version}}), ("save_weights_for_sampler", {})):
                seq += 1
                done = await r.result(route, {"model_id": m, "seq_id": seq, **body})
                if version == 1:
                    await r.send("x_halo/pin", {"path": done["path"]})
        kept = (await r.send("x_halo/kept"))["kept"]
        assert [(x["path"], x["pinned"]) for x in kept] == [
            (f"states/{m}/000001", True),
            (f"states/{m}/000003", False),
            (f"states/{m}/000004", False),
            (f"adapters/{m}/v000001", True),
            (f"adapters/{m}/v000003", False),
            (f"adapters/{m}/v000004", False),
        ]
        manifest = done["x_halo"]["manifest"]
        assert manifest["version"] == 4
        assert manifest["location"] == str(tmp_path / f"adapters/{m}/v000004")
        assert await r.send(f"x_halo/adapters/{m}/v000004/halo.json") == manifest
        # Its name keeps a folder of the same version from being written over.
        again = await r.result("save_weights", {"model_id": m, "seq_id": seq + 1})
        assert again["x_halo"]["code"] == "path_exists"
        drop = f"states/{m}/000001"
        assert (await r.refused("x_halo/drop", {"path": drop}, 409))[0] == "pinned"
        await r.send("x_halo/pin", {"path": drop, "pinned": False})
        await r.send("x_halo/drop", {"path": drop})
        assert not (tmp_path / drop).exists()
        for path in ("states/../journal.jsonl", "/etc/passwd", f"states/{m}", f"states/{m}/.."):
            assert (await r.refused("x_halo/drop", {"path": path}, 400))[0] == "invalid_field"
        assert (await r.send(f"x_halo/adapters/{m}/v000004/lock", status=404))["x_halo"]["code"] == "unknown_file"

    serve(tmp_path, use)


def test_changed_weights_are_refused(tmp_path: Path) -> None:
    async def use(r: Remote) -> None:
        m = await r.model()
        saved = await r.result("save_weights", {"model_id": m, "seq_id": 1})
        file = tmp_path / saved["path"] / "state.json"
        file.write_text(file.read_text() + " ")
        load = {"model_id": m, "seq_id": 2, "path": saved["path"]}
        assert (await r.result("load_weights", load))["x_halo"]["code"] == "bad_state"
        gone = {"model_id": m, "seq_id": 3, "path": "states/s-0/000009"}
        assert (await r.result("load_weights", gone))["x_halo"]["code"] == "unknown_path"

    serve(tmp_path, use)


def test_screenshots_are_checked_against_their_hash(tmp_path: Path) -> None:
    async def use(r: Remote) -> None:
        content = b"picture"
        sha = hashlib.sha256(content).hexdigest()
        route = f"x_halo/blobs/{sha}"
        await r.send(route, status=404, method="HEAD")
        wrong = await r.send(route, b"other", 400, method="PUT")
        assert wrong["x_halo"]["code"] == "hash_differs"
        for _ in range(2):
            await r.send(route, content, method="PUT")
        await r.send(route, method="HEAD")
        assert r.sidecar.blobs.get(sha) == content
        assert r.sidecar.blobs.bytes == len(content)
        bad = await r.send("x_halo/blobs/short", b"", 400, method="PUT")
        assert bad["x_halo"]["field"] == "sha256"

    serve(tmp_path, use)


def test_the_memory_plan_is_that_of_the_program(tmp_path: Path) -> None:
    async def use(r: Remote) -> None:
        plan = await r.send("x_halo/memory?gpu=80&rank=16")
        assert plan["advice"].startswith("both stay resident")
        assert plan["spare_gib"] > 0
        bad = await r.send("x_halo/memory?gpus=80", status=400)
        assert bad["x_halo"]["field"] == "gpus"

    serve(tmp_path, use)


def test_the_real_engine_learns_through_the_routes_what_it_learns_directly(tiny: str, tmp_path: Path) -> None:
    from halo_lora.engine import Engine

    content = png("wide")
    adam = {"learning_rate": 0.01}
    maker = Maker(Engine(tiny).model.config)
    prompt = [*maker.text(3), *maker.shown("wide"), *maker.text(2)]
    plain = [maker.datum(prompt, maker.text(n), "wide") | {"weight": 0.5} for n in (3, 4)]
    direct = Engine(tiny, images=lambda _: content)
    direct.create_model("m", rank=4, alpha=8, seed=3)
    loss = {"kind": "dr_grpo", "max_completion_length": 8}
    passed = direct.forward_backward("m", plain, loss, 0.7)
    stepped = direct.optim_step("m", adam)
    expected = direct.publish("m", tmp_path / "direct", 1, "fake")

    async def use(r: Remote) -> None:
        await r.send(f"x_halo/blobs/{SHA['wide']}", content, method="PUT")
        m = (
            await r.result(
                "create_model",
                {
                    "session_id": "s",
                    "model_seq_id": 0,
                    "base_model": "fake",
                    "lora_config": {"rank": 4, "seed": 3},
                    "x_halo": {"alpha": 8},
                },
            )
        )["model_id"]
        found = await r.result(
            "forward_backward",
            {
                "model_id": m,
                "seq_id": 1,
                "forward_backward_input": {
                    "data": [over_http(d, maker.config) for d in plain],
                    "loss_fn": "dr_grpo",
                    "loss_fn_config": {"max_completion_length": 8},
                    "x_halo": {"temperature": 0.7},
                },
            },
        )
        rows = [output["logprobs"]["data"] for output in found["loss_fn_outputs"]]
        assert (rows, found["metrics"]) == (passed["logprobs"], passed["metrics"])
        step = {"model_id": m, "seq_id": 2, "adam_params": adam}
        assert (await r.result("optim_step", step))["metrics"] == stepped
        body = {"model_id": m, "seq_id": 3}
        manifest = (await r.result("save_weights_for_sampler", body))["x_halo"]["manifest"]
        assert manifest["sha256"] == expected["sha256"]
        assert manifest["canary"] == expected["canary"]

    serve(tmp_path / "root", use, Limits(), load=lambda blobs: Engine(tiny, images=blobs.get))
