/** What the sidecar dies of: a pattern in its log, the cause, and what to do. `$1` is the group of the pattern. */
const causes: readonly (readonly [pattern: RegExp, cause: string])[] = [
  [
    /No module named '?([\w.]+)'?/,
    "the Python module $1 is not installed there: ./launch.sh --setup-only --profile gpu (on a GPU) or --dev (CPU) installs it",
  ],
  [
    /CUDA out of memory|torch\.OutOfMemoryError/,
    "the GPU's memory is full: nvidia-smi shows who uses it; lower serve.max_tokens_per_micro_batch, or the share of whoever serves the model",
  ],
  [
    /Failed to find C compiler|fatal error: Python\.h/,
    "kernels cannot be compiled: install a C compiler and Python's headers (apt-get install build-essential python3-dev)",
  ],
  [
    /driver version is insufficient|no kernel image is available|no NVIDIA driver|driver on your system is too old|unsupported display driver/i,
    "driver and CUDA build do not fit: update the NVIDIA driver, or switch its forward-compatibility package on; ./launch.sh --setup-only --profile gpu says how",
  ],
  [
    /LocalEntryNotFoundError|couldn't connect to|OfflineModeIsEnabled|is not a local folder and is not a valid model/i,
    "the model is neither on this disk nor reachable: download it first, or set HALO_MODEL to its folder",
  ],
];

/** The cause of an end that the sidecar itself does not explain; undefined for one that is not known. */
export function explainEnd(log: string): string | undefined {
  for (const [pattern, cause] of causes) {
    const found = pattern.exec(log);
    if (found) return cause.replace("$1", found[1] ?? "");
  }
  return undefined;
}
