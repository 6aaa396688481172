import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { HaloError } from "halo-agent";
import { sha256Folder } from "halo-agent/kit";

/** A text that the trainer scored: natural log-probabilities at temperature 1 of every token but the first. */
export interface CanaryText {
  readonly ids: readonly number[];
  readonly logprobs: readonly number[];
  readonly base_logprobs: readonly number[];
}

/** What an adapter's folder says about it. */
export interface Manifest {
  /** Absent for plain PEFT files. */
  readonly base?: string;
  /** Folder on vLLM's machine. */
  readonly location: string;
  readonly sha256: string;
  readonly dtype: string;
  readonly canary?: CanaryText;
}

const weights = "adapter_model.safetensors";

/** Reads `halo.json` of an adapter's folder, or takes the folder for plain PEFT files. Throws HALO_ADAPTER_INVALID. */
export async function readManifest(folder: string): Promise<Manifest> {
  const dir = resolve(folder);
  const file = join(dir, "halo.json");
  const isHere = existsSync(join(dir, weights));
  if (!existsSync(file)) {
    if (isHere) return { location: dir, sha256: await sha256Folder(dir), dtype: "unknown" };
    throw new HaloError("HALO_ADAPTER_INVALID", `${dir}: expected halo.json or ${weights}, found neither`, {
      hint: "name the folder that a trainer published an adapter into, or one with PEFT files",
    });
  }
  const invalid = (what: string, cause?: unknown) =>
    new HaloError("HALO_ADAPTER_INVALID", `${file}: ${what}`, {
      hint: "the manifest was not written whole: publish the adapter again",
      cause,
    });
  let found: Partial<Manifest> & { readonly schema?: unknown };
  try {
    found = JSON.parse(await readFile(file, "utf8"));
  } catch (cause) {
    throw invalid("expected JSON", cause);
  }
  const { schema, base, location, sha256, dtype, canary } = found;
  if (schema !== "halo.adapter/1") throw invalid(`expected schema "halo.adapter/1", got ${JSON.stringify(schema)}`);
  for (const [name, value] of Object.entries({ base, location, sha256, dtype })) {
    if (typeof value !== "string" || value === "") throw invalid(`expected "${name}", got ${JSON.stringify(value)}`);
  }
  if (canary) {
    const { ids, logprobs, base_logprobs } = canary;
    const lengths = [logprobs, base_logprobs].map((list) => Array.isArray(list) ? list.length : -1);
    if (!Array.isArray(ids) || ids.length < 2 || lengths.some((length) => length !== ids.length - 1)) {
      throw invalid("expected a canary of ids and one log-probability for each but the first");
    }
  }
  return { base: base!, location: isHere ? dir : location!, sha256: sha256!, dtype: dtype!, ...(canary && { canary }) };
}
