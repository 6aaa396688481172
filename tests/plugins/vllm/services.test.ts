import { explainStart } from "../../../plugins/vllm/explain-start.ts";
import { servicesOf } from "../../../plugins/vllm/services.ts";
import { Secret } from "../../../core/util/secret.ts";
import { assert, suite } from "../../harness.ts";
import { optionsOf } from "./policy-for.ts";

const test = suite("vllm/services");
const serviceOf = (options: Readonly<Record<string, unknown>>) => servicesOf(optionsOf(options), "/opt/halo")[0]!;

test("servicesOf starts vLLM on a GPU at the policy's own address", () => {
  const { explain: _, install: _install, ...service } = serviceOf({
    url: "http://127.0.0.1:8123/v1",
    serve: { extra: ["--seed", "1"] },
  });
  assert.equal(service, {
    name: "vllm",
    command: [
      ..."/opt/halo/.tools/vllm/bin/vllm serve Qwen/Qwen3-VL-8B-Instruct --host 127.0.0.1 --port 8123".split(" "),
      ..."--served-model-name Qwen/Qwen3-VL-8B-Instruct --dtype bfloat16 --generation-config vllm".split(" "),
      ..."--logprobs-mode processed_logprobs --max-model-len 8192 --limit-mm-per-prompt".split(" "),
      '{"image":2,"video":0}',
      ..."--enable-lora --max-loras 4 --max-cpu-loras 8 --max-lora-rank 16".split(" "),
      ..."--enable-prompt-tokens-details --gpu-memory-utilization 0.45 --seed 1".split(" "),
    ],
    env: { VLLM_ALLOW_RUNTIME_LORA_UPDATING: "True", VLLM_NO_USAGE_STATS: "1" },
    host: "127.0.0.1",
    port: 8123,
    health: "http://127.0.0.1:8123/health",
    startLimitS: 1200,
  });
});

test("servicesOf works around what the CPU build lacks", () => {
  const { command, env } = serviceOf({
    model: "tiny",
    serve: { device: "cpu", weights: "/models/tiny", max_lora_rank: 12 },
  });
  assert.equal(command, [
    ..."/opt/halo/.tools/python/bin/python -m vllm.entrypoints.openai.api_server --model /models/tiny".split(" "),
    ..."--host 127.0.0.1 --port 8000 --served-model-name tiny --dtype float32 --generation-config vllm".split(" "),
    ..."--logprobs-mode processed_logprobs --max-model-len 8192 --limit-mm-per-prompt".split(" "),
    '{"image":2,"video":0}',
    ..."--enable-lora --max-loras 4 --max-cpu-loras 8 --max-lora-rank 16 --enable-prompt-tokens-details".split(" "),
    ..."--no-enable-chunked-prefill --max-num-batched-tokens 8192 --enforce-eager".split(" "),
    ..."--kv-cache-memory-bytes 268435456".split(" "),
  ]);
  assert.equal(env, {
    VLLM_ALLOW_RUNTIME_LORA_UPDATING: "True",
    VLLM_NO_USAGE_STATS: "1",
    TORCHDYNAMO_DISABLE: "1",
    VLLM_HOST_IP: "127.0.0.1",
    HF_HUB_OFFLINE: "1",
  });
});

test("servicesOf leaves a server on another machine alone", () => {
  assert.equal(servicesOf(optionsOf({ url: "http://gpu.example:8000/v1" }), "/opt/halo"), []);
});

test("servicesOf hands the key over by the environment", () => {
  const { command, env } = servicesOf({ ...optionsOf({}), key: new Secret("KEY", "s3cret") }, "/opt/halo")[0]!;
  assert.is(env["VLLM_API_KEY"], "s3cret");
  assert.not.ok(command.join(" ").includes("s3cret"));
});

test("explainStart names the cause in a log, and what killed a silent program", () => {
  const said = (log: string, exit = 1) => explainStart({ log, exit });
  assert.match(
    said("OSError: [Errno 98] error while attempting to bind: address already in use")!,
    /another program listens/,
  );
  assert.match(said("importlib.metadata.PackageNotFoundError: No package metadata was found for vllm")!, /device: cpu/);
  assert.match(
    said("api_server.py: error: unrecognized arguments: --logprobs-mode processed")!,
    /does not know --logprobs-mode processed/,
  );
  assert.match(
    said(
      "ValueError: Free memory on device (1.0/80 GiB) on startup is less than desired GPU memory utilization (0.45)",
    )!,
    /other programs hold/,
  );
  assert.match(
    said("RuntimeError: Unsupported CPU attention configuration: head_dim=16 isa=2 kv_cache_idx=0")!,
    /for head_dim 16/,
  );
  // What a machine with a GPU says that lacks what kernels need.
  const compiles = /install a C compiler and Python's headers/;
  assert.match(said("RuntimeError: Failed to find C compiler. Please specify via CC environment variable.")!, compiles);
  assert.match(said("/tmp/x/main.c:5:10: fatal error: Python.h: No such file or directory")!, compiles);
  const older = "The NVIDIA driver on your system is too old (found version 12020). Please update your GPU driver";
  for (const text of [`RuntimeError: ${older}`, "CUDA driver version is insufficient for CUDA runtime version"]) {
    assert.match(said(text)!, /driver is older than this vLLM's CUDA: update it, or switch its forward-compat/);
  }
  assert.match(said("RuntimeError: CUDA error: no kernel image is available for execution")!, /compute capability/);
  assert.match(
    said("ValueError: No available memory for the cache blocks. Try increasing `gpu_memory_utilization`")!,
    /weights leave no room for the cache/,
  );
  assert.match(said("RuntimeError: operator torchvision::nms does not exist")!, /install\.sh/);
  assert.match(said("", 137)!, /memory/);
  assert.is(said("INFO start\nValueError: something else\nINFO end"), "ValueError: something else");
  assert.is(said("INFO all is well"), undefined);
});
