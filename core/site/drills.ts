import type { Goal } from "../domain/task.ts";
import type { SiteDefinition } from "./definition.ts";
import type { SiteTypes, Template } from "./family.ts";
import type { Wish } from "./wish.ts";
import { wordingPattern } from "./wording-pattern.ts";

type Asked = Pick<Goal, "id" | "text">;

/**
 * What the goal of a drill asks for: the drill's name and the values it was worded with; undefined for other goals, however
 * they are worded. The id of a task is set by its source, never by a page or an agent: a goal's id begins with it.
 */
export function drillWish<T extends SiteTypes>(site: SiteDefinition<T>, { id, text }: Asked): T["wish"] | undefined {
  const [of, drawn] = id.split("/");
  const family = of === site.name
    ? site.drills?.find(({ templates }) => templates.some(({ name }) => name === drawn))
    : undefined;
  if (family === undefined) return undefined;
  for (const pattern of patternsOf(family.templates)) {
    const found = pattern.exec(text);
    if (found !== null) return { ...found.groups, kind: family.name } as Wish as T["wish"];
  }
  return undefined;
}

type Worded = Pick<Template<SiteTypes>, "wordings" | "paraphrases">;

const known = new WeakMap<object, readonly RegExp[]>();

/** Each wording as a pattern with a named group for each value; what says most is tried first. */
function patternsOf(templates: readonly Worded[]): readonly RegExp[] {
  let patterns = known.get(templates);
  if (patterns === undefined) {
    const texts = templates.flatMap(({ wordings, paraphrases }) => [...wordings, ...paraphrases]);
    const said = (text: string): number => text.replace(/\{\w+\}/g, "").length;
    const sorted = texts.sort((a, b) => said(b) - said(a));
    known.set(templates, patterns = sorted.map((text) => wordingPattern(text, (name) => `(?<${name}>.+?)`)));
  }
  return patterns;
}
