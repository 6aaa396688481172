import assert from "node:assert/strict";
import { test } from "node:test";
import { checkTasks, createPlugin } from "halo-agent/testing";
import plugin, { tasks } from "./environment.ts";

const source = await createPlugin(tasks);
const task = source.draw({ split: "train", index: 0, seed: 0 });

test("my-environment: its tasks keep what every task source promises", () => checkTasks(source));

for (const [room, success] of [["Kitchen", true], ["Hall", false]] as const) {
  test(`my-environment: the task ${success ? "is" : "is not"} achieved by ${room}`, { timeout: 60_000 }, async (t) => {
    const { signal } = t;
    const environment = await createPlugin(plugin);
    t.after(() => environment.close());
    const episode = await environment.open(task, { signal, seed: 0 });
    const { elements } = await episode.observe({ need: {}, signal });
    const el = elements.find(({ name }) => name === room)!.id;
    const { solved } = await episode.step({ action: "click", el }, { need: {}, signal });
    const verdict = await episode.verdict({ signal });
    assert.deepEqual([solved, verdict.success, verdict.reason], [success, success, `on: ${room}`]);
  });
}

test("my-environment: a fork stands where its mark was taken", { timeout: 60_000 }, async (t) => {
  const { signal } = t;
  const environment = await createPlugin(plugin);
  t.after(() => environment.close());
  const episode = await environment.open(task, { signal, seed: 0 });
  const { elements } = await episode.observe({ need: {}, signal });
  const el = elements.find(({ name }) => name === "Hall")!.id;
  const { observation } = await episode.step({ action: "click", el }, { need: {}, signal });
  const fork = await environment.fork(await episode.mark({ signal }), { signal });
  assert.equal((await fork.observe({ need: {}, signal })).stateKey, observation.stateKey);
});
