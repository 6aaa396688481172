/** Writes tests/fixtures/gomail/*.json anew from the real page: `node tests/plugins/sites/gomail/record.ts`. */
import { mkdir, writeFile } from "node:fs/promises";
import { format, pack } from "./recorded.ts";
import { realMailSite, solve } from "./solve.ts";
import { gomailTasks, templates } from "./kit.ts";

const folder = new URL("../../../fixtures/gomail/", import.meta.url);
await mkdir(folder, { recursive: true });
const environment = await realMailSite();
try {
  for (const { name } of templates) {
    const source = gomailTasks({ templates: [name], max_optimum: 8, cap: 0 });
    const task = source.draw({ split: "eval", index: 2, seed: 0 });
    const steps = await solve(environment, task, { signal: AbortSignal.timeout(60_000) });
    await writeFile(new URL(`${name}.json`, folder), format(pack(task.goal.text, steps)));
  }
} finally {
  await environment.close();
}
