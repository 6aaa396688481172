// runtime: node
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert, suite, type TestContext } from "../../harness.ts";
import { capture } from "./capture.ts";

const test = suite("cli/init");

function folder(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), "halo-init-"));
  t.defer(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

test("halo init writes a project whose pipeline halo run takes without a name", async (t) => {
  const dir = folder(t);
  const { exit, out } = await capture(["init"], { cwd: dir });
  assert.is(exit, 0);
  assert.match(out, "wrote pipeline.yaml .gitignore reward/reward.ts");
  assert.is(readFileSync(join(dir, ".gitignore"), "utf8"), "node_modules/\nruns/\n");
  const planned = await capture(["run", "--dry-run"], { cwd: dir });
  assert.is(planned.exit, 0, planned.err);
  assert.match(planned.out + planned.err, "first-run");
});

test("halo init overwrites nothing, but lives with a .gitignore", async (t) => {
  const dir = folder(t);
  writeFileSync(join(dir, ".gitignore"), "mine\n");
  assert.is((await capture(["init"], { cwd: dir })).exit, 0);
  assert.is(readFileSync(join(dir, ".gitignore"), "utf8"), "mine\n");
  const again = await capture(["init"], { cwd: dir });
  assert.is(again.exit, 2);
  assert.match(again.err, "HALO_NEW_EXISTS");
  assert.match(again.err, "pipeline.yaml");
  const elsewhere = await capture(["init", "other", "--json"], { cwd: dir });
  assert.is(JSON.parse(elsewhere.out).folder, join(dir, "other"));
  assert.ok(existsSync(join(dir, "other/reward/reward.test.ts")));
});

test("halo completion prints what bash can read and names every command", async () => {
  const { exit, out } = await capture(["completion", "bash"]);
  assert.is(exit, 0);
  const offered = spawnSync("bash", [
    "-c",
    `${out}\nCOMP_WORDS=(halo run --se) COMP_CWORD=2; _halo; echo "\${COMPREPLY[@]}"\nCOMP_WORDS=(halo te) COMP_CWORD=1; _halo; echo "\${COMPREPLY[@]}"`,
  ], { encoding: "utf8", timeout: 10_000 });
  assert.is(offered.stdout, "--set --seed\ntemperature\n", offered.stderr);
  assert.match((await capture(["completion", "fish"])).out, "complete -c halo -n __fish_use_subcommand -f -a run");
  assert.match((await capture(["completion", "zsh"])).out, "bashcompinit");
  const wrong = await capture(["completion", "tcsh"]);
  assert.is(wrong.exit, 2);
  assert.match(wrong.err, "halo completion bash | zsh | fish");
});
