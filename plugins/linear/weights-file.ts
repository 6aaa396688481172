import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { HaloError, isHaloError } from "halo-agent";
import { writeWhole } from "halo-agent/kit";
import { dims } from "./features.ts";

/** Name of the model that every linear adapter belongs to: its feature space. */
export const base = "linear/2^18";

const magic = "halo.linear/1";
const entryBytes = 12;

/** Writes the non-zero weights: one JSON line, then (uint32 index, float64 value) pairs in index order, little-endian. */
export async function writeWeights(dir: string, weights: Float64Array, version: number): Promise<void> {
  const used: number[] = [];
  for (let i = 0; i < weights.length; i++) if (weights[i] !== 0) used.push(i);
  const head = new TextEncoder().encode(`${JSON.stringify({ schema: magic, dims, version, entries: used.length })}\n`);
  const bytes = new Uint8Array(head.length + used.length * entryBytes);
  bytes.set(head);
  const view = new DataView(bytes.buffer, head.length);
  for (const [n, i] of used.entries()) {
    view.setUint32(n * entryBytes, i, true);
    view.setFloat64(n * entryBytes + 4, weights[i]!, true);
  }
  await writeWhole(join(dir, "weights.bin"), bytes);
}

/** Weights to start from: those in the folder that an option names, zeros without one. Errors name the option. */
export async function startingWeights(options: Readonly<Record<string, string | undefined>>): Promise<Float64Array> {
  const [option, dir] = Object.entries(options).find(([, value]) => value !== undefined) ?? [];
  if (option === undefined || dir === undefined) return new Float64Array(dims);
  try {
    return (await readWeights(dir)).weights;
  } catch (e) {
    if (!isHaloError(e, "HALO_ADAPTER_INVALID")) throw e;
    const hint = "train one (halo run with this trainer), and name its iter/N/adapter or a copy (docs/agentq.md); " +
      `or remove \`${option}\``;
    throw new HaloError(e.code, e.message, { option, hint, cause: e.cause });
  }
}

/** Reads what `writeWeights` wrote. Throws HALO_ADAPTER_INVALID naming the folder when it is something else. */
export async function readWeights(dir: string): Promise<{ readonly weights: Float64Array; readonly version: number }> {
  const file = join(dir, "weights.bin");
  const bytes = await readFile(file).catch((cause) => {
    throw invalid(file, cause.code === "ENOENT" ? "there is no such file" : "it cannot be read", cause);
  });
  const end = bytes.indexOf(10);
  let head: { schema?: string; dims?: number; version?: number; entries?: number };
  try {
    head = JSON.parse(bytes.subarray(0, end).toString("utf8")) ?? {};
  } catch (cause) {
    throw invalid(file, "it has no header", cause);
  }
  if (head.schema !== magic || head.dims !== dims) {
    throw invalid(
      file,
      `it is ${head.schema ?? "unknown"} with ${head.dims} dimensions, expected ${magic} with ${dims}`,
    );
  }
  const entries = head.entries ?? 0;
  if (bytes.length !== end + 1 + entries * entryBytes) throw invalid(file, "it is cut off");
  const view = new DataView(bytes.buffer, bytes.byteOffset + end + 1);
  const weights = new Float64Array(dims);
  for (let n = 0; n < entries; n++) {
    weights[view.getUint32(n * entryBytes, true)] = view.getFloat64(n * entryBytes + 4, true);
  }
  return { weights, version: head.version ?? 0 };
}

function invalid(file: string, reason: string, cause?: unknown): HaloError {
  return new HaloError("HALO_ADAPTER_INVALID", `${file} is no linear adapter: ${reason}`, {
    cause,
    hint: "name a run's `iter/N/adapter`, or a copy of one",
  });
}
