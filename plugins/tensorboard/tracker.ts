import { appendFile, mkdir, readdir, stat, truncate } from "node:fs/promises";
import { join } from "node:path";
import { definePlugin, type Json, type TrackedRun, type Tracker } from "halo-agent";
import { imageEvent, scalarsEvent, startEvent, textEvent, versionEvent } from "./event.ts";
import { tfRecord } from "./tf-record.ts";

/** Event files that TensorBoard reads, one for each attempt of a run. */
export default definePlugin({
  kind: "tracker",
  name: "tensorboard",
  summary: "Curves, pictures and the pipeline as event files, for tensorboard --logdir.",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      dir: {
        type: "string",
        minLength: 1,
        "x-path": true,
        description: "Folder that gets a folder for each run; absent, they are in the run folders: --logdir runs.",
      },
      pictures: {
        type: "integer",
        minimum: 0,
        maximum: 64,
        default: 4,
        description: "Last pages of an evaluation's worst episodes.",
      },
    },
  },
  create({ dir, pictures }): Tracker {
    let file = "";
    const append = async (...events: readonly Uint8Array[]) => {
      const size = await stat(file).then((found) => found.size, () => 0);
      try {
        for (const event of events) await appendFile(file, tfRecord(event));
      } catch (e) {
        // Half a record would hide all that comes after it.
        await truncate(file, size).catch(() => {});
        throw e;
      }
    };
    return {
      pictures,
      async start(run) {
        const folder = dir === undefined ? join(run.folder, "tensorboard") : join(dir, run.id);
        await mkdir(folder, { recursive: true });
        file = await newFile(folder);
        const time = { at: new Date(), step: run.from + 1 };
        const first = run.isResumed
          ? startEvent(time)
          : textEvent({ ...time, step: 0 }, { tag: "pipeline", text: markdown(run) });
        await append(versionEvent(time.at), first);
      },
      async track(event) {
        switch (event.type) {
          case "metrics":
            return await append(scalarsEvent(event, event.values));
          case "pictures":
            return await append(
              ...event.pictures.map(({ name, ...picture }) =>
                imageEvent(event, { tag: `evaluate/${name}`, ...picture })
              ),
            );
          case "end":
            return;
        }
      },
    };
  },
});

/** TensorBoard reads the files of a folder in the order of their names: the time in seconds, then how many there were. */
async function newFile(folder: string): Promise<string> {
  const seconds = Math.floor(Date.now() / 1000).toString().padStart(10, "0");
  const count = (await readdir(folder)).length.toString().padStart(4, "0");
  return join(folder, `events.out.tfevents.${seconds}.halo.${count}`);
}

function markdown({ id, seed, pipeline }: Pick<TrackedRun, "id" | "seed"> & { readonly pipeline: Json }): string {
  const text = JSON.stringify(pipeline, null, 2).split("\n").map((line) => `    ${line}`).join("\n");
  return `${id}, seed ${seed}\n\n${text}`;
}
