import type { SiteDefinition } from "./definition.ts";
import type { SiteTypes } from "./family.ts";
import type { Wish } from "./wish.ts";

/** What a goal asks for that is worded exactly as a drill words it: the drill's name and its values; else undefined. */
export function drillWish<T extends SiteTypes>(site: SiteDefinition<T>, text: string): T["wish"] | undefined {
  const { drills = [] } = site;
  if (drills.length === 0) return undefined;
  let known = patterns.get(site);
  if (known === undefined) patterns.set(site, known = drills.flatMap(patternsOf).sort((a, b) => b.said - a.said));
  for (const { kind, pattern } of known) {
    const found = pattern.exec(text);
    if (found !== null) return { ...found.groups, kind } as Wish as T["wish"];
  }
  return undefined;
}

interface Known {
  readonly kind: string;
  /** How much of the wording is not a value: what says most is tried first. */
  readonly said: number;
  readonly pattern: RegExp;
}

const patterns = new WeakMap<object, readonly Known[]>();

/** Each wording of a drill as a pattern with a named group for each value. */
function patternsOf({ name: kind, templates }: NonNullable<SiteDefinition<SiteTypes>["drills"]>[number]): Known[] {
  const texts = templates.flatMap(({ wordings, paraphrases }) => [...wordings, ...paraphrases]);
  return texts.map((text) => {
    const parts = text.split(/(\{\w+\})/).map((part) =>
      /^\{\w+\}$/.test(part) ? `(?<${part.slice(1, -1)}>.+?)` : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    );
    return { kind, said: text.replace(/\{\w+\}/g, "").length, pattern: new RegExp(`^${parts.join("")}$`, "u") };
  });
}
