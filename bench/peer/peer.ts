import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { findChromium, serveAssets } from "../../core/browser.ts";
import type { Asset, Call } from "../../core/mod.ts";

/** Medians of one click with its observation in agisdk's own environment, milliseconds. */
export interface PeerSteps {
  readonly shippedMs: number;
  readonly noSlowMoMs: number;
}

/** Lets agisdk's environment, in the same Chromium, star and unstar a mail on the page that these assets make. */
export async function peerSteps(
  python: string,
  o: Call & { readonly assets: ReadonlyMap<string, Asset> },
): Promise<PeerSteps> {
  const server = await serveAssets(o.assets);
  const asked = { url: `http://${server.address}/`, chromium: findChromium(), button: "star" };
  try {
    const noSlowMoMs = await stepMs(python, { ...asked, steps: 15, slow_mo: 0 }, o);
    return { noSlowMoMs, shippedMs: await stepMs(python, { ...asked, steps: 8, slow_mo: null }, o) };
  } finally {
    await server.close();
  }
}

async function stepMs(python: string, asked: object, { signal }: Call): Promise<number> {
  const script = fileURLToPath(new URL("agisdk_step.py", import.meta.url));
  const child = spawn(python, [script], { stdio: ["pipe", "pipe", "inherit"], signal });
  child.stdin.end(JSON.stringify(asked));
  let text = "";
  child.stdout.on("data", (data) => text += String(data));
  const status = await new Promise((resolve, reject) => child.once("close", resolve).once("error", reject));
  if (status !== 0) throw new Error(`${python} ${script} ended with status ${status}`);
  const { ms } = JSON.parse(text) as { readonly ms: readonly number[] };
  return ms.toSorted((a, b) => a - b)[Math.floor(ms.length / 2)] ?? NaN;
}
