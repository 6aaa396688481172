import { join } from "node:path";
import { fileFormat } from "./file-format.ts";
import { readJson, writeJson } from "./json-file.ts";
import { list, mapOf, object, text } from "./shape.ts";

/** inputs.json: what a run is made of besides its pipeline, by name, as sha256. */
export interface Inputs {
  /** Plugins that are no part of halo, their own imports included. */
  readonly plugins: Readonly<Record<string, string>>;
  /** Adapters and other files that options name. */
  readonly files: Readonly<Record<string, string>>;
  /** Changes that a resume was told to accept. */
  readonly accepted: readonly AcceptedChange[];
}

export interface AcceptedChange {
  /** ISO time, UTC. */
  readonly at: string;
  readonly changed: readonly string[];
}

const inputsFormat = fileFormat<Inputs>(
  "halo.inputs/1",
  object<Inputs>({
    plugins: mapOf(text),
    files: mapOf(text),
    accepted: list(object<AcceptedChange>({ at: text, changed: list(text) })),
  }),
);

const hint =
  "restore the file from a copy, or delete this one file: what changed since the run began is then not known";

export async function readInputs(runPath: string): Promise<Inputs | undefined> {
  return await readJson(join(runPath, "inputs.json"), inputsFormat, { hint });
}

export async function writeInputs(runPath: string, inputs: Inputs): Promise<void> {
  await writeJson(join(runPath, "inputs.json"), inputsFormat.schema, inputs);
}
