// runtime: node
import { fileURLToPath } from "node:url";
import type { Episode, Observation, TaskSource } from "../../../core/mod.ts";
import { createPlugin } from "../../../core/testing.ts";
import environmentPlugin from "../../../plugins/webarena-infinity/environment.ts";
import tasksPlugin from "../../../plugins/webarena-infinity/tasks.ts";
import { assert, suite, thrownBy } from "../../harness.ts";

const test = suite("webarena-infinity/environment");
const path = fileURLToPath(new URL("../../fixtures/infinity", import.meta.url));

test("episodes side by side have a state each, and a fork has that of its trunk", async ({ signal }) => {
  const environment = await createPlugin(environmentPlugin, { path, pages: 3 });
  try {
    const source: TaskSource = await createPlugin(tasksPlugin, { path, set: "functional" });
    const [tea] = await source.list({ split: "eval" });
    const open = () => environment.open(tea!, { signal, seed: 0, grade: source.grade! });
    const need = {};
    const [one, two] = await Promise.all([open(), open()]);
    const seen = await one.observe({ need, signal });
    assert.equal(seen.elements.map(({ name }) => name), ["Star Buy tea", "Unstar Call Ann", "Dark mode"]);
    const click = async (episode: Episode, from: Observation, name: string) => {
      const { id } = from.elements.find((element) => element.name === name)!;
      return await episode.step({ action: "click", el: id }, { need, signal });
    };
    const dark = await click(one, seen, "Dark mode");
    assert.is(dark.solved, false);
    const starred = await click(one, dark.observation, "Star Buy tea");
    assert.is(starred.solved, true);
    const verdict = await one.verdict({ signal });
    assert.equal([verdict.success, verdict.by, verdict.reason], [true, "webarena-infinity/notes/f1", "Buy tea: True"]);
    assert.is((await two.verdict({ signal })).reason, "Buy tea: False");
    const fork = await environment.fork(await one.mark({ signal }), { signal, grade: source.grade! });
    assert.is((await fork.verdict({ signal })).success, true);
    for (const episode of [one, two, fork]) await episode.close();
    const stray = await thrownBy(() => environment.open(tea!, { signal, seed: 0 })) as { code: string };
    assert.is(stray.code, "HALO_INFINITY_TASK");
  } finally {
    await environment.close();
  }
}, { timeoutMs: 60_000 });

test("an episode finds nothing of the one that had its page before", async ({ signal }) => {
  const environment = await createPlugin(environmentPlugin, { path, pages: 1 });
  try {
    const source: TaskSource = await createPlugin(tasksPlugin, { path, set: "functional" });
    const [tea] = await source.list({ split: "eval" });
    for (let i = 0; i < 3; i++) {
      const episode = await environment.open(tea!, { signal, seed: 0, grade: source.grade! });
      const seen = await episode.observe({ need: {}, signal });
      assert.equal(seen.elements.map(({ name }) => name), ["Star Buy tea", "Unstar Call Ann", "Dark mode"]);
      assert.is((await episode.verdict({ signal })).success, false);
      const { id } = seen.elements[0]!;
      assert.is((await episode.step({ action: "click", el: id }, { need: {}, signal })).solved, true);
      await episode.close();
    }
  } finally {
    await environment.close();
  }
}, { timeoutMs: 60_000 });
