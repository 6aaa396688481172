import type { Action, Element, Point } from "halo-agent";

/** An action that the model may choose, and the line that says it. */
export interface Candidate {
  readonly text: string;
  readonly action: Action;
}

interface Listed {
  readonly verb: string;
  readonly element: Element;
  readonly action: Action;
}

const longestPart = 72;

/**
 * At most `most` actions of a page: clicks on controls, quoted texts of the task typed into fields, in document order,
 * `done` last. Of more, those whose control shares most with the task: each common word counts the less the more
 * controls have it. No two lines are equal, no line holds a line break.
 */
export function candidatesOf({ task, observation }: Point, { most }: { readonly most: number }): readonly Candidate[] {
  const quoted = [...task.text.matchAll(/["“”]([^"“”]+)["“”]/g)].map(([, text]) => text!);
  const all = observation.elements.filter(({ states }) => !states.includes("disabled"))
    .flatMap((element) => actionsOn(element, quoted));
  const scores = sharedWith(wordsOf(task.text), all.map(({ element: { name, near } }) => wordsOf(`${name} ${near}`)));
  const kept = new Set(
    all.map((one, i) => ({ one, score: scores[i]! })).toSorted((a, b) => b.score - a.score).slice(0, most - 1)
      .map(({ one }) => one),
  );
  const shown = all.filter((one) => kept.has(one));
  return [...linesOf(shown), { text: "done", action: { action: "done" } }];
}

function actionsOn(element: Element, quoted: readonly string[]): readonly Listed[] {
  const el = element.id;
  if (!element.states.includes("editable")) return [{ verb: "click", element, action: { action: "click", el } }];
  return quoted.map((text) => ({
    verb: `type ${inLine(text)} into`,
    element,
    action: { action: "type", el, text, clear: true, ...(element.role === "searchbox" && { submit: true }) },
  }));
}

/** Says of each as little as tells it from the others: its name, then what stands near it, its region, its number. */
function linesOf(shown: readonly Listed[]): readonly Candidate[] {
  const ways: readonly ((one: Listed) => string)[] = [
    ({ verb, element }) => `${verb} ${inLine(element.name || element.role)}`,
    (one) => one.element.near === "" ? ways[0]!(one) : `${ways[0]!(one)} near ${inLine(one.element.near)}`,
    (one) => one.element.region === "" ? ways[1]!(one) : `${ways[1]!(one)} in ${inLine(one.element.region)}`,
    (one) => `${ways[0]!(one)} ${one.element.id}`,
  ];
  return shown.map((one) => {
    const way = ways.find((say) => shown.filter((other) => say(other) === say(one)).length === 1)!;
    return { text: way(one), action: one.action };
  });
}

/** Quoted and cut; a page's line breaks and special tokens do not come through. */
function inLine(text: string): string {
  const flat = text.replace(/[\s\u2028\u2029]+/g, " ").replaceAll("<|", "< |").trim();
  const cut = [...flat];
  return JSON.stringify(cut.length > longestPart ? `${cut.slice(0, longestPart - 1).join("")}…` : flat);
}

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.toLowerCase().match(/[\p{L}\p{N}@.]{2,}/gu) ?? []);

function sharedWith(task: ReadonlySet<string>, controls: readonly ReadonlySet<string>[]): readonly number[] {
  const common = controls.map((words) => [...words].filter((word) => task.has(word)));
  const holders = Map.groupBy(common.flat(), (word) => word);
  return common.map((words) => words.reduce((sum, word) => sum + 1 / holders.get(word)!.length, 0));
}
