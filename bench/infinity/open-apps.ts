import { createPlugin } from "../../core/testing.ts";
import type { TaskSource } from "../../core/mod.ts";
import { appNames, appsFolder } from "../../plugins/webarena-infinity/clone.ts";
import environmentPlugin from "../../plugins/webarena-infinity/environment.ts";
import tasksPlugin from "../../plugins/webarena-infinity/tasks.ts";

/** Opens every app, compares its first state with the seed that its authors compute, and asks a verifier; how many do not hold. */
export async function openApps(): Promise<number> {
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
    const changed = differing(await proving!.start(task, { signal }), report);
    if (elements.length > 0 && !success) held++;
    const columns = [app.padEnd(30), `${seconds.toFixed(1)} s`.padStart(6), String(elements.length).padStart(9)];
    console.log(
      `${columns.join(" ")}  ${changed.size === 0 ? "yes" : "no "}                ${
        success ? "passes" : `refuses: ${reason}`
      }`,
    );
    if (changed.size > 0) console.log(`  changed as it loads: ${[...changed].sort().join(", ")}`);
    await episode.close();
  }
  await environment.close();
  console.log(`${held} of ${apps.length} apps open; bar ${held === apps.length ? "held" : "missed"}`);
  return apps.length - held;
}

/** Where two states differ, with "[]" for every index of a list. */
function differing(a: unknown, b: unknown, path = ""): ReadonlySet<string> {
  if (!isHolder(a) || !isHolder(b)) return new Set(a === b ? [] : [path]);
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  const inside = (key: string) => Array.isArray(a) ? `${path}[]` : path === "" ? key : `${path}.${key}`;
  return new Set(keys.flatMap((key) => [...differing(a[key], b[key], inside(key))]));
}

const isHolder = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
