/** A program that a plugin talks to and `halo serve` keeps running. */
export interface Service {
  /** Names its log and its messages: "vllm", "lora". */
  readonly name: string;
  /** Program and arguments. */
  readonly command: readonly string[];
  /** How to install the program, for messages. */
  readonly install?: string;
  /** Set on top of the inherited environment. Never holds a secret that is printed: values are hidden in messages. */
  readonly env: Readonly<Record<string, string>>;
  /** Where it listens, for the check whether the port is free. */
  readonly host: string;
  readonly port: number;
  /** URL that answers 200 once it is ready. */
  readonly health: string;
  readonly startLimitS: number;
  /** Turns the end of its log and its exit status into a cause and what to do; undefined when it cannot say. */
  explain?(o: { readonly log: string; readonly exit?: number }): string | undefined;
}
