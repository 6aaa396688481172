import type { Tracker } from "../../../../core/domain/tracker.ts";
import { type TrackerJob, TrackerQueue } from "../../../../core/run/track/tracker-queue.ts";
import { assert, suite } from "../../../harness.ts";

const test = suite("run/tracker-queue");

const patience = { mostWaiting: 3, callMs: 40, pausesMs: [1, 1], endMs: 60 };
const tracker: Tracker = { start: () => Promise.resolve(), track: () => Promise.resolve() };

function queue() {
  const warnings: string[] = [];
  return {
    warnings,
    queue: new TrackerQueue({ tracker, name: "mine", patience, warn: (message) => warnings.push(message) }),
  };
}

const job = (about: string, run: TrackerJob["run"]): TrackerJob => ({ about, call: "track", run });

test("jobs run one at a time in the order they came, and end waits for them", async () => {
  const { queue: q, warnings } = queue();
  const seen: string[] = [];
  for (const name of ["a", "b", "c"]) {
    q.push(job(name, async () => {
      seen.push(`${name} begins`);
      await new Promise((done) => setTimeout(done, 2));
      seen.push(`${name} ends`);
    }));
  }
  assert.equal(seen, ["a begins"], "nobody waits for it");
  await q.end(5_000);
  assert.equal(seen, ["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
  assert.equal(warnings, []);
});

test("a call that fails is made again; when the tries are spent there is one warning, and no further call", async () => {
  const { queue: q, warnings } = queue();
  let [calls, later] = [0, 0];
  q.push(job("the start", () => ++calls < 3 ? Promise.reject(new Error("ECONNREFUSED")) : Promise.resolve()));
  q.push(job("iteration 1", () => {
    calls++;
    throw new Error("no space left on device");
  }));
  q.push(job("iteration 2", () => Promise.resolve(void later++)));
  await q.end(5_000);
  q.push(job("iteration 3", () => Promise.resolve(void later++)));
  await q.end();
  assert.is(calls, 6, "twice in vain and once well, then three times in vain");
  assert.is(later, 0);
  assert.is(warnings.length, 1);
  assert.match(
    warnings[0]!,
    /^tracker mine misses everything from iteration 1 on, the run goes on without it: .*no space left on device/,
  );
});

test("a call that looks at its signal is tried again after the limit; one that does not is given up at once", async () => {
  const { queue: q, warnings } = queue();
  let calls = 0;
  q.push(job("iteration 1", (_, { signal }) => {
    calls++;
    return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  }));
  await q.end(5_000);
  assert.is(calls, 3);
  assert.match(warnings.join(), /no answer within 0\.04 s/);

  const deaf = queue();
  deaf.queue.push(job("iteration 1", () => {
    calls++;
    return new Promise(() => {});
  }));
  await deaf.queue.end(5_000);
  assert.is(calls, 4, "a second call would run beside the first");
  assert.is(deaf.warnings.length, 1);
  assert.match(deaf.warnings[0]!, /did not end track\(\) within 0\.04 s/);
});

test("a tracker that cannot keep up is given up when too much waits, and the end has a limit", async () => {
  const { queue: q, warnings } = queue();
  for (let i = 1; i <= 6; i++) q.push(job(`iteration ${i}`, () => new Promise(() => {})));
  assert.equal(warnings, [
    "tracker mine misses everything from iteration 4 on, the run goes on without it: cannot keep up, 3 calls wait",
  ]);
  await q.end();

  const late = queue();
  late.queue.push({ ...job("the pictures", () => new Promise(() => {})), limitMs: 60_000 });
  await late.queue.end(10);
  assert.equal(late.warnings, [
    "tracker mine misses everything from the pictures on, the run goes on without it: was not done 0.01 s after the run",
  ]);
});

test("the end names what still waits, not what was told meanwhile", async () => {
  const { queue: q, warnings } = queue();
  q.push(job("iteration 1", () => new Promise((done) => setTimeout(done, 5))));
  q.push({ ...job("the pictures", () => new Promise(() => {})), limitMs: 60_000 });
  await q.end(200);
  assert.equal(warnings, [
    "tracker mine misses everything from the pictures on, the run goes on without it: was not done 0.2 s after the run",
  ]);
});
