import { existsSync } from "node:fs";
import { join } from "node:path";
import type { DoctorCheck, Rehearsal } from "halo-agent";
import type { VllmOptions } from "./options.ts";
import { install, servicesOf } from "./services.ts";

/** What `halo doctor PIPELINE` looks at: whether vLLM is installed here. Nothing for a vLLM elsewhere. */
export function checksOf(o: VllmOptions, packageRoot: string): readonly DoctorCheck[] {
  return servicesOf(o, packageRoot).map(({ command }) => ({
    name: "vllm",
    run() {
      const program = command[0]!;
      if (existsSync(program)) return Promise.resolve({ status: "ok", text: program });
      return Promise.resolve({ status: "fail", text: `there is no ${program}`, remedy: install });
    },
  }));
}

/** vLLM with the model of the rehearsal, which a random one of a few layers fits in 2,048 tokens. */
export const rehearsal: Rehearsal<VllmOptions> = {
  setUp: ({ dir, port, hasGpu }) => ({
    env: {},
    options: {
      model: join(dir, "model"),
      url: `http://127.0.0.1:${port}/v1`,
      max_completion_tokens: 32,
      "image.min_pixels": 1024,
      "serve.max_model_len": 2048,
      "serve.gpu_memory_utilization": 0.2,
      ...(!hasGpu && { "serve.device": "cpu" }),
    },
  }),
};
