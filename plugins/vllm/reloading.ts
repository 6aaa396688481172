import { type Call, isHaloError } from "halo-agent";
import type { Adapters, Serving } from "./adapters.ts";
import type { Figures } from "./figures.ts";

/** How often an adapter is loaded again for one request. */
const mostReloads = 3;

/** Sends a request of a version, again after loading its adapter when the server knows it no more; counts it. */
export async function reloading<T>(
  ask: () => Promise<T>,
  { serving, adapters, figures, signal }: Call & {
    readonly serving: Serving;
    readonly adapters: Adapters;
    readonly figures: Figures;
  },
): Promise<T> {
  for (let reloads = 0;; reloads++) {
    const start = performance.now();
    try {
      const reply = await ask();
      figures.add("requests");
      figures.add("request_s", (performance.now() - start) / 1000);
      return reply;
    } catch (e) {
      if (!isHaloError(e, "HALO_VLLM_ADAPTER_GONE") || reloads >= mostReloads) throw e;
      await adapters.reload(serving, { signal });
    }
  }
}
