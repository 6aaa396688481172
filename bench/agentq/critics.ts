import { compared, find, type Found, foundLine, treeOf } from "./find.ts";
import { type BenchOptions, families } from "./play.ts";

const accuracies = [0.5, 0.7, 0.9];

/**
 * What a critic is worth: the seven-step family, PUCT, 50 simulations, equal environment steps. What was tried alone, then
 * composite Q with scripted critics of known accuracy, and their opinion alone: with rollouts to meet successes by, and
 * where one step is all that a rollout has, as many simulations as the environment steps allow (the first seed). All meet
 * the same proposals.
 */
export async function criticsRow(name: string, o: BenchOptions): Promise<readonly string[]> {
  const run = async (
    label: string,
    tree: Readonly<Record<string, unknown>>,
    more?: readonly string[],
    seeds = o.seeds,
  ): Promise<Found> => {
    const found = await find(treeOf(tree), { ...o, seeds, templates: families.seven, ...(more && { more }) });
    console.log(`${name.padEnd(10)} ${label.padEnd(32)} ${foundLine(found, { seeds })}`);
    return found;
  };
  const tried = await run("Q_mcts alone", {});
  const critics = (accuracy: number) => [`critic={ use: scripted, options: { accuracy: ${accuracy} } }`];
  const missed: string[] = [];
  for (const accuracy of accuracies) {
    const composite = await run(`composite, accuracy ${accuracy}`, { alpha: 0.5 }, critics(accuracy));
    const { more, p } = compared(composite, tried);
    console.log(
      `${name.padEnd(10)} composite − Q_mcts at ${accuracy}: ${more >= 0 ? "+" : ""}${more}, p = ${p.toFixed(4)}`,
    );
    if (accuracy === 0.9 && !(more > 0 && p < 0.05)) missed.push(`${name}: composite at 0.9 solves ${more} more`);
    if (accuracy === 0.5 && more < 0 && p < 0.05) missed.push(`${name}: composite at 0.5 is worse by ${-more}`);
  }
  const first = o.seeds.slice(0, 1);
  for (const accuracy of accuracies) {
    await run(`critic alone, accuracy ${accuracy}`, { alpha: 0 }, critics(accuracy), first);
    const unsignalled = { alpha: 0, num_simulations: 300, rollout: { depth: 1, avoid_failed: true } };
    await run("  without rollouts", unsignalled, critics(accuracy), first);
  }
  return missed;
}
