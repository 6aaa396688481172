import { retry } from "../../../core/util/retry.ts";
import { assert, suite, thrownBy } from "../../harness.ts";

const test = suite("util/retry");

/** Fails `failures` times, each time with an error that numbers its attempt, then gives the attempt. */
const failing = (failures: number) => (attempt: number): Promise<number> =>
  attempt < failures ? Promise.reject(new Error(`attempt ${attempt}`)) : Promise.resolve(attempt);

test("retry gives the first success and throws the last error when retries are spent", async () => {
  assert.is(await retry(failing(0), { retries: 0 }), 0);
  assert.is(await retry(failing(2), { retries: 2 }), 2);
  assert.match(String(await thrownBy(() => retry(failing(3), { retries: 2 }))), /attempt 2$/);
});

test("retry throws at once what is not retryable", async () => {
  const isRetryable = (e: unknown) => !String(e).endsWith("attempt 1");
  assert.match(String(await thrownBy(() => retry(failing(5), { retries: 9, isRetryable }))), /attempt 1$/);
});

test("retry tries nothing again once the signal is aborted, and throws its reason", async () => {
  const stop = new AbortController();
  const attempts: number[] = [];
  const run = (attempt: number) => {
    attempts.push(attempt);
    if (attempt === 1) stop.abort(new Error("enough"));
    return Promise.reject(new Error("no"));
  };
  assert.match(String(await thrownBy(() => retry(run, { retries: 9, signal: stop.signal }))), /enough$/);
  assert.equal(attempts, [0, 1]);
});
