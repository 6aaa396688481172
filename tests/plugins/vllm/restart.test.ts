// runtime: node
// `halo serve` with real vLLM and the real sidecar, `halo run` with Chromium: vLLM is killed while groups are sampled.
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import process from "node:process";
import { openRun } from "../../../core/record/runs.ts";
import type { Slot } from "../../../core/record/slot.ts";
import { packageRoot } from "../../../core/util/package-root.ts";
import { assert, suite } from "../../harness.ts";
import { Programs, whyNoServices } from "../halo-programs.ts";
import { killEngineOf, proxyBefore } from "./vllm-server.ts";

const test = suite("vllm/restart");
const overlay = join(packageRoot(), "tests/fixtures/two-clicks/grpo.yaml");
const iterations = [1, 2, 3];

test(
  "halo run goes on when vLLM is killed in mid-group and halo serve restarts it: no group lost or doubled",
  async (t) => {
    const why = whyNoServices();
    if (why) return console.log(`SKIPPED ${why}`);
    const programs = new Programs(t, { flags: ["--overlay", overlay] });
    await programs.teach(t);
    const services = await programs.serve();

    // First the engine alone, which the server in front of it tells; then all of vLLM at once.
    const ways = [killEngineOf, (pid: number) => process.kill(-pid, "SIGKILL")];
    let due: ((pid: number) => void) | undefined;
    let requests = 0;
    const vllm = await proxyBefore(programs.vllmUrl, {
      change(route) {
        // One group of the iteration has been sampled, the next one is under way.
        if (!due || !route.endsWith("/completions") || ++requests < 2) return;
        const kill = due;
        due = undefined;
        setTimeout(() => kill(services.findLast(({ name, state }) => name === "vllm" && state === "ready")!.pid!), 50);
      },
    });
    t.defer(() => vllm.close());
    const { done, events } = await programs.run((event) => {
      if (event.type !== "iteration") return;
      [due, requests] = [ways[event.iteration - 1], 0];
    }, { HALO_VLLM_URL: vllm.url });
    assert.equal(services.filter(({ name }) => name === "vllm").map(({ state }) => state), [
      ...["starting", "ready", "ended", "restarting", "starting", "ready", "ended", "restarting", "starting", "ready"],
    ]);

    const folder = await openRun(basename(done.run), dirname(done.run));
    const metrics = events.flatMap((e) => e.type === "iteration" ? [e.metrics] : []);
    const slots: Slot[] = [];
    for (const n of iterations) {
      const it = folder.iteration(n);
      const found = await it.readSlots();
      slots.push(...found);
      assert.equal(found.map(({ id }) => id), [0, 1, 2, 3].map((i) => `i${n}.s${i}`));
      assert.is(readdirSync(join(it.path, "slots")).length, 4);
      const groups = found.flatMap((slot) => slot.groups);
      assert.equal(groups.map(({ id }) => id), found.map(({ id }) => `${id}.0`));
      // Eight episodes of two steps: eight samples at the root, one behind each.
      assert.equal(groups.map(({ decisions }) => decisions.flatMap((d) => d.branches).length), [16, 16, 16, 16]);
      const batch = (await it.readBatch())!;
      assert.equal([batch.seq, batch.policyVersion], [n, n - 1]);
      assert.equal(new Set(groups.map(({ policyVersion }) => policyVersion)), new Set([n - 1]));
      // A group that teaches is in the batch whole, each of its samples once.
      const tracesOf = (id: string) =>
        groups.find((g) => g.id === id)!.decisions.flatMap((d) => d.branches.map(({ sample }) => sample.trace));
      const taught = Map.groupBy(batch.examples, ({ group }) => group);
      assert.ok(taught.size > 0, `iteration ${n} has no group with a gradient`);
      for (const [id, examples] of taught) {
        const traces = examples.flatMap((e) => e.kind === "advantage" ? [e.sample.trace] : []);
        assert.equal(traces.map(textOf).sort(), tracesOf(id).map(textOf).sort());
      }
      // The trainer finds its own log-probabilities of that version in the samples: they are of no other.
      assert.ok(metrics[n - 1]!["canary/gap"]! <= 1e-4, `${metrics[n - 1]!["canary/gap"]}`);
    }
    assert.equal(slots.map(({ task }) => task.key), slots.map((_, i) => `clicks/train/0/${i}`));
    const episodes = readFileSync(join(done.run, "episodes.jsonl"), "utf8").trim().split("\n").slice(1);
    assert.is(new Set(episodes.map((line) => JSON.parse(line).id)).size, episodes.length);
    const steps = readFileSync(join(programs.dir, "runs/lora/journal.jsonl"), "utf8").match(/"optim_step"/g);
    assert.is(steps?.length, iterations.length);
    // In an iteration with a kill the version in force is loaded again, then the next one.
    assert.equal(metrics.map((m) => m["vllm/adapter_loads"]), [1, 2, 2]);
    assert.equal(metrics.map((m) => m["vllm/retries"]! > 0), [false, true, true]);
    console.log(`retries ${metrics.map((m) => m["vllm/retries"])}; ${done.wall_s.toFixed(0)} s`);
  },
  { timeoutMs: 580_000 },
);

const textOf = (trace: object): string => JSON.stringify(trace);
