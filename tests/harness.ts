import process from "node:process";
import { suite as uvuSuite } from "uvu";
import * as assert from "uvu/assert";

export { assert };

/** What a test receives: a place to register what must be closed when it ends, passed or not. */
export interface TestContext {
  /** Closes `resource` after the test, in reverse order of registration; returns it. */
  use<T extends { close(): unknown }>(resource: T): T;
  defer(cleanup: () => unknown): void;
  /** Aborts when the test's time is up. */
  readonly signal: AbortSignal;
}

export interface TestOptions {
  readonly timeoutMs?: number;
}

const counts = { passed: 0, failed: 0 };
process.on("exit", () => {
  if (counts.passed + counts.failed === 0) {
    console.error("no test ran in this file");
    process.exitCode = 1;
  }
  console.log(`@halo-tests ${JSON.stringify(counts)}`);
});

/** Declares a group of tests that runs itself. Name a test "symbol does X when Y". */
export function suite(name: string): (test: string, run: (t: TestContext) => unknown, o?: TestOptions) => void {
  const tests = uvuSuite(name);
  queueMicrotask(() => tests.run());
  return (test, run, { timeoutMs = 30_000 } = {}) => {
    tests(test, async () => {
      try {
        await runOne(run, timeoutMs);
        counts.passed++;
      } catch (e) {
        counts.failed++;
        throw e;
      }
    });
  };
}

async function runOne(run: (t: TestContext) => unknown, timeoutMs: number): Promise<void> {
  const cleanups: (() => unknown)[] = [];
  const controller = new AbortController();
  const context: TestContext = {
    use(resource) {
      cleanups.push(() => resource.close());
      return resource;
    },
    defer: (cleanup) => void cleanups.push(cleanup),
    signal: controller.signal,
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new Error(`test still running after ${timeoutMs} ms`);
      controller.abort(error);
      reject(error);
    }, timeoutMs);
  });
  try {
    await Promise.race([run(context), late]);
  } finally {
    clearTimeout(timer);
    for (const cleanup of cleanups.reverse()) await cleanup();
  }
}

/** Resolves with what `run` threw; fails the test when it threw nothing. */
export async function thrownBy(run: () => unknown): Promise<unknown> {
  try {
    await run();
  } catch (e) {
    return e;
  }
  throw new Error("expected an error, none was thrown");
}
