import { dirname, join } from "node:path";
import type { Service } from "halo-agent";
import { explainStart } from "./explain-start.ts";
import type { VllmOptions } from "./options.ts";

const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** How to get it. */
export const install =
  "./launch.sh --setup-only --profile gpu installs it (on a machine without GPU: --setup-only --dev)";

/** How `halo serve` starts vLLM for a policy; nothing when `url` is an address of another machine. */
export function servicesOf(
  { url, key, model, screenshots, context, serve }: VllmOptions,
  packageRoot: string,
): readonly Service[] {
  const { protocol, hostname, port } = new URL(url);
  if (!loopback.has(hostname) || protocol !== "http:") return [];
  const isCpu = serve.device === "cpu";
  const python = serve.python ?? join(packageRoot, ".tools", isCpu ? "python" : "vllm", "bin", "python");
  const host = hostname === "localhost" ? "127.0.0.1" : hostname.replace(/^\[|\]$/g, "");
  const listens = Number(port || 80);
  const weights = serve.weights ?? model;
  return [{
    name: "vllm",
    command: [
      // The CPU build's own `vllm` program looks for package data under a name that it does not have.
      ...(isCpu
        ? [python, "-m", "vllm.entrypoints.openai.api_server", "--model", weights]
        : [join(dirname(python), "vllm"), "serve", weights]),
      ...flags({ host, port: listens, model, images: context === "append" ? screenshots : 1, serve }),
      ...serve.extra,
    ],
    install,
    env: {
      VLLM_ALLOW_RUNTIME_LORA_UPDATING: "True",
      VLLM_NO_USAGE_STATS: "1",
      ...(key && { VLLM_API_KEY: key.reveal() }),
      ...(isCpu && cpuEnv),
    },
    host,
    port: listens,
    health: `http://${hostname}:${listens}/health`,
    startLimitS: serve.start_limit_s,
    explain: explainStart,
  }];
}

function flags({ host, port, model, images, serve }: Pick<VllmOptions, "model" | "serve"> & {
  readonly host: string;
  readonly port: number;
  readonly images: number;
}): readonly string[] {
  const isCpu = serve.device === "cpu";
  const dtype = serve.dtype === "auto" ? (isCpu ? "float32" : "bfloat16") : serve.dtype;
  return [
    ...["--host", host, "--port", String(port), "--served-model-name", model, "--dtype", dtype],
    // Samples are drawn as asked, and log-probabilities are those they were drawn with.
    ...["--generation-config", "vllm", "--logprobs-mode", "processed_logprobs"],
    ...["--max-model-len", String(serve.max_model_len)],
    // A critic sees one screenshot too; room for two keeps a base server usable for both.
    ...["--limit-mm-per-prompt", JSON.stringify({ image: Math.max(2, images), video: 0 })],
    ...["--enable-lora", "--max-loras", String(serve.max_loras), "--max-cpu-loras", String(2 * serve.max_loras)],
    ...["--max-lora-rank", String(loraRank(serve.max_lora_rank)), "--enable-prompt-tokens-details"],
    ...(isCpu ? cpuFlags(serve.max_model_len) : ["--gpu-memory-utilization", String(serve.gpu_memory_utilization)]),
  ];
}

/** A split prefill with a seed ends the CPU engine, so a prompt must fit one batch; memory for 131,072 tokens of a small model. */
const cpuFlags = (maxLength: number): readonly string[] => [
  ...["--no-enable-chunked-prefill", "--max-num-batched-tokens", String(Math.max(8_192, maxLength))],
  ...["--enforce-eager", "--kv-cache-memory-bytes", String(2 ** 28)],
];

/** No compiler run before the first answer, queues on loopback, nothing fetched. */
const cpuEnv = { TORCHDYNAMO_DISABLE: "1", VLLM_HOST_IP: "127.0.0.1", HF_HUB_OFFLINE: "1" } as const;

/** vLLM takes these ranks only. */
const loraRank = (rank: number): number => [8, 16, 32, 64, 128, 256, 320, 512].find((known) => known >= rank) ?? rank;
