import { common, compared, find, type Found, foundLine } from "./find.ts";
import { type BenchOptions, families } from "./play.ts";

const accuracies = [0.5, 0.7, 0.9];

/**
 * What a critic is worth: the seven-step family, PUCT, 50 simulations, equal environment steps; what was tried alone, then
 * composite Q and the critic's opinion alone with scripted critics of known accuracy. The three meet the same proposals.
 */
export async function criticsRow(name: string, o: BenchOptions): Promise<readonly string[]> {
  const templates = families.seven;
  const run = async (label: string, alpha: number, more: readonly string[]): Promise<Found> => {
    const found = await find(`algorithm={ use: agentq, options: { selection: puct, alpha: ${alpha}, ${common} } }`, {
      ...o,
      templates,
      more,
    });
    console.log(`${name.padEnd(10)} ${label.padEnd(26)} ${foundLine(found, o)}`);
    return found;
  };
  const tried = await run("Q_mcts alone", 1, ["critic=null"]);
  const missed: string[] = [];
  for (const accuracy of accuracies) {
    const critic = [`critic={ use: scripted, options: { accuracy: ${accuracy} } }`];
    const composite = await run(`composite, accuracy ${accuracy}`, 0.5, critic);
    await run(`critic alone, accuracy ${accuracy}`, 0, critic);
    const { more, p } = compared(composite, tried);
    console.log(
      `${name.padEnd(10)} composite − Q_mcts at ${accuracy}: ${more >= 0 ? "+" : ""}${more}, p = ${p.toFixed(4)}`,
    );
    if (accuracy === 0.9 && !(more > 0 && p < 0.05)) missed.push(`${name}: composite at 0.9 solves ${more} more`);
    if (accuracy === 0.5 && more < 0 && p < 0.05) missed.push(`${name}: composite at 0.5 is worse by ${-more}`);
  }
  return missed;
}
