import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { HaloError, type UpdateReport } from "halo-agent";
import { writeWhole } from "halo-agent/kit";

/** Weights and moments that the server keeps under a name of its own. */
export interface SavedState {
  /** Below the sidecar's root: "states/MODEL/000012"; elsewhere "tinker://RUN/weights/NAME". */
  readonly path: string;
  /** Where the server tells it. */
  readonly sha256?: string;
}

/** What the run folder holds of the trainer: where its state is, and the report of the last update. */
export interface Checkpoint {
  readonly model: string;
  readonly report: UpdateReport;
  readonly state: SavedState;
}

const schema = "halo.lora-trainer/1";
const name = "trainer.json";

export async function writeCheckpoint(dir: string, checkpoint: Checkpoint): Promise<void> {
  await writeWhole(join(dir, name), `${JSON.stringify({ schema, ...checkpoint }, undefined, 2)}\n`);
}

/** Throws HALO_RUN_CORRUPT when the folder holds no checkpoint of this trainer. */
export async function readCheckpoint(dir: string): Promise<Checkpoint> {
  const file = join(dir, name);
  try {
    const { schema: found, ...checkpoint } = JSON.parse(await readFile(file, "utf8"));
    if (found !== schema || typeof checkpoint.state?.path !== "string") throw new TypeError(`schema ${found}`);
    return checkpoint;
  } catch (cause) {
    throw new HaloError("HALO_RUN_CORRUPT", `${file} is no state of the LoRA trainer`, { cause });
  }
}
