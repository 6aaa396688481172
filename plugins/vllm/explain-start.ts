const causes: readonly (readonly [pattern: RegExp, cause: string])[] = [
  [
    /address already in use|Errno 98/i,
    "another program listens on its port: end it, or set HALO_VLLM_URL to another port",
  ],
  [/No package metadata was found for vllm/, "this is the CPU build: set serve: { device: cpu }"],
  [
    /operator torchvision::nms does not exist|requires the Torchvision library/,
    "the CPU environment is not whole: bash plugins/vllm/cpu/install.sh .tools/python",
  ],
  [
    /libc10_cuda\.so|libtorch_cuda\.so/,
    "a package of the environment is built for CUDA: bash plugins/vllm/cpu/install.sh into a fresh folder",
  ],
  [
    /No module named '?vllm/,
    "vLLM is not installed in this environment: ./launch.sh --setup-only --profile gpu, or set serve.python",
  ],
  [/unrecognized arguments: ([^\n]+)/, "this vLLM does not know $1: install a version that docs/vllm.md names"],
  [/invalid choice: ([^\n(]+)/, "this vLLM does not know the value $1: install a version that docs/vllm.md names"],
  [
    /Free memory on device[^\n]*is less than desired GPU memory utilization/,
    "other programs hold the GPU's memory: end them, or lower serve.gpu_memory_utilization",
  ],
  [
    /No available memory for the cache blocks/,
    "the weights leave no room for the cache: raise serve.gpu_memory_utilization, or take a smaller model",
  ],
  [
    /KV cache is needed, which is larger than the available|max seq len[^\n]*larger than the maximum number of tokens/,
    "the cache is too small for one prompt: lower serve.max_model_len, or raise serve.gpu_memory_utilization",
  ],
  [
    /OutOfMemoryError|CUDA out of memory/,
    "the GPU's memory is full: lower serve.gpu_memory_utilization and serve.max_model_len, or take a smaller model",
  ],
  [
    /NVIDIA driver on your system is too old|driver version is insufficient|unsupported display driver/i,
    "the NVIDIA driver is older than this vLLM's CUDA: update it, or switch its forward-compatibility package on; ./launch.sh --setup-only --profile gpu says how",
  ],
  [
    /no kernel image is available/,
    "this vLLM has no kernels for the card: its compute capability is too low, or the card is newer than this vLLM",
  ],
  [
    /No CUDA GPUs are available|Failed to infer device type|libcuda\.so\.1|no NVIDIA driver/i,
    "vLLM sees no GPU: look at nvidia-smi, or set serve: { device: cpu }",
  ],
  [
    /Unsupported CPU attention configuration: head_dim=(\d+)/,
    "the CPU build has no attention for head_dim $1: use a model with 32, 64, 80, 96, 112, 128, 160, 192, 224 or 256",
  ],
  [
    /CPU Generator does not use offset/,
    "a seeded prompt was split, which ends the CPU engine: serve with --no-enable-chunked-prefill",
  ],
  [
    /is not a local folder and is not a valid model identifier|Repo id must be|LocalEntryNotFoundError|OfflineModeIsEnabled/,
    "the weights were not found: set serve.weights (or model) to a folder or a name that can be downloaded",
  ],
  [
    /401 Client Error|GatedRepoError/,
    "the weights may not be downloaded without a token of their registry: set HF_TOKEN",
  ],
  [
    /Failed to find C compiler|fatal error: Python\.h/,
    "kernels cannot be compiled: install a C compiler and Python's headers (apt-get install build-essential python3-dev)",
  ],
  [/No space left on device/, "the disk is full"],
];

/** The cause of a failed start in vLLM's log and what to do; the log's last error line where it is none of the known. */
export function explainStart({ log, exit }: { readonly log: string; readonly exit?: number }): string | undefined {
  for (const [pattern, cause] of causes) {
    const found = pattern.exec(log);
    if (found) return cause.replace("$1", (found[1] ?? "").trim());
  }
  if (exit === 137 || exit === -9) return "it was killed, most likely for lack of memory";
  const errors = log.split("\n").filter((line) =>
    /^(?:\([^)]*\) )?(?:ERROR[^\]]*\] )?\w*(?:Error|Exception): /.test(line)
  );
  return errors.at(-1)?.trim();
}
