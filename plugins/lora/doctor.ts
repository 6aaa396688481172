import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import type { CheckContext, CheckResult, DoctorCheck, Rehearsal, Service } from "halo-agent";
import type { LoraOptions } from "./options.ts";
import { install, servicesOf } from "./services.ts";

const limitMs = 120_000;

/** What `halo doctor PIPELINE` looks at: whether the sidecar's Python has what it imports. Nothing for a sidecar elsewhere. */
export function checksOf(o: LoraOptions, packageRoot: string): readonly DoctorCheck[] {
  return servicesOf(o, packageRoot).map((service) => ({ name: "lora python", run: (c) => packages(service, c) }));
}

const imports =
  "import peft, torch, transformers; print(torch.__version__, transformers.__version__, peft.__version__)";

async function packages(service: Service, o: CheckContext): Promise<CheckResult> {
  const python = service.command[0]!;
  try {
    const [torch, transformers, peft] = (await output(service, ["-c", imports], o)).split(" ");
    return { status: "ok", text: `${python}: torch ${torch}, transformers ${transformers}, peft ${peft}` };
  } catch (e) {
    return { status: "fail", text: `${python}: ${e instanceof Error ? e.message : e}`, remedy: install };
  }
}

/** The sidecar beside a random model that it writes itself, below the rehearsal's folder. */
export const rehearsal: Rehearsal<LoraOptions> = {
  setUp: ({ dir, port, hasGpu }) => ({
    env: { HALO_LORA_TOKEN: randomBytes(32).toString("hex") },
    options: {
      model: join(dir, "model"),
      url: `http://127.0.0.1:${port}`,
      token: "${secret:HALO_LORA_TOKEN}",
      "serve.root": join(dir, "lora"),
      ...(!hasGpu && { "serve.device": "cpu" }),
    },
  }),
  checks(o, { packageRoot }) {
    const [service] = servicesOf(o, packageRoot);
    if (!service) return [];
    return [
      { name: "memory", run: (c) => memory(service, c) },
      { name: "model", run: (c) => writeModel(service, { ...c, dir: o.model }) },
    ];
  },
};

async function memory(service: Service, o: CheckContext): Promise<CheckResult> {
  const plans = await output(service, ["-m", "halo_lora.memory"], o);
  return { status: "ok", text: `memory plans of the 8B, vLLM beside the trainer\n${plans}` };
}

async function writeModel(service: Service, o: CheckContext & { readonly dir: string }): Promise<CheckResult> {
  const said = await output(service, ["-m", "halo_lora.tiny", o.dir], o);
  return { status: "ok", text: `random Qwen3-VL, ${said.split(": ").at(-1)}` };
}

/** What the sidecar's Python prints in the sidecar's environment. Throws its last line of stderr. */
async function output(service: Service, args: readonly string[], o: CheckContext): Promise<string> {
  const signal = AbortSignal.any([o.signal, AbortSignal.timeout(limitMs)]);
  const env = { ...o.env, ...service.env } as NodeJS.ProcessEnv;
  try {
    const { stdout } = await promisify(execFile)(service.command[0]!, [...args], { signal, env });
    return stdout.trim();
  } catch (e) {
    const { stderr = "", message } = e as { readonly stderr?: string; readonly message: string };
    throw new Error(stderr.trim().split("\n").at(-1) || message, { cause: e });
  }
}
