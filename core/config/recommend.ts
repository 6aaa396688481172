import type { Offer } from "../plugin/define.ts";
import type { PluginKind } from "../plugin/kinds.ts";
import { loadPlugin } from "../plugin/load.ts";
import { builtinNames } from "../plugin/registry.ts";
import type { Pipeline } from "./pipeline.ts";

const nouns: Readonly<Record<Offer, string>> = {
  values: "a critic that values states",
  forks: "an environment that forks without side effects",
  episode_pairs: "a trainer that learns from pairs of whole episodes",
};

/** "use …" with the built-in plugins of a kind that offer this. */
export async function recommended(kind: PluginKind, offer: Offer): Promise<string> {
  const plugins = await Promise.all(builtinNames(kind).map((use) => loadPlugin({ kind, use, from: "/" })));
  const names = plugins.filter(({ offers = [] }) => offers.includes(offer)).map(({ name }) => name);
  return `use ${nouns[offer]}${names.length === 0 ? "" : `, for example ${names.join(" or ")}`}`;
}

/** Which trainer the policy of a pipeline goes with and which policy its trainer, as far as they say so themselves. */
export function pairHint({ policy, trainer }: Pick<Pipeline, "policy" | "trainer">): string {
  const sides = [["policy", policy, "trainer"], ["trainer", trainer, "policy"]] as const;
  const said = sides.flatMap(([kind, use, other]) => {
    const { name, pairsWith = [] } = use?.plugin ?? { name: "" };
    return pairsWith.length === 0 ? [] : [`${kind} "${name}" goes with ${other} ${pairsWith.join(" or ")}`];
  });
  return said.length === 0 ? "use a policy and a trainer that belong together (halo plugins)" : said.join("; ");
}
