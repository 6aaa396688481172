/** How long to wait for requests and tokens so that neither limit a minute is passed. Pure: time is an argument. */
export class RateLimit {
  readonly #requests: Bucket;
  readonly #tokens: Bucket;
  #closedUntilMs = -Infinity;

  constructor(o: { readonly requests_per_minute: number; readonly tokens_per_minute: number }) {
    this.#requests = new Bucket(o.requests_per_minute);
    this.#tokens = new Bucket(o.tokens_per_minute);
  }

  /** Takes one request of so many tokens; returns the milliseconds to wait before it is sent. */
  take(tokens: number, nowMs: number): number {
    return Math.max(0, this.#closedUntilMs - nowMs, this.#requests.take(1, nowMs), this.#tokens.take(tokens, nowMs));
  }

  /** Puts right what `take` had to guess: tokens really used minus tokens taken. */
  settle(difference: number, nowMs: number): void {
    this.#tokens.take(difference, nowMs);
  }

  /** Lets nothing pass for a while: the server said so. */
  closeFor(ms: number, nowMs: number): void {
    this.#closedUntilMs = Math.max(this.#closedUntilMs, nowMs + ms);
  }
}

/** Holds a tenth of a minute's amount, so that a limit is not used up in one burst; may go into debt. */
class Bucket {
  readonly #perMs: number;
  readonly #size: number;
  #left: number;
  #atMs: number | undefined;

  constructor(perMinute: number) {
    this.#perMs = perMinute / 60_000;
    this.#size = Math.max(1, perMinute / 10);
    this.#left = this.#size;
  }

  /** Takes an amount; returns the milliseconds until it is covered. */
  take(amount: number, nowMs: number): number {
    if (this.#perMs === 0) return 0;
    this.#left = Math.min(this.#size, this.#left + (nowMs - (this.#atMs ?? nowMs)) * this.#perMs) - amount;
    this.#atMs = nowMs;
    return this.#left >= 0 ? 0 : -this.#left / this.#perMs;
  }
}
