// Docker compose files start what `halo serve` starts, with the same flags: what differs is named here.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { loadPipeline } from "../../../core/config/load.ts";
import { servicesOf } from "../../../core/serve/services-of.ts";
import { packageRoot } from "../../../core/util/package-root.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("configs/compose");
const root = packageRoot();
const folder = join(root, "configs/compose");

interface ComposeService {
  readonly build?: { readonly dockerfile_inline: string };
  readonly depends_on?: Readonly<Record<string, object>>;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly ports: readonly string[];
  readonly volumes: readonly string[];
  readonly healthcheck: { readonly test: readonly string[] };
  readonly deploy: { readonly resources: { readonly reservations: { readonly devices: readonly object[] } } };
}

interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const files = readdirSync(folder).sort();
const read = (file: string): Compose => parse(readFileSync(join(folder, file), "utf8"));
const services = (file: string) => Object.entries(read(file).services);

/** Each flag with its values; of a variable with a default, the default. */
function flagsOf(command: readonly string[]): Record<string, string[]> {
  const flags: Record<string, string[]> = {};
  let values: string[] = [];
  for (const word of command) {
    const text = String(word).replace(/\$\{\w+:-(.*)\}/, "$1");
    if (/^--[a-z]/.test(text)) flags[text] = values = [];
    else values.push(text);
  }
  return flags;
}

/** The flags of `halo serve` on the shipped gpu profile, those left out that name places of one machine. */
async function served(name: string, ...places: readonly string[]): Promise<Record<string, string[]>> {
  const env = { HALO_LORA_TOKEN: "token" };
  const pipeline = await loadPipeline("pipelines/grpo-gomail.yaml", { cwd: root, env, profiles: ["gpu"] });
  const found = servicesOf(pipeline, { packageRoot: root }).find((one) => one.service.name === name);
  return without(flagsOf(found!.service.command), places);
}

function without(flags: Record<string, string[]>, names: readonly string[]): Record<string, string[]> {
  return Object.fromEntries(Object.entries(flags).filter(([name]) => !names.includes(name)));
}

test("the folder holds vLLM, vLLM with adapters, and the trainer", () => {
  assert.equal(files, ["trainer.yaml", "vllm-lora.yaml", "vllm.yaml"]);
});

test("each service has a health check, the models' volume, one GPU, and ports on loopback only", () => {
  for (const file of files) {
    const { volumes } = read(file);
    for (const [name, service] of services(file)) {
      const what = `${file} ${name}`;
      assert.ok(service.healthcheck.test.length > 1, what);
      assert.ok(service.ports.every((port) => port.startsWith("127.0.0.1:")), what);
      assert.is(service.deploy.resources.reservations.devices.length, 1, what);
      assert.ok(service.volumes.includes("models:/models"), what);
      assert.is(service.environment["HF_HOME"], "/models", what);
      const used = service.volumes.map((volume) => volume.split(":")[0]!);
      assert.equal(used.filter((volume) => !(volume in volumes)), [], what);
    }
  }
});

test("vllm-lora.yaml starts vLLM with the flags of halo serve, and its runtime switch for adapters", async () => {
  const { vllm } = read("vllm-lora.yaml").services;
  assert.equal(without(flagsOf(vllm!.command), ["--host"]), await served("vllm", "--host"));
  assert.is(vllm!.environment["VLLM_ALLOW_RUNTIME_LORA_UPDATING"], "True");
});

test("vllm.yaml starts vLLM with the same flags, adapters left out", async () => {
  const lora = ["--enable-lora", "--max-loras", "--max-cpu-loras", "--max-lora-rank"];
  const { vllm } = read("vllm.yaml").services;
  const own = ["--host", "--gpu-memory-utilization"];
  assert.equal(without(flagsOf(vllm!.command), own), await served("vllm", ...own, ...lora));
});

test("trainer.yaml starts the sidecar with the flags of halo serve; vLLM sees its adapters at the same path", async () => {
  const { lora } = read("trainer.yaml").services;
  const places = ["--host", "--root"];
  assert.equal(without(flagsOf(lora!.command), places), await served("lora", ...places));
  const root = flagsOf(lora!.command)["--root"]![0]!;
  assert.ok(lora!.volumes.includes(`lora:${root}`));
  assert.ok(read("vllm-lora.yaml").services["vllm"]!.volumes.includes(`lora:${root}:ro`));
});

test("the trainer waits until vLLM is well, has a compiler, and gives memory back that vLLM may need for a restart", () => {
  const { lora } = read("trainer.yaml").services;
  assert.equal(lora!.depends_on, { vllm: { condition: "service_healthy", required: false } });
  assert.match(lora!.build!.dockerfile_inline, /apt-get install [^\n]*\bgcc libc6-dev\b/);
  // Debian's own Python would split its headers off; the official image keeps them.
  assert.match(lora!.build!.dockerfile_inline, /^FROM python:3\.12-slim\n/);
  assert.is(lora!.environment["PYTORCH_CUDA_ALLOC_CONF"], "expandable_segments:True");
});
