const zero = {
  requests: 0,
  retries: 0,
  prompt_tokens: 0,
  cached_tokens: 0,
  completion_tokens: 0,
  request_s: 0,
  dropped_pad: 0,
  dropped_abort: 0,
  refills: 0,
  cut_off: 0,
  prompts_shortened: 0,
  adapter_loads: 0,
};

/** Counts what the policy did since the last look, for the run's metrics. */
export class Figures {
  #now = { ...zero };
  readonly #gauges = new Map<string, number>();

  add(name: keyof typeof zero, amount = 1): void {
    this.#now[name] += amount;
  }

  /** A figure that stands until it is measured anew, for example "canary/adapter_gap". */
  set(name: string, value: number): void {
    this.#gauges.set(name, value);
  }

  /** The figures, named `vllm/…`; seconds are summed over requests. Counting starts anew. */
  take(): Readonly<Record<string, number>> {
    const seen = Object.entries(this.#now).map(([name, value]) => [`vllm/${name}`, value]);
    this.#now = { ...zero };
    return Object.fromEntries([...seen, ...this.#gauges]);
  }
}
