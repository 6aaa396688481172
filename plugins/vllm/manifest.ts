import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { HaloError, isHaloError, type Log } from "halo-agent";
import { sha256Folder } from "halo-agent/kit";

/** A text that the trainer scored: natural log-probabilities at temperature 1 of every token but the first. */
export interface CanaryText {
  readonly ids: readonly number[];
  readonly logprobs: readonly number[];
  readonly base_logprobs: readonly number[];
}

/** A throw-away adapter of one projection that moves the canary text by much. */
export interface Projection {
  readonly name: string;
  /** Folder on vLLM's machine. */
  readonly location: string;
  readonly sha256: string;
  /** Of the canary text. */
  readonly logprobs: readonly number[];
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
  /** One for each kind of module that the trainer adapts. */
  readonly projections?: readonly Projection[];
}

const weights = "adapter_model.safetensors";

/** Reads `halo.json` of an adapter's folder, or takes the folder for plain PEFT files. Throws HALO_ADAPTER_INVALID. */
export async function readManifest(folder: string): Promise<Manifest> {
  const dir = resolve(folder);
  return writtenManifest(dir) ?? { location: dir, sha256: await sha256Folder(dir), dtype: "unknown" };
}

interface Checking {
  /** The policy's base model. */
  readonly model: string;
  readonly log: Pick<Log, "warn">;
}

/**
 * What shows about the folder in the option `adapter` without a server: throws HALO_ADAPTER_INVALID for files that are
 * missing or of another base; plain PEFT files that name another base are a warning, since a model may have many names.
 */
export function checkFolder(folder: string, o: Checking): void {
  try {
    checkFiles(resolve(folder), o);
  } catch (e) {
    if (!isHaloError(e)) throw e;
    const hint = e.hint === undefined ? {} : { hint: e.hint };
    throw new HaloError(e.code, e.message, { ...hint, option: "adapter", cause: e });
  }
}

function checkFiles(dir: string, { model, log }: Checking): void {
  const manifest = writtenManifest(dir);
  if (manifest) refuseOtherBase(dir, manifest, model);
  if (!existsSync(join(dir, weights))) return; // The files lie on vLLM's machine.
  const file = join(dir, "adapter_config.json");
  let base: unknown;
  try {
    base = JSON.parse(readFileSync(file, "utf8")).base_model_name_or_path;
  } catch (cause) {
    throw new HaloError("HALO_ADAPTER_INVALID", `${file}: expected PEFT's JSON beside ${weights}`, {
      hint: "copy the adapter's whole folder",
      cause,
    });
  }
  const last = (name: string) => name.split("/").at(-1);
  if (manifest || typeof base !== "string" || last(base) === last(model)) return;
  log.warn(`${file} names the base "${base}", the policy's model is "${model}": vLLM refuses another model's adapter`);
}

/** Throws HALO_ADAPTER_INVALID for an adapter of another base than the policy's. */
export function refuseOtherBase(dir: string, { base }: Pick<Manifest, "base">, model: string): void {
  if (base === undefined || base === model) return;
  throw new HaloError("HALO_ADAPTER_INVALID", `${dir}: an adapter for "${base}", the policy's model is "${model}"`, {
    hint: "train and sample with one base model",
  });
}

/** The manifest in an absolute folder; undefined for plain PEFT files. */
function writtenManifest(dir: string): Manifest | undefined {
  const file = join(dir, "halo.json");
  const isHere = existsSync(join(dir, weights));
  if (!existsSync(file)) {
    if (isHere) return undefined;
    throw new HaloError("HALO_ADAPTER_INVALID", `${dir}: expected halo.json or ${weights}, found neither`, {
      hint: "name the folder that a trainer published an adapter into (docs/modes.md), or one with PEFT files",
    });
  }
  const invalid = (what: string, cause?: unknown) =>
    new HaloError("HALO_ADAPTER_INVALID", `${file}: ${what}`, {
      hint: "the manifest was not written whole: publish the adapter again",
      cause,
    });
  let found: Partial<Manifest> & { readonly schema?: unknown };
  try {
    found = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw invalid("expected JSON", cause);
  }
  const { schema, base, location, sha256, dtype, canary, projections } = found;
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
  const isSound = (p: Partial<Projection>) =>
    [p.name, p.location, p.sha256].every((x) => typeof x === "string") &&
    p.logprobs?.length === canary?.logprobs.length;
  if (projections && !(Array.isArray(projections) && projections.every(isSound))) {
    throw invalid("expected projections with name, location, sha256 and the canary's log-probabilities");
  }
  return {
    ...{ base: base!, location: isHere ? dir : location!, sha256: sha256!, dtype: dtype! },
    ...(canary && { canary }),
    ...(projections && { projections }),
  };
}
