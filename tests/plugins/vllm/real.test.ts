// runtime: node
// Starts one real vLLM on the CPU; that the client runs on Deno too is held by faults.test.ts and errors.test.ts.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import type { Adapter, Draw, HaloError, PastStep, Point } from "halo-agent";
import { mapLimited } from "halo-agent/kit";
import { fileURLToPath } from "node:url";
import { assert, suite, thrownBy } from "../../harness.ts";
import { picture, pointOf, requestOf } from "./points.ts";
import { policyFor } from "./policy-for.ts";
import { makeTinyModel, proxyBefore, runPython, VllmServer, whyNoVllm } from "./vllm-server.ts";

const why = whyNoVllm();
if (why) {
  console.log(`SKIPPED ${why}`);
  suite("vllm/real")("a real vLLM is tested where there is one", () => assert.ok(why));
} else await declare();

async function declare(): Promise<void> {
  const versions = 12;
  const reference = fileURLToPath(new URL("reference.py", import.meta.url));
  const root = mkdtempSync(join(tmpdir(), "halo-vllm-real-"));
  process.once("exit", () => rmSync(root, { recursive: true, force: true }));
  const out = join(root, "adapters");
  mkdirSync(out);
  await makeTinyModel(join(root, "model"));
  const [vllm] = await Promise.all([
    VllmServer.start(root),
    runPython([reference, "adapters", join(root, "model"), out, String(versions)]),
  ]);

  const declared = suite("vllm/real");
  /** Requests take seconds where the machine has other work. */
  const test: typeof declared = (name, run) => declared(name, run, { timeoutMs: 240_000 });

  const url = vllm.options["url"] as string;
  const shots = new Map<string, Uint8Array>();
  const blobs = { get: (sha256: string) => Promise.resolve(shots.get(sha256)!) };
  const open = (o: Readonly<Record<string, unknown>> = {}) => policyFor({ ...vllm.options, ...o }, { blobs });
  const adapter = (name: string | number): Adapter => {
    const version = typeof name === "number" ? name : versions;
    const dir = join(out, typeof name === "number" ? `v${name}` : name);
    return { format: "peft", base: "tiny", version, dir, sha256: "" };
  };
  const models = async (): Promise<readonly string[]> => {
    const { data } = await (await fetch(`${url}/models`)).json();
    return data.map(({ id }: { id: string }) => id.replace(/-[0-9a-f]{8}$/, ""));
  };
  const seen = (seed: number): Point => {
    const shot = picture(seed);
    shots.set(shot.sha256, shot.png);
    return pointOf(seed);
  };

  /** Draws whose log-probabilities transformers and peft compute again at the end. */
  const drawn: Draw[] = [];
  const kept = (draw: Draw): Draw => (drawn.push(draw), draw);

  test("sample draws eight different samples, and the same again for the same key", async (t) => {
    const policy = t.use(open());
    const at = seen(1);
    const first = kept(await policy.sample(requestOf(at, { n: 8 }), t));
    assert.equal(await policy.sample(requestOf(at, { n: 8 }), t), first);
    const other = await policy.sample(requestOf(at, { n: 8, key: "other" }), t);
    assert.is(new Set([...first.samples, ...other.samples].map(({ text }) => text)).size, 16);
    const { prompt } = first;
    assert.equal(prompt.kind === "tokens" && [prompt.model, prompt.images], ["tiny", [picture(1).sha256]]);
    kept(await policy.sample(requestOf(at, { n: 2, temperature: 0.7 }), t));
    assert.ok(policy.metrics!()["vllm/cached_tokens"]! > 0);
  });

  test("sample in modes greedy and distinct gives one output n times, and n different ones", async (t) => {
    const policy = t.use(open());
    const greedy = kept(await policy.sample(requestOf(seen(2), { n: 3, mode: "greedy" }), t));
    assert.is(new Set(greedy.samples.map(({ text }) => text)).size, 1);
    assert.equal(
      greedy.samples,
      (await policy.sample(requestOf(seen(2), { n: 3, mode: "greedy", key: 9 }), t)).samples,
    );
    const distinct = await policy.sample(requestOf(seen(2), { n: 5, mode: "distinct" }), t);
    assert.is(new Set(distinct.samples.map(({ text }) => text)).size, 5);
  });

  test("sample with context append sends the screenshots of past steps", async (t) => {
    const policy = t.use(open({ context: "append", screenshots: 2 }));
    const { png: _, ...screenshot } = seen(3).observation.screenshot!;
    const action = { action: "click", at: [1, 2] } as const;
    const past: PastStep = { url: "u", stateKey: "k", screenshot, parsed: { ok: true, action, repairs: 0 } };
    const draw = kept(await policy.sample(requestOf({ ...seen(4), history: [past] }, { n: 2 }), t));
    assert.equal(draw.prompt.kind === "tokens" && draw.prompt.images, [picture(3).sha256, picture(4).sha256]);
  });

  test("sample shortens a prompt that is longer than vLLM's context", async (t) => {
    const policy = t.use(open({ axtree: true }));
    const { observation, ...at } = seen(5);
    const axtree = "button letter 17\n".repeat(800);
    const draw = await policy.sample(requestOf({ ...at, observation: { ...observation, axtree } }, { n: 1 }), t);
    assert.is(draw.samples.length, 1);
    assert.is(policy.metrics!()["vllm/prompts_shortened"], 3);
  });

  test("chat holds the model to a schema", async (t) => {
    const policy = t.use(open());
    const schema = { name: "choice", json: { enum: ["yes", "no"] } };
    const image = picture(6);
    const messages = [{ role: "user", content: [{ type: "text", text: "Is it?" }, { type: "image", image }] }] as const;
    const reply = await policy.chat!.complete({ messages, schema, maxTokens: 20, temperature: 1 }, t);
    assert.ok(reply.json === "yes" || reply.json === "no", reply.text);
    assert.ok(reply.usage.promptTokens > 15 && reply.usage.completionTokens > 0);
  });

  test("selfTest names the model that is served when another one is asked for", async (t) => {
    const e = await thrownBy(() => t.use(open({ model: "nope" })).sample(requestOf(seen(1)), t)) as HaloError;
    assert.is(`${e.code} ${e.message}`, 'HALO_VLLM_MODEL vLLM serves "tiny", not "nope"');
  });

  test("adopt switches versions, keeps one to go back to and unloads the rest", async (t) => {
    const policy = t.use(open());
    for (const version of [1, 2, 3]) await policy.adopt!(adapter(version), t);
    assert.equal(await models(), ["tiny", "halo-v000002", "halo-v000003"]);
    const { "canary/adapter_gap": gap, "canary/cache_gap": cache, "canary/temperature_ratio": ratio } = policy
      .metrics!();
    assert.ok(gap! < 1e-4 && cache! < 1e-4 && Math.abs(ratio! - 2) < 1e-3, `${gap} ${cache} ${ratio}`);
    const draw = kept(await policy.sample(requestOf(seen(7), { n: 3 }), t));
    assert.is(draw.policyVersion, 3);
    await policy.adopt!(adapter(2), t);
    assert.is(kept(await policy.sample(requestOf(seen(7), { n: 3 }), t)).policyVersion, 2);
    await policy.close();
    assert.equal(await models(), ["tiny"]);
  });

  test("answers among candidates are drawn from what the version says of their lines", async (t) => {
    const policy = t.use(open({ screenshots: 0, answers: "candidates" }));
    const names = ["Star letter from Anna", "Star letter from Bert", "Open letter from Anna", "Sent"];
    const elements = names.map((name, i) => {
      const none = { states: [], near: "", region: "", centre: [0, 0] as const };
      return { id: `e${i}`, role: "button", name, ...none };
    });
    const plain = pointOf(20);
    const at = { ...plain, observation: { ...plain.observation, elements } };
    const all = async (o: Parameters<typeof requestOf>[1]) => {
      const draw = kept(await policy.sample(requestOf(at, { n: 9, mode: "distinct", ...o }), t));
      assert.is(draw.samples.length, 5);
      const total = draw.samples.reduce((sum, { logprob }) => sum + Math.exp(logprob!), 0);
      assert.ok(Math.abs(total - 1) < 1e-9, `${total}`);
    };
    await all({});
    await policy.adopt!(adapter(4), t);
    await all({ temperature: 0.7 });
  });

  for (const name of ["prefix", "dropped"]) {
    test(`adapter canary catches tensors that vLLM drops in silence: ${name}`, async (t) => {
      const policy = t.use(open());
      const e = await thrownBy(() => policy.adopt!(adapter(name), t)) as HaloError;
      assert.is(e.code, "HALO_CANARY_ADAPTER");
      assert.match(
        e.message,
        /vLLM answers as the base model does \(gap [\d.e-]+\), not as the adapter \(gap [\d.]+, limit 0\.001/,
      );
      assert.equal(await models(), ["tiny"]);
      assert.is((await policy.sample(requestOf(seen(1), { n: 1 }), t)).policyVersion, 0);
    });
  }

  test("adapter canary catches a bare PEFT folder that changes nothing", async (t) => {
    const folder = join(root, "bare");
    cpSync(join(out, "prefix"), folder, { recursive: true, filter: (file) => !file.endsWith("halo.json") });
    const e = await thrownBy(() => t.use(open({ adapter: folder })).sample(requestOf(seen(1)), t)) as HaloError;
    assert.is(e.code, "HALO_CANARY_ADAPTER");
    assert.match(e.message, /answers exactly as the base model does/);
  });

  test("temperature canary catches a server that ignores the temperature", async (t) => {
    const proxy = t.use(await proxyBefore(url, { change: (_, body) => void (body["temperature"] &&= 1) }));
    const e = await thrownBy(() => t.use(open({ url: proxy.url })).sample(requestOf(seen(1)), t)) as HaloError;
    assert.is(
      `${e.code} ${e.message}`,
      "HALO_CANARY_TEMPERATURE temperature canary: at temperature 0.5 log-probabilities are spread 1 times as wide as at 1, expected 2",
    );
  });

  test("image canary catches a screenshot that reaches the model in another size", async (t) => {
    let isOther = false;
    const { png, sha256: uuid } = picture(9, 320, 192);
    const image_url = { url: `data:image/png;base64,${Buffer.from(png).toString("base64")}` };
    const change = (_: string, body: Record<string, unknown>) => {
      const messages = (body["messages"] ?? []) as { readonly content: string | Record<string, unknown>[] }[];
      const parts = messages.flatMap(({ content }) => typeof content === "string" ? [] : content);
      if (isOther) { for (const part of parts) if (part["image_url"]) Object.assign(part, { image_url, uuid }); }
    };
    const proxy = t.use(await proxyBefore(url, { change }));
    const policy = t.use(open({ url: proxy.url }));
    await policy.sample(requestOf(seen(1), { n: 1 }), t);
    isOther = true;
    const e = await thrownBy(() => policy.sample(requestOf(seen(8), { n: 1 }), t)) as HaloError;
    assert.is(
      `${e.code} ${e.message}`,
      "HALO_CANARY_IMAGE image canary: vLLM made 60 tokens of the screenshots, expected 15",
    );
  });

  test("cache canary catches blocks of earlier weights", async (t) => {
    // One name, one folder and one salt for all versions: vLLM serves what it computed with the first one's weights.
    const folder = join(root, "same");
    let [name, place] = ["", ""];
    const post = (route: string, body: object) =>
      fetch(`${url}${route}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    const proxy = t.use(
      await proxyBefore(url, {
        async change(route, body) {
          if (route.endsWith("/load_lora_adapter")) {
            [name, place] = [body["lora_name"] as string, body["lora_path"] as string];
            cpSync(place, folder, { recursive: true });
            await (await post("/unload_lora_adapter", { lora_name: "same" })).text();
            Object.assign(body, { lora_name: "same", lora_path: folder });
          }
          if (String(body["model"]).startsWith("halo-")) body["model"] = "same";
          if (String(body["cache_salt"]).length < 30) body["cache_salt"] = "one";
        },
        answer: (text) => text.replaceAll('"same"', `"${name}"`).replaceAll(`"${folder}"`, `"${place}"`),
      }),
    );
    const policy = t.use(open({ url: proxy.url }));
    t.defer(() => post("/unload_lora_adapter", { lora_name: "same" }).then((reply) => reply.text()));
    await policy.adopt!(adapter(1), t);
    const e = await thrownBy(() => policy.adopt!(adapter(2), t)) as HaloError;
    assert.is(e.code, "HALO_CANARY_CACHE");
    assert.match(e.message, /under the policy version's cache differ from freshly computed ones by \d/);
  });

  test("cache canary catches a cache salt that is dropped on the way", async (t) => {
    const change = (_: string, body: Record<string, unknown>) => void (body["cache_salt"] &&= "one");
    const proxy = t.use(await proxyBefore(url, { change }));
    const e = await thrownBy(() => t.use(open({ url: proxy.url })).adopt!(adapter(1), t)) as HaloError;
    assert.is(e.code, "HALO_CANARY_CACHE");
    assert.match(e.message, /under a cache salt never used before \d+ prompt tokens came from the cache, expected 0/);
  });

  test(`adopt rotates ${versions} versions under load, and every sample carries its true version`, async (t) => {
    const policy = t.use(open());
    let isOver = false;
    const seenVersions = new Map<number, number>();
    const load = mapLimited([0, 1, 2], 3, async (worker) => {
      for (let i = 0; !isOver; i++) {
        const n = 2 + worker;
        const draw = await policy.sample(requestOf(seen(10 + i % 3), { n, key: `${worker}/${i}` }), t);
        assert.is(draw.samples.length, n);
        const count = (seenVersions.get(draw.policyVersion) ?? 0) + 1;
        seenVersions.set(draw.policyVersion, count);
        if (count <= 3) kept(draw);
      }
    });
    try {
      for (let version = 1; version <= versions; version++) {
        await policy.adopt!(adapter(version), t);
        // Both the new version and the change to the next one happen under load.
        while (!seenVersions.has(version)) {
          await Promise.race([
            load,
            new Promise((resolve) => setTimeout(resolve, 20)),
          ]);
        }
      }
    } finally {
      isOver = true;
      await load;
    }
    for (let version = 1; version <= versions; version++) assert.ok(seenVersions.has(version));
    assert.equal(await models(), ["tiny", `halo-v0000${versions - 1}`, `halo-v0000${versions}`]);
    assert.is(policy.metrics!()["vllm/retries"], 0);
  });

  test(
    "log-probabilities of all kept samples are those of transformers and peft under the version they carry",
    async () => {
      const records = drawn.flatMap(({ prompt, samples, policyVersion, temperature }) =>
        samples.slice(0, 4).flatMap(({ trace }) =>
          prompt.kind === "tokens" && trace.kind === "tokens"
            ? [{
              prompt: prompt.ids,
              completion: trace.ids,
              logprobs: trace.logprobs,
              ...(trace.among && { among: trace.among }),
              temperature,
              adapter: policyVersion === 0 ? null : adapter(policyVersion).dir,
              images: prompt.images.map((sha256) => {
                const file = join(root, `${sha256}.png`);
                writeFileSync(file, shots.get(sha256)!);
                return file;
              }),
            }]
            : []
        )
      );
      const file = join(root, "samples.json");
      writeFileSync(file, JSON.stringify(records));
      const scored: number[][] = JSON.parse(await runPython([reference, "score", join(root, "model"), file]));
      const gapOf = (i: number) =>
        Math.max(...records[i]!.logprobs.map((value, j) => Math.abs(value - scored[i]![j]!)));
      const gaps = records.map((_, i) => gapOf(i));
      console.log(`${records.length} samples, widest gap ${Math.max(...gaps).toExponential(1)}`);
      assert.ok(records.length > 60 && Math.max(...gaps) < 1e-4, `${records.length} ${Math.max(...gaps)}`);
    },
  );

  test("vLLM ends when it is told to", () => vllm.stop());
}
