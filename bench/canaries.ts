/**
 * The policy against a stand-in of vLLM that is wrong in one way from its start on, and against a sound one: which check finds
 * each fault, and whether a sound server is ever accused. Log-probabilities are rounded as float32 or bfloat16 would round them
 * (a spread of 1e-5 or 0.05 of each token); an adapter's own effect is far below what bfloat16 shows.
 *
 *   npm run bench:canaries [-- --syncs 50]
 *
 * Bars: >= 12 faults, 0 missed, each for its own reason; 0 alarms and 0 warnings in 50 sound syncs; in both precisions.
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { isHaloError } from "../core/util/errors.ts";
import { defects } from "../tests/plugins/vllm/fault-server.ts";
import { type Dtype, dtypes, foundBy, meetDefect, soundSyncs } from "../tests/plugins/vllm/faulty.ts";

const { values } = parseArgs({ options: { syncs: { type: "string", default: "50" } } });
const syncs = Number(values.syncs);
const row = (name: string, cells: readonly string[]) =>
  console.log([name.padEnd(22), ...cells.map((cell) => cell.padEnd(26))].join("").trimEnd());
let missed = 0;
let alarms = 0;
row("fault", dtypes);
for (const defect of defects) {
  const ends: string[] = [];
  for (const dtype of dtypes) {
    const end = await scoped((t) => meetDefect(t, { dtype, defect })).then(() => "MISSED", (e: unknown) => {
      const [code, message] = foundBy[defect];
      return isHaloError(e) && e.code === code && message.test(e.message) ? code : `MISSED: ${e}`;
    });
    if (end.startsWith("MISSED")) missed++;
    ends.push(end);
  }
  row(defect, ends);
}
const accused = async (dtype: Dtype) => {
  const told = await scoped((t) => soundSyncs(t, { dtype, syncs })).then(
    ({ warnings }) => warnings,
    (e) => [String(e)],
  );
  alarms += told.length;
  for (const text of told) console.log(`  ${dtype}: ${text}`);
  return `${told.length} accused`;
};
row(`none, ${syncs} syncs`, [await accused("float32"), await accused("bfloat16")]);
const isOk = missed === 0 && alarms === 0 && defects.length >= 12;
console.log(
  `${isOk ? "ok" : "MISSED"} canaries: ${defects.length} faults in 2 precisions, ${missed} missed; ` +
    `${2 * syncs} sound syncs, ${alarms} alarms`,
);
process.exitCode = isOk ? 0 : 1;

/** What `use` opens is closed after it, last opened first. */
async function scoped<T>(
  use: (t: {
    use<R extends { close(): unknown }>(resource: R): R;
    defer(cleanup: () => unknown): void;
    readonly signal: AbortSignal;
  }) => Promise<T>,
): Promise<T> {
  const open: (() => unknown)[] = [];
  try {
    return await use({
      use(resource) {
        open.push(() => resource.close());
        return resource;
      },
      defer: (cleanup) => void open.push(cleanup),
      signal: AbortSignal.timeout(120_000),
    });
  } finally {
    for (const close of open.reverse()) await close();
  }
}
