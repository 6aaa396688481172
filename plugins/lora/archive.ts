import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { type Call, HaloError, isHaloError } from "halo-agent";
import type { LoraClient } from "./client.ts";

const unpackLimitMs = 120_000;

/** The two files that stock PEFT and vLLM load. */
export const adapterFiles = ["adapter_config.json", "adapter_model.safetensors"] as const;

/**
 * Brings the adapter at "tinker://RUN/sampler_weights/NAME", or "tinker://RUN/NAME", into a folder: an archive, which
 * `tar` unpacks. Throws HALO_LORA_REPLY when it holds no PEFT files.
 */
export async function bringArchive(
  client: LoraClient,
  { path, dir, signal }: Call & { readonly path: string; readonly dir: string },
): Promise<void> {
  const wrong = (what: string, cause?: unknown) =>
    new HaloError("HALO_LORA_REPLY", `${client.url} published ${path}, and ${what}`, {
      hint: "the server must save adapters in PEFT's format",
      cause,
    });
  const [, run, kind, name] = /^\w+:\/\/([^/]+)\/(?:([^/]+)\/)?([^/]+)$/.exec(path) ?? [];
  if (!run || !name) throw wrong("that is no path of the form tinker://RUN/sampler_weights/NAME");
  const archive = (id: string) =>
    client.send(`training_runs/${encodeURIComponent(run)}/checkpoints/${id}/archive`, { signal, redirects: true });
  // Tinker's own name of a checkpoint holds its kind, SkyRL's does not, nor does its path.
  const { bytes } = await archive(kind ? `${kind}/${name}` : name).catch((e) => {
    if (kind && isHaloError(e, "HALO_LORA_SERVER")) return archive(name);
    throw e;
  });
  const own = await mkdtemp(join(dir, ".archive-"));
  try {
    const file = join(own, "archive.tar");
    await writeFile(file, bytes);
    await promisify(execFile)("tar", ["-xf", file, "-C", own], { signal, timeout: unpackLimitMs })
      .catch((cause) => Promise.reject(wrong("its archive cannot be unpacked", cause)));
    const found = await readdir(own, { recursive: true });
    for (const wanted of adapterFiles) {
      const at = found.find((one) => basename(one) === wanted);
      if (at === undefined) throw wrong(`its archive holds no ${wanted}`);
      await rename(join(own, at), join(dir, wanted));
    }
    await nameTargets(dir).catch((cause) => Promise.reject(wrong("its adapter cannot be read", cause)));
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

/** Names the modules that the weights are for where the configuration does not: PEFT would take some by itself. */
async function nameTargets(dir: string): Promise<void> {
  const [config, weights] = adapterFiles.map((name) => join(dir, name)) as [string, string];
  const said = JSON.parse(await readFile(config, "utf8"));
  if (said.target_modules) return;
  const file = await readFile(weights);
  const header = JSON.parse(file.toString("utf8", 8, 8 + Number(file.readBigUInt64LE(0))));
  const found = Object.keys(header).flatMap((name) => /([^.]+)\.lora_A\.weight$/.exec(name)?.[1] ?? []);
  await writeFile(config, `${JSON.stringify({ ...said, target_modules: [...new Set(found)].sort() }, undefined, 2)}\n`);
}
