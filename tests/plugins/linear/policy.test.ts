import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Draw, Mode, Point, Policy } from "halo-agent";
import { exp, keyedRng, sha256 } from "halo-agent/kit";
import { dims } from "../../../plugins/linear/features.ts";
import linear from "../../../plugins/linear/policy.ts";
import { writeWeights } from "../../../plugins/linear/weights-file.ts";
import { assert, suite, type TestContext } from "../../harness.ts";
import { pointOn, shelf } from "./page.ts";

const test = suite("linear/policy");
const call = { signal: new AbortController().signal };
const at = pointOn(shelf);
/** Five elements, one of them a field, one span, two scrolls and done. */
const candidates = 8;

function drawn(policy: Policy, o: { n: number; mode: Mode; key?: number; temperature?: number; at?: Point }) {
  const { n, mode, temperature = 1 } = o;
  return policy.sample({ at: o.at ?? at, n, mode, temperature, rng: keyedRng("test", o.key ?? 0) }, call);
}

const indexes = ({ samples }: Draw) => samples.map(({ trace }) => trace.kind === "choice" ? trace.index : -1);

/** A policy whose weights are normal-like numbers, the same ones on every machine. */
async function trained(t: TestContext): Promise<Policy> {
  const dir = mkdtempSync(path.join(tmpdir(), "halo-linear-"));
  t.defer(() => rmSync(dir, { recursive: true }));
  const rng = keyedRng("weights");
  await writeWeights(dir, Float64Array.from({ length: dims }, () => rng.next() - rng.next()), 5);
  return await linear.create({ adapter: dir }, {});
}

test("sample gives draw i whatever n is", async (t) => {
  const policy = await trained(t);
  for (const key of [0, 1, 2, 3]) {
    const [four, eight] = [
      await drawn(policy, { n: 4, mode: "sample", key }),
      await drawn(policy, { n: 8, mode: "sample", key }),
    ];
    assert.equal(four.samples, eight.samples.slice(0, 4));
  }
});

test("sample under equal keys is equal, under another key another", async (t) => {
  const policy = await trained(t);
  const [a, b, c] = [0, 0, 1].map((key) => drawn(policy, { n: 16, mode: "sample", key }));
  assert.equal(await a, await b);
  assert.not.equal(indexes((await a)!), indexes((await c)!));
});

test("distinct repeats nothing and gives at most what there is", async (t) => {
  const policy = await trained(t);
  for (const key of [0, 1, 2]) {
    const five = indexes(await drawn(policy, { n: 5, mode: "distinct", key }));
    assert.equal([five.length, new Set(five).size], [5, 5]);
    const all = indexes(await drawn(policy, { n: 99, mode: "distinct", key }));
    assert.equal([...all].sort((a, b) => a - b), Array.from({ length: candidates }, (_, i) => i));
    assert.equal(all.slice(0, 5), five);
  }
});

test("log-probabilities of all candidates sum to 1 and are those at temperature 1 whatever was sampled", async (t) => {
  const policy = await trained(t);
  const sum = async (temperature: number) => {
    const { samples } = await drawn(policy, { n: 99, mode: "distinct", temperature });
    return samples.reduce((total, s) => total + exp(s.logprob!), 0);
  };
  for (const temperature of [0.3, 1, 3]) assert.ok(Math.abs(await sum(temperature) - 1) < 1e-12);
  const { samples } = await drawn(policy, { n: 1, mode: "sample" });
  assert.equal(samples[0]!.trace, {
    kind: "choice",
    index: indexes({ samples } as Draw)[0],
    logprob: samples[0]!.logprob,
  });
});

test("sample follows the probabilities sharpened by the temperature", async (t) => {
  const policy = await trained(t);
  const n = 4000;
  for (const temperature of [0.5, 1, 2]) {
    const all = await drawn(policy, { n: 99, mode: "distinct" });
    const weight = new Map(indexes(all).map((index, i) => [index, exp(all.samples[i]!.logprob! / temperature)]));
    const total = [...weight.values()].reduce((a, b) => a + b);
    const picked = indexes(await drawn(policy, { n, mode: "sample", temperature }));
    // Pearson's statistic over 8 candidates: 7 degrees of freedom, 24.32 is its 99.9 % quantile.
    const chi = [...weight].reduce((sum, [index, w]) => {
      const expected = n * w / total;
      const seen = picked.filter((i) => i === index).length;
      return sum + (seen - expected) * (seen - expected) / expected;
    }, 0);
    assert.ok(chi < 24.32, `chi² ${chi} at temperature ${temperature}`);
  }
});

test("sample at a temperature near zero says what greedy says", async (t) => {
  const policy = await trained(t);
  const [best] = indexes(await drawn(policy, { n: 1, mode: "greedy" }));
  assert.equal(new Set(indexes(await drawn(policy, { n: 50, mode: "sample", temperature: 1e-6 }))), new Set([best]));
});

test("greedy is the most probable candidate under every key", async (t) => {
  const policy = await trained(t);
  const all = await drawn(policy, { n: 99, mode: "distinct" });
  const most = Math.max(...all.samples.map((s) => s.logprob!));
  for (const key of [0, 1, 2]) {
    const { samples } = await drawn(policy, { n: 2, mode: "greedy", key });
    assert.equal(samples.map((s) => s.logprob), [most, most]);
  }
});

test("greedy draws among ties uniformly: zero weights act like the uniform policy", async () => {
  const policy = await linear.create({}, {});
  const n = 4000;
  const counts = new Array<number>(candidates).fill(0);
  for (let key = 0; key < n; key++) counts[indexes(await drawn(policy, { n: 1, mode: "greedy", key }))[0]!]!++;
  const expected = n / candidates;
  const chi = counts.reduce((sum, seen) => sum + (seen - expected) * (seen - expected) / expected, 0);
  assert.ok(chi < 24.32, `${counts}`);
});

test("a draw is bit for bit the same on every runtime", async (t) => {
  const policy = await trained(t);
  const draw = await drawn(policy, { n: 12, mode: "sample" });
  const bits = sha256(new Uint8Array(Float64Array.from(draw.samples, (s) => s.logprob!).buffer));
  // Taken from this program itself: it has to be equal everywhere, not to be any number in particular; it changes with
  // the features.
  assert.equal([indexes(draw), bits], [
    [3, 0, 0, 0, 4, 4, 0, 4, 6, 0, 0, 4],
    "83daad35d78e73f6b080e7e6d2d38acba1330cbdb1ceeb818c287f6c9f327ca6",
  ]);
});

test("a sample says its action as text and names the version its adapter was adopted under", async (t) => {
  const policy = await trained(t);
  const draw = await drawn(policy, { n: 8, mode: "distinct" });
  for (const { text, parsed } of draw.samples) {
    assert.ok(parsed.ok);
    assert.equal([JSON.parse(text), parsed.repairs], [parsed.action, 0]);
  }
  assert.equal([draw.policyVersion, draw.temperature, draw.prompt.kind], [0, 1, "choice"]);
});
