/** What every asynchronous call receives: the signal that cancels it. */
export interface Call {
  readonly signal: AbortSignal;
}

/** Something that holds a resource until `close` resolves. `close` may be called more than once. */
export interface Closable {
  close(): Promise<void>;
}
