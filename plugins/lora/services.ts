import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Service } from "halo-agent";
import { explainEnd } from "./explain-end.ts";
import { type LoraOptions, precisionOf } from "./options.ts";

const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** How to get what it imports. */
export const install =
  "./launch.sh --setup-only --profile gpu installs it (on a machine without GPU: --setup-only --dev)";

/** How `halo serve` starts the sidecar; nothing when `url` is an address of another machine. */
export function servicesOf({ url, token, model, serve }: LoraOptions, packageRoot: string): readonly Service[] {
  const { protocol, hostname, port } = new URL(url);
  if (!loopback.has(hostname) || protocol !== "http:") return [];
  const host = hostname === "localhost" ? "127.0.0.1" : hostname.replace(/^\[|\]$/g, "");
  const listens = Number(port || 80);
  const weights = serve.weights ?? model;
  return [{
    name: "lora",
    command: [
      serve.python ?? pythonOf(packageRoot),
      ...launcher(serve.processes),
      ...["-m", "halo_lora.server", "--host", host, "--port", String(listens)],
      ...["--model", weights, ...(weights === model ? [] : ["--name", model]), "--root", resolve(serve.root)],
      ...unlessDefault({
        device: [serve.device, "cuda"],
        dtype: [precisionOf(serve), "bfloat16"],
        keep: [serve.keep, 4],
        "max-tokens-per-micro-batch": [serve.max_tokens_per_micro_batch, 8192],
        checkpointing: [serve.checkpointing, "auto"],
      }),
      ...serve.extra,
    ],
    install,
    env: {
      PYTHONPATH: join(packageRoot, "plugins/lora/sidecar"),
      HALO_LORA_TOKEN: token.reveal(),
      ...(serve.device === "cpu" ? { HF_HUB_OFFLINE: "1" } : { PYTORCH_CUDA_ALLOC_CONF: "expandable_segments:True" }),
      ...(serve.gpus !== undefined && { CUDA_VISIBLE_DEVICES: serve.gpus }),
    },
    host,
    port: listens,
    health: `http://${hostname}:${listens}/healthz`,
    startLimitS: serve.start_limit_s,
    explain: ({ log }) => [...log.matchAll(/^halo_lora: (.+)$/gm)].at(-1)?.[1] ?? explainEnd(log) ?? firstToEnd(log),
  }];
}

/** Several processes by torchrun, which kills what is left of them before `halo serve` kills torchrun (15 s). */
function launcher(processes: number): readonly string[] {
  if (processes === 1) return [];
  const flags = `--master-addr 127.0.0.1 --master-port 0 --shutdown-timeout 10 --nproc-per-node ${processes}`;
  return ["-m", "torch.distributed.run", ...flags.split(" ")];
}

/** What torchrun says of the process that ended first and took the others with it. */
function firstToEnd(log: string): string | undefined {
  const found = [...log.matchAll(/^Root Cause[^]*?rank +: (\d+)[^]*?exitcode +: (-?\d+)/gm)].at(-1);
  if (!found) return undefined;
  const [, rank, status] = found;
  const killed = status === "-9"
    ? ", killed from outside; where nobody did, the system ran out of memory: dmesg | tail"
    : "";
  return `its process ${rank} ended first, with status ${status}${killed}; what it said stands above torchrun's lines in the log`;
}

/** Flags whose value differs from the program's own default. */
function unlessDefault(flags: Readonly<Record<string, readonly [value: unknown, own: unknown]>>): readonly string[] {
  return Object.entries(flags).flatMap(([name, [value, own]]) => value === own ? [] : [`--${name}`, String(value)]);
}

function pythonOf(packageRoot: string): string {
  const own = join(packageRoot, ".tools/python/bin/python");
  return existsSync(own) ? own : "python3";
}
