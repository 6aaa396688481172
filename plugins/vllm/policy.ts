import { type Call, definePlugin, HaloError, type Policy, refs } from "halo-agent";
import { within } from "halo-agent/kit";
import { Adapters } from "./adapters.ts";
import { chatOf } from "./chat.ts";
import { VllmClient } from "./client.ts";
import { vllmErrors } from "./codes.ts";
import { checksOf, rehearsal } from "./doctor.ts";
import { drawSamples } from "./draw.ts";
import { Figures } from "./figures.ts";
import { checkFolder } from "./manifest.ts";
import { options } from "./options.ts";
import { checkReady } from "./ready.ts";
import { selfTest } from "./self-test.ts";
import { servicesOf } from "./services.ts";
import { once } from "./once.ts";

const maxN = 64;
/** Longest start-up check or change of version, the wait for a server that is away not counted. */
const adoptLimitMs = 300_000;
const closeLimitMs = 5_000;

/** A model behind vLLM: n samples of one point in one request, with the tokens a trainer needs. */
export default definePlugin({
  kind: "policy",
  name: "vllm",
  summary:
    "A model behind vLLM: token ids and log-probabilities for training, one adapter a version, checked by canaries.",
  options,
  pairsWith: ["lora"],
  errors: vllmErrors,
  needs: { blobs: refs.blobs, log: refs.log },
  create(o, { blobs, log }): Policy {
    const { model, serve } = o;
    if (o.adapter !== undefined) checkFolder(o.adapter, { model, log });
    if (o.answers === "candidates" && o.screenshots > 0) {
      throw new HaloError("HALO_OPTION_CONFLICT", "answers: candidates scores texts, and prompts hold screenshots", {
        hint: "set screenshots: 0",
        option: "screenshots",
      });
    }
    const figures = new Figures();
    const client = new VllmClient({ ...o, figures, log });
    const isExact = serve.dtype === "float32" || (serve.dtype === "auto" && serve.device === "cpu");
    const precision = isExact ? "float32" as const : "bfloat16" as const;
    const elements = o.answers === "text" && (o.elements || (o.screenshots === 0 && !o.axtree));
    const life = new AbortController();
    const limited = ({ signal }: Call): Call => ({
      signal: AbortSignal.any([signal, life.signal, AbortSignal.timeout(adoptLimitMs + o.restart_s * 1000)]),
    });
    let probeText: readonly number[] = [];
    const adapters = new Adapters({
      client,
      model,
      name: o.name,
      precision,
      seesPictures: o.screenshots > 0,
      figures,
      log,
      probeText: () => probeText,
      signal: life.signal,
    });
    // At first use, so that a pipeline can be checked without a server. A check that failed is made again.
    const tested = once(async () => {
      const server = await selfTest(client, { ...o, precision, ...limited(life) });
      probeText = server.probeText;
      log.debug(`vLLM ${server.version} serves "${model}"`);
      return server;
    });
    let isAdopted = o.adapter === undefined;
    const started = once(async () => {
      if (!isAdopted) await adapters.adopt({ dir: o.adapter!, version: 0 }, limited(life));
      isAdopted = true;
    });
    return {
      need: { screenshot: o.screenshots > 0, ...(o.axtree && { axtree: true }) },
      can: { trace: "tokens", maxN, deterministic: false, adapters: { format: "peft", base: model } },
      ready: (call) => checkReady(new VllmClient({ ...o, retries: 0, figures, log }), { ...o, precision, ...call }),
      async sample(r, call) {
        const server = await within(tested(), call.signal);
        await within(started(), call.signal);
        const options = { ...o, elements };
        return await drawSamples(r, { client, adapters, server, options, blobs, figures, signal: call.signal });
      },
      chat: chatOf({ client, model, ready: (call) => within(tested(), call.signal) }),
      metrics: () => figures.take(),
      async adopt(adapter, call) {
        await within(tested(), call.signal);
        await adapters.adopt(adapter, limited(call));
        isAdopted = true;
      },
      retire: (version, call) => adapters.retire(version, limited(call)),
      async close() {
        await adapters.close({ signal: AbortSignal.timeout(closeLimitMs) }).catch((e) => log.debug(String(e)));
        life.abort(new Error("the policy is closed"));
      },
    };
  },
  services: (o, { packageRoot }) => servicesOf(o, packageRoot),
  checks: (o, { packageRoot }) => checksOf(o, packageRoot),
  rehearsal,
});
