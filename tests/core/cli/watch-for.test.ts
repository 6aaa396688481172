import { assert, suite } from "../../harness.ts";
import { board, finishedRun } from "./board.ts";
import { capture } from "./capture.ts";

const test = suite("cli/watch-for");

/** Milliseconds that a command told the watchdog, whatever else it came to. */
async function toldBy(argv: readonly string[]): Promise<readonly number[]> {
  const told: number[] = [];
  const watchdog = { run: undefined, limit: (ms: number) => void told.push(ms), close: () => Promise.resolve() };
  await capture(argv, { watch: () => Promise.resolve(watchdog) });
  return told;
}

test("every command that reads a pipeline lets plugin code run as long as the pipeline says", async (t) => {
  const { runsDir } = t.use(await finishedRun());
  const set = ["--set", "limits.stall_timeout_s=77"];
  const reading = [
    ["run", board, "--dry-run"],
    ["check", board],
    ["doctor", board],
    ["preflight", board, "--tasks", "1"],
    ["serve", board],
    ["tasks", board],
    ["tasks", "audit", board],
    ["rewards", "check-judge", board],
    ["temperature", board, "--n", "1", "--temperature", "0"],
    ["rescore", "latest", "--runs-dir", runsDir],
  ];
  for (const argv of reading) assert.equal(await toldBy([...argv, ...set]), [77_000], argv.join(" "));
  assert.equal(await toldBy(["replay", "latest", "--runs-dir", runsDir]), [120_000]);
});
