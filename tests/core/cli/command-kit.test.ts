import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { kitOf } from "../../../core/cli/command-kit.ts";
import { processIo } from "../../../core/cli/io.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("cli/command-kit");

test("a run lent to a brought command serves the environment's site with its options", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "halo-test-"));
  t.defer(() => rm(folder, { recursive: true }));
  const file = join(folder, "banner.yaml");
  await writeFile(
    file,
    `name: banner
seed: 1
tasks: { use: gomail }
environment: { use: replica, options: { site: { use: gomail, options: { banner: open } } } }
policy: { use: linear }
stages:
  - evaluate: { label: a, split: eval, sample_size: 1 }
`,
  );
  const flags = { profile: [], overlay: [], set: [] };
  const run = await kitOf({ ...processIo(t.signal), cwd: process.cwd() }).open(file, { mode: "strict", flags });
  t.defer(() => run.close());
  const site = (await run.site())!;
  const [task] = await run.tasks({ split: "eval" });
  assert.equal([run.environment, site.name], ["replica", "gomail"]);
  assert.is((site.start(task!) as { readonly banner: boolean }).banner, true);
});
