import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";
import { loadPipeline } from "../../../core/config/load.ts";
import type { Pipeline } from "../../../core/config/pipeline.ts";
import { packageRoot } from "../../../core/util/package-root.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("config/shipped");
const root = packageRoot();
const yamlIn = (folder: string) =>
  existsSync(join(root, folder)) ? readdirSync(join(root, folder)).filter((f) => f.endsWith(".yaml")).sort() : [];
const modes = yamlIn("configs/modes").map((file) => basename(file, ".yaml"));
/** Secrets that shipped files ask for get a stand-in; every variable has a default that fits its place. */
const env = new Proxy({}, { get: (_, name) => /_(KEY|TOKEN)$/.test(String(name)) ? "stand-in" : undefined });

/** A step must not be given up while vLLM is still being started anew for it. */
function outlastsRestart({ policy, limits }: Pipeline): void {
  if (policy.use !== "vllm") return;
  assert.ok(limits.policy_timeout_s > Number(policy.options["restart_s"]), `${limits.policy_timeout_s} s`);
}

for (const file of yamlIn("pipelines")) {
  const document = parse(readFileSync(join(root, "pipelines", file), "utf8")) as {
    readonly name?: string;
    readonly profiles?: object;
  };
  for (const profile of [undefined, ...Object.keys(document.profiles ?? {})]) {
    test(`pipelines/${file} loads${profile ? ` with --profile ${profile}` : ""}`, async () => {
      const pipeline = await loadPipeline(`pipelines/${file}`, {
        cwd: root,
        env,
        ...(profile && { profiles: [profile] }),
      });
      assert.is(pipeline.name, basename(file, ".yaml"));
      assert.equal(pipeline.warnings, []);
      outlastsRestart(pipeline);
    });
  }
}

/** MiniWoB++ pages end by themselves: there is no other way that a mode could choose. */
const isFor = (mode: string, file: string) => !(mode === "strict" && file.includes("miniwob"));

for (const mode of modes) {
  for (const file of yamlIn("pipelines").filter((file) => isFor(mode, file))) {
    test(`--mode ${mode} loads on pipelines/${file}`, async () => {
      outlastsRestart(await loadPipeline(`pipelines/${file}`, { cwd: root, env, mode }));
    });
  }
}

test("configs/base.yaml holds parts of a pipeline only", async () => {
  await loadPipeline("pipelines/smoke.yaml", { cwd: root, env, overlays: ["configs/base.yaml"] });
});
