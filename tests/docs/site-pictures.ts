import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Site } from "../../core/domain/site.ts";
import type { Task } from "../../core/domain/task.ts";
import replica from "../../plugins/replica/environment.ts";
import type { Step } from "../plugins/sites/steps.ts";
import { smaller } from "./smaller-png.ts";

/** A picture: what its page begins with, and the steps to it. */
export interface Pictured {
  readonly setup?: object;
  readonly steps: readonly Step[];
}

/** Writes docs/img/NAME.png for each picture, from real pages of a task of the site. */
export async function makePictures(
  pictures: Readonly<Record<string, Pictured>>,
  { site, task }: { readonly site: Site; readonly task: Task },
): Promise<void> {
  const signal = AbortSignal.timeout(240_000);
  const look = { need: { screenshot: true }, signal };
  const environment = await replica.create({ site, stop: "declared", forking: "native", pages: 1 }, {});
  try {
    for (const [name, { setup, steps }] of Object.entries(pictures)) {
      const params = setup === undefined ? {} : { setup: JSON.parse(JSON.stringify(setup)) };
      const episode = await environment.open({ ...task, params }, { seed: 0, signal });
      let seen = await episode.observe(look);
      for (const step of steps) {
        const { observation, error } = await episode.step(step(seen), look);
        if (error) throw new Error(`${name}: ${error.message}`);
        seen = observation;
      }
      const file = new URL(`../../docs/img/${name}.png`, import.meta.url);
      writeFileSync(fileURLToPath(file), smaller(seen.screenshot!.png));
      await episode.close();
    }
  } finally {
    await environment.close();
  }
}
