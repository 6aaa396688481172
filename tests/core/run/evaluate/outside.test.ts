import { fileURLToPath } from "node:url";
import { buildChecked } from "../../../../core/config/build-checked.ts";
import { loadPipeline } from "../../../../core/config/load.ts";
import { insideEpisode, outsideEpisode, outsideNeed, toldOf } from "../../../../core/run/evaluate/outside.ts";
import { packageRoot } from "../../../../core/util/package-root.ts";
import { lineLog } from "../../../../core/util/log.ts";
import { assert, suite } from "../../../harness.ts";

const test = suite("run/evaluate/outside");
const file = fileURLToPath(new URL("../../../board/pipeline.yaml", import.meta.url));
const uniform = ["policy.use=scripted", "policy.options.mode=uniform", "trainer=null", "algorithm=null"];
const stage = "stages=[{ evaluate: { label: e, split: eval, sample_size: 4 } }]";

test("outsideEpisode draws on pages shown elsewhere what halo's own loop draws on its own, key by key", async (t) => {
  const pipeline = await loadPipeline(file, { sets: [...uniform, stage], env: {}, cwd: packageRoot() });
  const log = lineLog({ write: () => {}, isVerbose: false });
  const { built } = await buildChecked(pipeline, { log, signal: t.signal, packageRoot: packageRoot() });
  t.defer(() => built.close());
  const o = { pipeline, built, signal: t.signal };
  assert.equal(outsideNeed(built), { screenshot: false, axtree: false });
  const sequences: string[] = [];
  let steps = 0;
  for (let index = 0; index < 8; index++) {
    const task = built.tasks.draw({ split: "eval", index, seed: 0 });
    const own = await insideEpisode(o, task);
    const outside = outsideEpisode(o, task);
    const elsewhere = await built.environment.open(task, { signal: t.signal, seed: 0 });
    let seen = await elsewhere.observe({ signal: t.signal, need: {} });
    let before = {};
    for (const [depth, step] of own.steps.entries()) {
      const sample = await outside.next(seen, before);
      assert.equal({ stateKey: seen.stateKey, action: toldOf(sample) }, step, `task ${index}, step ${depth}`);
      if (!sample.parsed.ok || depth === own.steps.length - 1) break;
      const { observation, target } = await elsewhere.step(sample.parsed.action, { signal: t.signal, need: {} });
      seen = observation;
      before = target ? { target } : {};
    }
    await elsewhere.close();
    steps += own.steps.length;
    sequences.push(own.steps.map(({ action }) => action).join());
  }
  assert.ok(steps > 12 && new Set(sequences).size > 4, `${steps} steps, ${new Set(sequences).size} sequences`);
});

test("toldOf is the canonical action, or the code of an output that is none", () => {
  const said = (parsed: Parameters<typeof toldOf>[0]["parsed"]) => toldOf({ parsed });
  assert.is(said({ ok: false, code: "NO_JSON", message: "" }), "NO_JSON");
  assert.is(said({ ok: true, action: { action: "noop" }, repairs: 2 }), '{"action":"noop"}');
});
