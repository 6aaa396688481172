// The policy against a server that fails in every way the client tells apart.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Draw, type HaloError, isHaloError, type Point } from "halo-agent";
import { keyedRng, mapLimited } from "halo-agent/kit";
import { vllmErrors } from "../../../plugins/vllm/codes.ts";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";
import { type Fault, faults, FaultServer, pad, randomFaults, scored } from "./fault-server.ts";
import { pointOf, requestOf } from "./points.ts";
import { policyFor } from "./policy-for.ts";

const test = suite("vllm/faults");

const options = {
  model: "tiny",
  image: { min_pixels: 1024 },
  serve: { device: "cpu" },
  timeout_s: 0.4,
  retries: 2,
  restart_s: 5,
  refills: 6,
};

async function start(t: TestContext) {
  const server = t.use(new FaultServer());
  const url = await server.listen();
  const policy = t.use(policyFor({ ...options, url }));
  const root = mkdtempSync(join(tmpdir(), "halo-vllm-"));
  t.defer(() => rmSync(root, { recursive: true, force: true }));
  /** An adapter's folder as the trainer leaves it in a run. */
  const adapter = (version: number, o: { readonly says?: string } = {}) => {
    const dir = mkdtempSync(join(root, "v"));
    const location = `/adapters/v${version}`;
    const ids = [5, 6, 7, 8];
    writeFileSync(
      join(dir, "halo.json"),
      JSON.stringify({
        schema: "halo.adapter/1",
        version,
        base: "tiny",
        location,
        sha256: `${version}`.padStart(64, "0"),
        dtype: "float32",
        canary: { ids, logprobs: scored(o.says ?? location, ids), base_logprobs: scored("tiny", ids) },
      }),
    );
    return { format: "peft", base: "tiny", version, dir, sha256: "" } as const;
  };
  return { server, url, policy, adapter };
}

/** True for an error that core does not retry. */
const isFatal = (code: string) =>
  Object.entries(vllmErrors).some(([name, { rule }]) => name === code && rule === "fatal");

const serials = ({ samples }: Draw) => samples.flatMap(({ trace }) => trace.kind === "tokens" ? [trace.ids[1]!] : []);

test("sample gives 500 whole groups in spite of every fault in random order, none twice", async (t) => {
  const { server, policy, adapter } = await start(t);
  await policy.adopt!(adapter(1), t);
  server.nextFault = randomFaults(keyedRng("faults", 1));
  const codes = new Map<string, number>();
  const draws = await mapLimited(Array.from({ length: 500 }, (_, i) => i), 16, async (i) => {
    const n = 1 + i % 8 + (i % 8 === 1 ? 7 : 0);
    for (let attempt = 0;; attempt++) {
      try {
        return { n, draw: await policy.sample(requestOf(pointOf(i % 7), { n, key: i }), t) };
      } catch (e) {
        // As core does: what no retry can mend ends the run.
        if (!isHaloError(e) || isFatal(e.code) || attempt === 12) throw e;
        codes.set(e.code, (codes.get(e.code) ?? 0) + 1);
      }
    }
  });
  assert.is(draws.length, 500);
  for (const { n, draw } of draws) {
    assert.is(draw.samples.length, n);
    assert.is(draw.policyVersion, 1);
    assert.is(draw.prompt.kind === "tokens" && draw.prompt.ids.filter((id) => id === pad).length, 15);
  }
  const all = draws.flatMap(({ draw }) => serials(draw));
  assert.is(new Set(all).size, all.length);
  assert.ok(all.every((serial) => server.served.has(serial)));
  assert.equal([...server.seen.keys()].sort(), [...faults].sort());
  assert.ok([...codes.keys()].every((code) => code.startsWith("HALO_VLLM_")), [...codes].join(" "));
  const figures = policy.metrics!();
  assert.ok(figures["vllm/retries"]! > 50 && figures["vllm/dropped_pad"]! > 10 && figures["vllm/dropped_abort"]! > 10);
  assert.ok(figures["vllm/adapter_loads"]! >= 2);
}, { timeoutMs: 120_000 });

const breaks: Partial<Record<Fault, RegExp>> = {
  fewer: /expected 3 choices, got 2/,
  not_a_number: /choice 0 has a log-probability of null, expected finite numbers <= 0/,
  positive: /choice 0 has a log-probability of 0\.5/,
  uneven: /choice 0 has 2 token ids and 1 log-probabilities/,
  tokenless: /expected `prompt_token_ids`, got none/,
  other_model: /expected samples of "tiny", got them of "tinier"/,
};
for (const [fault, message] of Object.entries(breaks)) {
  test(`sample refuses a reply that is ${fault}`, async (t) => {
    const { server, policy } = await start(t);
    server.nextFault = () => fault as Fault;
    const e = await thrownBy(() => policy.sample(requestOf(pointOf(1), { n: 3 }), t)) as HaloError;
    assert.is(e.code, "HALO_VLLM_REPLY");
    assert.match(e.message, message);
  });
}

test("sample stops refilling when every sample is aborted", async (t) => {
  const { server, policy } = await start(t);
  server.nextFault = () => "aborted";
  const e = await thrownBy(() => policy.sample(requestOf(pointOf(1), { n: 3 }), t)) as HaloError;
  assert.is(e.code, "HALO_VLLM_REPLY");
  assert.match(e.message, /^0 of 3 samples could be used after 7 requests/);
});

test("sample fills a group up whose samples held placeholders, and counts them", async (t) => {
  const { server, policy } = await start(t);
  let first = true;
  server.nextFault = () => first ? (first = false, "padded") : undefined;
  const draw = await policy.sample(requestOf(pointOf(1), { n: 5 }), t);
  assert.is(new Set(serials(draw)).size, 5);
  const { "vllm/dropped_pad": dropped, "vllm/refills": refills, "vllm/requests": requests } = policy.metrics!();
  assert.equal({ dropped, refills, requests }, { dropped: 3, refills: 1, requests: 2 });
});

test("sample in mode distinct asks a bounded number of times for other actions", async (t) => {
  const { policy } = await start(t);
  const draw = await policy.sample(requestOf(pointOf(1), { n: 3, mode: "distinct" }), t);
  // The server knows one action only.
  assert.is(draw.samples.length, 1);
  assert.is(policy.metrics!()["vllm/requests"], 7);
});

test("sample ends with the caller's signal while the server is silent", async (t) => {
  const { server, policy } = await start(t);
  await policy.sample(requestOf(pointOf(1)), t);
  server.nextFault = () => "silent";
  const stop = new AbortController();
  const stopped = thrownBy(() => policy.sample(requestOf(pointOf(1)), stop));
  stop.abort(new Error("stopped by the test"));
  assert.is((await stopped as Error).message, "stopped by the test");
});

test("adopt keeps the version in force and unloads the new one when a canary is red", async (t) => {
  const { server, policy, adapter } = await start(t);
  await policy.adopt!(adapter(1), t);
  const e = await thrownBy(() => policy.adopt!(adapter(2, { says: "other weights" }), t)) as HaloError;
  assert.is(e.code, "HALO_CANARY_ADAPTER");
  assert.equal([...server.adapters.values()], ["/adapters/v1"]);
  assert.is((await policy.sample(requestOf(pointOf(1)), t)).policyVersion, 1);
});

test("adopt keeps one version to go back to, and close unloads all", async (t) => {
  const { server, policy, adapter } = await start(t);
  for (const version of [1, 2, 3]) await policy.adopt!(adapter(version), t);
  assert.equal([...server.adapters], [
    ["halo-v000002-00000000", "/adapters/v2"],
    ["halo-v000003-00000000", "/adapters/v3"],
  ]);
  await policy.retire!(2, t);
  assert.equal([...server.adapters.values()], ["/adapters/v3"]);
  await policy.close();
  assert.is(server.adapters.size, 0);
});

test("sample says at once that there is no server, and finds one that was started since", async (t) => {
  const { server, url, policy } = await start(t);
  server.close();
  const e = await thrownBy(() => policy.sample(requestOf(pointOf(1)), t)) as HaloError;
  assert.is(`${e.code}: ${e.hint}`, "HALO_VLLM_LOST: start it: halo serve PIPELINE; its log says why it ended");
  const again = t.use(new FaultServer());
  await again.listen(Number(new URL(url).port));
  assert.is((await policy.sample(requestOf(pointOf(1)), t)).samples.length, 4);
});

test("sample starts from the adapter that the options name", async (t) => {
  const { server, url, adapter } = await start(t);
  const policy = t.use(policyFor({ ...options, url, adapter: adapter(7).dir }));
  const draw = await policy.sample(requestOf(pointOf(1)), t);
  assert.is(draw.policyVersion, 0);
  assert.equal([...server.adapters], [["halo-v000000-00000000", "/adapters/v7"]]);
});

test("a model that sees no pictures is asked in words alone", async (t) => {
  const { server, url } = await start(t);
  // Whatever it says of pictures is not asked for.
  server.defect = "ignores pictures";
  const policy = t.use(policyFor({ ...options, url, screenshots: 0 }));
  assert.equal(policy.need, { screenshot: false });
  const { screenshot: _, ...observation } = pointOf(1).observation;
  const control = { id: "e12", role: "button", name: "Star", states: [], near: "", region: "", centre: [500, 300] };
  const at = { ...pointOf(1), observation: { ...observation, elements: [control] } } as unknown as Point;
  const draw = await policy.sample(requestOf(at), t);
  const { prompt } = draw;
  if (prompt.kind !== "tokens") return assert.unreachable();
  assert.equal(prompt.images, []);
  const text = Buffer.from(prompt.ids.slice(1)).toString();
  assert.match(text, /you see the page in words [^]*"element"/);
  assert.match(text, /Visible controls:\n\[e12\] button "Star" at \[500,300\]/);
  assert.ok(!prompt.ids.includes(pad));
});

test("the tool is handed to a chat template that tells of tools, and stands in the system text of others", async (t) => {
  const { server, url } = await start(t);
  const framed = async () => {
    const policy = t.use(policyFor({ ...options, url }));
    const { prompt } = await policy.sample(requestOf(pointOf(1)), t);
    return Buffer.from(prompt.kind === "tokens" ? prompt.ids.filter((id) => id < 256) : []).toString();
  };
  const inWords = await framed();
  assert.is(inWords.split('"name":"computer_use"').length, 2);
  assert.match(inWords, /# Tools\nYou have one tool/);
  // What is not listed is not offered.
  assert.ok(!inWords.includes('"element"'));
  server.toolFrame = (tools) => `<tools>${JSON.stringify(tools)}</tools>`;
  const inTemplate = await framed();
  assert.is(inTemplate.split('"name":"computer_use"').length, 2);
  assert.ok(!inTemplate.includes("# Tools") && !inTemplate.includes('"element"'));
});
