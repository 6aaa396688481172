import { definePlugin, refs } from "halo-agent";
import { type Blueprint, build, buildOne, buildTasks } from "../../../core/plugin/container.ts";
import type { Plugin } from "../../../core/plugin/define.ts";
import type { PluginKind } from "../../../core/plugin/kinds.ts";
import type { Ref } from "../../../core/plugin/refs.ts";
import type { Use } from "../../../core/plugin/use.ts";
import { isHaloError } from "../../../core/util/errors.ts";
import { silentLog } from "../../../core/util/log.ts";
import { assert, suite, thrownBy } from "../../harness.ts";

const test = suite("plugin/container");
const base = { log: silentLog, packageRoot: "/halo" };
const o = { ...base, signal: new AbortController().signal };

interface Made {
  readonly kind: PluginKind;
  readonly options: unknown;
  readonly needs: unknown;
}

/** Makes uses whose instances are what `create` got, and notes the order of building and closing. */
function workshop() {
  const events: string[] = [];
  const use = (
    kind: PluginKind,
    path: string,
    more: { needs?: Record<string, Ref<unknown>>; options?: Record<string, unknown>; fails?: boolean } = {},
  ): Use => {
    const plugin = definePlugin({
      kind,
      name: path.replaceAll(".", "-"),
      summary: "notes what happens",
      options: { type: "object", additionalProperties: false, properties: {} },
      needs: more.needs ?? {},
      create: ((options: unknown, needs: unknown) => {
        if (more.fails) throw new Error("cannot");
        events.push(`build ${path}`);
        return { kind, options, needs, close: async () => void events.push(`close ${path}`) };
      }) as never,
    });
    return { kind, plugin: plugin as unknown as Plugin, options: more.options ?? {}, path };
  };
  return { events, use };
}

function blueprint(use: ReturnType<typeof workshop>["use"], more: Partial<Blueprint> = {}): Blueprint {
  return {
    seed: 7,
    tasks: use("tasks", "tasks"),
    environment: use("environment", "environment"),
    policy: use("policy", "policy"),
    rewards: [],
    ...more,
  };
}

test("build makes needs and nested plugins first and closes in reverse", async () => {
  const { events, use } = workshop();
  const site = use("site", "environment.options.site");
  const built = await build(
    blueprint(use, {
      policy: use("policy", "policy", {
        needs: { environment: refs.environment, seed: refs.seed, root: refs.packageRoot },
      }),
      environment: use("environment", "environment", {
        needs: { tasks: refs.tasks },
        options: { list: [{ site }], n: 1 },
      }),
      rewards: [{ ...use("reward", "rewards.0"), weight: 2 }, {
        ...use("reward", "rewards.0"),
        path: "rewards.1",
        weight: 1,
      }],
    }),
    o,
  );
  assert.equal(events.slice(0, 4), [
    "build tasks",
    "build environment.options.site",
    "build environment",
    "build policy",
  ]);
  const policy = built.policy as unknown as Made;
  assert.equal(Object.entries(policy.needs as object).map(([name, v]) => [name, typeof v]), [
    ["environment", "object"],
    ["seed", "number"],
    ["root", "string"],
  ]);
  assert.is((policy.needs as { environment: unknown }).environment, built.environment);
  const environment = built.environment as unknown as {
    readonly options: { readonly list: readonly { readonly site: Made }[]; readonly n: number };
  };
  assert.is(environment.options.list[0]!.site.kind, "site");
  assert.equal(built.rewards.map(({ name, weight }) => [name, weight]), [["rewards-0", 2], ["rewards-0.2", 1]]);
  events.length = 0;
  await built.close();
  await built.close();
  assert.equal(events.slice(-4), [
    "close policy",
    "close environment",
    "close environment.options.site",
    "close tasks",
  ]);
});

test("two builds share nothing", async () => {
  const { use } = workshop();
  const print = blueprint(use);
  const [a, b] = [await build(print, o), await build(print, o)];
  assert.is.not(a.policy, b.policy);
});

test("buildTasks builds nothing but the task source", async () => {
  const { events, use } = workshop();
  const built = await buildTasks(blueprint(use), o);
  await built.close();
  assert.equal(events, ["build tasks", "close tasks"]);
});

test("build closes what stands when a later create throws", async () => {
  const { events, use } = workshop();
  const error = await thrownBy(() => build(blueprint(use, { policy: use("policy", "policy", { fails: true }) }), o));
  assert.ok(isHaloError(error, "HALO_PLUGIN_CREATE"));
  assert.is(error.message, "policy/policy could not be created: cannot");
  assert.equal(events, ["build tasks", "build environment", "close environment", "close tasks"]);
});

test("build names the circle and builds nothing when plugins need each other", async () => {
  const { events, use } = workshop();
  const policy = use("policy", "policy", { needs: { environment: refs.environment } });
  const environment = use("environment", "environment", { needs: { policy: refs.policy } });
  const error = await thrownBy(() => build(blueprint(use, { policy, environment }), o));
  assert.ok(isHaloError(error, "HALO_PLUGIN_CYCLE"));
  assert.is(
    error.message,
    "these plugins need each other: environment/environment (environment) → policy/policy (policy) → environment/environment (environment)",
  );
  assert.equal(events, []);
});

test("buildOne refuses a plugin that needs a pipeline", async () => {
  const { use } = workshop();
  const needy = { ...use("policy", "policy", { needs: { tasks: refs.tasks } }), kind: "policy" as const };
  const error = await thrownBy(() => buildOne(needy, { ...o, seed: 0 }));
  assert.ok(isHaloError(error, "HALO_PLUGIN_NEEDS"));
  assert.match(error.message, 'policy/policy needs "pipeline.tasks", which nothing here provides');
});

test("build stops at once when it is aborted, and closes what arrives late", async () => {
  const { events, use } = workshop();
  const controller = new AbortController();
  let finish = (_: unknown) => {};
  const slow = use("policy", "policy");
  const plugin = {
    ...slow.plugin,
    create: () => new Promise((resolve) => (finish = resolve)),
    [Symbol.for("halo.plugin")]: 1,
  } as Plugin;
  const building = thrownBy(() =>
    build(blueprint(use, { policy: { ...slow, plugin } }), { ...base, signal: controller.signal })
  );
  while (!events.includes("build environment")) await new Promise((resolve) => setImmediate(resolve));
  controller.abort(new Error("stopped"));
  assert.is(((await building) as Error).message, "stopped");
  finish({ close: async () => void events.push("close late") });
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(events.slice(2), ["close environment", "close tasks", "close late"]);
});
