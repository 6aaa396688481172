import { comparisonGates } from "../../run/evaluate/gates.ts";
import { compareArms } from "../../report/compare-arms.ts";
import { halves, readSide } from "../../report/compared-side.ts";
import { HaloError } from "../../util/errors.ts";
import { plainLine } from "../../util/plain-text.ts";
import type { RunCommand } from "../command.ts";
import { exitCodes } from "../exit.ts";
import type { compareFlags } from "../flags.ts";
import { flippedLines } from "../report/flipped-lines.ts";
import { comparisonLines, gateLine } from "../report/lines.ts";

/**
 * `halo compare A B`: two evaluations, each `RUN` (its last evaluation), `RUN:LABEL` or `RUN:ARM/LABEL`, paired by task
 * key. Flipped tasks are named with their episodes, evaluations that were cut short are flagged.
 */
export const compare: RunCommand<typeof compareFlags> = async ({ args, flags }, io) => {
  const gate = {
    ...numberOf("min-delta", flags["min-delta"], (min_delta) => ({ min_delta })),
    ...numberOf("max-p", flags["max-p"], (max_p) => ({ max_p })),
  };
  const [first, second] = args;
  if ((second === undefined) !== flags.self) {
    throw new HaloError("HALO_CLI_USAGE", "halo compare takes two evaluations, or one with --self", {
      hint: "halo compare latest:before latest:after",
    });
  }
  const names = second === undefined ? [first!] : [first!, second];
  const sides = await Promise.all(names.map((which) => readSide(which, flags["runs-dir"] ?? "runs")));
  const [a, b] = flags.self ? halves(sides[0]!) : sides;
  const comparison = compareArms(a!, b!);
  const gates = comparisonGates({ gate }, comparison);
  const unfinished = [a!, b!].flatMap((side) => side.cut ?? []);
  if (flags.json) io.out(JSON.stringify({ type: "comparison", ...comparison, unfinished, gates }));
  else {
    const whole = `halo compare ${flags.self ? `${sides[0]!.label} --self` : `${a!.label} ${b!.label}`} --all`;
    for (const line of comparisonLines(comparison)) io.out(line);
    for (const line of flippedLines(comparison, { isAll: flags.all, whole })) io.out(plainLine(line));
    for (const { label, episodes, of } of unfinished) {
      io.err(`${io.paint.yellow("warning")} ${label} was cut short: ${episodes} of ${of} episodes; resume its run`);
    }
    for (const line of gates.map(gateLine)) io.out(line);
  }
  return gates.every((g) => g.ok) ? exitCodes.done : exitCodes.gate;
};

function numberOf<T>(name: string, text: string | undefined, then: (value: number) => T): T | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value)) return then(value);
  throw new HaloError("HALO_CLI_USAGE", `--${name} must be a number, got "${text}"`, { hint: "halo compare --help" });
}
