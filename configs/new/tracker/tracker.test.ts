import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { checkTracker, createPlugin } from "halo-agent/testing";
import plugin from "./tracker.ts";

test("my-tracker keeps what every iteration comes to", async () => {
  const folder = await mkdtemp(join(tmpdir(), "my-tracker-"));
  try {
    const file = join(folder, "metrics.csv");
    await checkTracker(await createPlugin(plugin, { file }));
    assert.equal(await readFile(file, "utf8"), "# a-run\nstep,name,value\n1,mean_reward,0.25\n2,mean_reward,0.5\n");
  } finally {
    await rm(folder, { recursive: true });
  }
});
