/**
 * Opens every WebArena-Infinity app and asks a verifier about its first page. Bar: all apps open, each with controls in view
 * and a state that equals the seed its authors compute.
 *
 *   node bench/infinity.ts
 *
 * Needs the apps on this machine: halo tasks fetch webarena-infinity --from CLONE.
 */
import process from "node:process";
import { createPlugin } from "../core/testing.ts";
import type { TaskSource } from "../core/mod.ts";
import { canonicalJson } from "../core/util/canonical-json.ts";
import { appNames, appsFolder } from "../plugins/webarena-infinity/clone.ts";
import environmentPlugin from "../plugins/webarena-infinity/environment.ts";
import tasksPlugin from "../plugins/webarena-infinity/tasks.ts";

const signal = AbortSignal.timeout(600_000);
const apps = await appNames(await appsFolder());
const environment = await createPlugin(environmentPlugin, { pages: 2 });
const source: TaskSource = await createPlugin(tasksPlugin, { set: "easy" });
const { proving } = source;
const tasks = await source.list({ split: "eval" });
let held = 0;
console.log("app                            open    controls  state is the seed  verdict on the first page");
for (const app of apps) {
  const task = tasks.find(({ site }) => site === app)!;
  const started = performance.now();
  let report: unknown;
  const episode = await environment.open(task, {
    signal,
    seed: 0,
    grade(o, call) {
      report = o.report;
      return source.grade!(o, call);
    },
  });
  const { elements } = await episode.observe({ need: {}, signal });
  const seconds = (performance.now() - started) / 1000;
  const { success, reason } = await episode.verdict({ signal });
  const isSeed = canonicalJson(report) === canonicalJson(await proving!.start(task, { signal }));
  if (elements.length > 0 && !success) held++;
  const columns = [app.padEnd(30), `${seconds.toFixed(1)} s`.padStart(6), String(elements.length).padStart(9)];
  console.log(
    `${columns.join(" ")}  ${isSeed ? "yes" : "no "}                ${success ? "passes" : `refuses: ${reason}`}`,
  );
  await episode.close();
}
await environment.close();
console.log(`${held} of ${apps.length} apps open; bar ${held === apps.length ? "held" : "missed"}`);
if (held < apps.length) process.exitCode = 1;
