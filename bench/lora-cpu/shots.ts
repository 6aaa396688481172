import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Environment, TaskSource } from "halo-agent";
import type { Pipeline } from "../../core/config/pipeline.ts";
import replica from "../../plugins/replica/environment.ts";
import site from "./site.ts";
import tasks from "./tasks.ts";

interface Places {
  readonly environment: Environment;
  readonly tasks: TaskSource;
}

/** The environment and tasks of the bench's pipeline, outside a run. */
export function placesEnvironment({ environment, tasks: source }: Pipeline): Places {
  const options = { ...environment.options, site: site.create({}, {}) } as unknown as Parameters<
    typeof replica.create
  >[0];
  return {
    environment: replica.create(options, {}) as Environment,
    tasks: tasks.create(source.options as unknown as Parameters<typeof tasks.create>[0], {}) as TaskSource,
  };
}

/** Takes the first screenshot of the first `n` tasks of a split into `folder`, named by number and place of the mark. */
export async function takeShots(
  { environment, tasks }: Places,
  o: {
    readonly split: string;
    readonly n: number;
    readonly seed: number;
    readonly folder: string;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { signal } = o;
  const indexes = Array.from({ length: o.n }, (_, i) => i).values();
  const work = async () => {
    for (const index of indexes) {
      const task = tasks.draw({ split: o.split, index, seed: o.seed });
      const { picture: { mark } } = task.params as { readonly picture: { readonly mark: number } };
      const episode = await environment.open(task, { signal, seed: 0 });
      const { screenshot } = await episode.observe({ signal, need: { screenshot: true } });
      await episode.close();
      await writeFile(path.join(o.folder, `${String(index).padStart(5, "0")}-${mark}.png`), screenshot!.png);
    }
  };
  await Promise.all(Array.from({ length: 4 }, work));
}
