import { definePlugin } from "halo-agent";
import type { Observation, RewardFold, RewardShaper, RewardTerm, Transition } from "halo-agent";

const terms = ["valid", "invalid", "new_state", "loop", "success", "failure", "quoted", "writable"] as const;
type TermName = (typeof terms)[number];

/** Values by term. */
export type ShapingValues = Readonly<Record<TermName, number>>;

/** Value of every term under each preset. */
export const presets: Readonly<Record<"none" | "field", ShapingValues>> = {
  none: { valid: 0, invalid: 0, new_state: 0, loop: 0, success: 0, failure: 0, quoted: 0, writable: 0 },
  field: { valid: 0.1, invalid: -0.5, new_state: 0.2, loop: -1, success: 1, failure: 0, quoted: 0, writable: 0 },
};

/** Rewards that hold on any page: form of the output, new and repeated pages, success and failure, texts of the goal in fields. */
export default definePlugin({
  kind: "reward",
  name: "shaping",
  summary:
    "valid and invalid output, new and repeated pages, success, failure, quoted texts in fields; every term is 0 unless set",
  options: {
    type: "object",
    properties: {
      preset: {
        type: "string",
        enum: ["none", "field"],
        default: "none",
        description:
          "Values of the terms that are not set: none = 0; field = 0.1, -0.5, 0.2, -1, 1 for the first five.",
      },
      valid: { type: "number", description: "Output that was a valid action as written." },
      invalid: { type: "number", description: "Output that was no action." },
      new_state: { type: "number", description: "A page this episode had not shown before." },
      loop: {
        type: "number",
        description: "An action that led to a page the episode had shown before, unless it ended it.",
      },
      success: { type: "number", description: "The episode ended with the task achieved." },
      failure: {
        type: "number",
        description: "An action ended the episode, or was said to, without the task achieved.",
      },
      quoted: {
        type: "number",
        description:
          "For each field more, less for each field fewer, that holds a text the goal quotes; half in another case, unless the goal speaks of upper or lower case; of a masked one the length counts.",
      },
      writable: {
        type: "number",
        description:
          "A field to write in came, or less it went, while the goal quotes a text that no page of the episode has shown: a form to be opened first.",
      },
    },
    additionalProperties: false,
  },
  create: ({ preset, ...set }) => shapingReward({ ...presets[preset], ...set }),
});

/** The shaper under its values; terms of value 0 are left out. */
export function shapingReward(values: ShapingValues): RewardShaper {
  const fold = ({ seen, quoted, unshown }: Before): RewardFold => ({
    next(t) {
      const left = unshownOn(t.to, unshown);
      const earned = termsOf(t, { seen, quoted, unshown, left })
        .map(({ name, evidence, times = 1 }): RewardTerm => ({ name, value: values[name] * times, evidence }))
        .filter((term) => term.value !== 0);
      return { fold: fold({ seen: new Set([...seen, t.to.stateKey]), quoted, unshown: left }), terms: earned };
    },
  });
  return {
    need: {},
    start({ text }, first) {
      const quoted = { texts: quotedIn(text), otherCase: speaksOfCase.test(text) ? 1 : 0.5 };
      return fold({ seen: new Set([first.stateKey]), quoted, unshown: unshownOn(first, quoted.texts) });
    },
  };
}

/** What an episode has shown before a step. */
interface Before {
  /** Keys of its pages. */
  readonly seen: ReadonlySet<string>;
  readonly quoted: Quoted;
  /** Those of them that no page has shown, in a control's name or row; what a field holds does not count. */
  readonly unshown: readonly string[];
}

/** Texts that a goal quotes, as they stand there, and what one counts that a field holds in another case. */
interface Quoted {
  readonly texts: readonly string[];
  readonly otherCase: number;
}

interface Met {
  readonly name: TermName;
  readonly evidence: string;
  readonly times?: number;
}

/** Texts that a goal has between double quotation marks. */
const quotedIn = (goal: string): readonly string[] =>
  [...goal.matchAll(/"([^"]+)"|“([^”]+)”/g)].map(([, straight, curly]) => straight ?? curly!);

/** Words of a goal that wants a text in another case than it quotes it in. */
const speaksOfCase = /\b(?:(?:upper|lower)[- ]?case|capital|capitali[sz]ed?)\b/i;

/** Equal in whatever case. */
const isSameText = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** How many fields hold one of these texts. */
function holding({ elements }: Observation, { texts, otherCase }: Quoted): number {
  const held = elements.map(({ value = "" }): number => {
    if (/^•+$/.test(value)) return texts.some((text) => text.length === value.length) ? 1 : 0;
    if (texts.includes(value)) return 1;
    return texts.some((text) => isSameText(text, value)) ? otherCase : 0;
  });
  return held.reduce((sum, one) => sum + one, 0);
}

function unshownOn({ elements }: Observation, texts: readonly string[]): readonly string[] {
  const shown = elements.map(({ name, near }) => `${name}\n${near}`).join("\n").toLowerCase();
  return texts.filter((text) => !shown.includes(text.toLowerCase()));
}

/** Whether a page has a field that is empty, or holds one of these texts already. */
const canHold = ({ elements }: Observation, texts: readonly string[]): boolean =>
  elements.some(({ states, value = "" }) =>
    states.includes("editable") &&
    (value === "" || texts.some((text) => isSameText(text, value)))
  );

/** The terms a step meets, whatever they are worth. An output that was only repaired is neither valid nor invalid. */
function termsOf(
  t: Transition,
  { seen, quoted, unshown, left }: Before & { readonly left: readonly string[] },
): readonly Met[] {
  const { parsed, to } = t;
  const page = `page ${to.stateKey.slice(0, 8)}`;
  const isEnd = t.stop === "solved" || t.stop === "declared" || t.stop === "gave_up" || t.stop === "ended";
  const met: Met[] = [];
  if (!parsed.ok) met.push({ name: "invalid", evidence: parsed.code });
  else {
    if (parsed.repairs === 0) met.push({ name: "valid", evidence: parsed.action.action });
    if (!seen.has(to.stateKey)) met.push({ name: "new_state", evidence: page });
    else if (!isEnd) met.push({ name: "loop", evidence: `${page} again` });
  }
  if (t.verdict?.success === true) met.push({ name: "success", evidence: t.verdict.reason });
  if (isEnd && t.verdict?.success === false) met.push({ name: "failure", evidence: t.verdict.reason });
  const now = holding(t.to, quoted);
  const more = now - holding(t.from, quoted);
  if (more !== 0) met.push({ name: "quoted", evidence: `fields hold ${now}`, times: more });
  const opened = Number(left.length > 0 && canHold(t.to, quoted.texts)) -
    Number(unshown.length > 0 && canHold(t.from, quoted.texts));
  if (opened !== 0) met.push({ name: "writable", evidence: `a field ${opened > 0 ? "came" : "went"}`, times: opened });
  return met;
}
