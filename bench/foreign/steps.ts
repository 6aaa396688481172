import type { Action, Call, Element, Environment, Observation, Task } from "../../core/mod.ts";

/** What a form of three radio buttons and three text fields holds. */
export interface Form {
  /** From 1; 0 while none is chosen. */
  readonly chosen: number;
  readonly texts: readonly [string, string, string];
}

type Step =
  | { readonly choose: number }
  | { readonly into: number; readonly text: string; readonly clear?: true }
  | { readonly key: "Backspace" };

/** Twenty steps of which each changes what the form holds. A key goes to the field that was typed into last. */
export const script: readonly Step[] = [
  { choose: 2 },
  { into: 1, text: "Ada" },
  { into: 2, text: "12" },
  { key: "Backspace" },
  { choose: 3 },
  { into: 1, text: " Lovelace" },
  { into: 3, text: "Zoë Ångström" },
  { choose: 1 },
  { into: 1, text: "Grace", clear: true },
  { key: "Backspace" },
  { into: 2, text: "345" },
  { choose: 2 },
  { into: 3, text: "x", clear: true },
  { into: 3, text: "y" },
  { key: "Backspace" },
  { choose: 3 },
  { into: 2, text: "a text that is typed in one go, since it is longer than sixty-four characters", clear: true },
  { into: 1, text: "", clear: true },
  { choose: 1 },
  { into: 1, text: "end" },
];

/** A page that the script is played on. */
export interface Stage {
  readonly name: string;
  readonly environment: Environment;
  readonly task: Task;
  /** Names of controls that must be listed when the page holds this. */
  readonly tells: (form: Form) => readonly string[];
}

/** What the React fixture's parts say of the form, each by another way of updating. */
export function reactTells({ chosen, texts }: Form): readonly string[] {
  const all = `${chosen} ${texts.join("|")}`.trimEnd();
  return [`Shown ${all}`, `Saved ${all}`, `Acknowledged ${all}`, `Texts ${texts.join("|")}`];
}

/** Plays the script once; the problem of the first step whose next observation does not show all of it, else "". */
export async function play({ environment, task, tells }: Stage, { signal }: Call): Promise<string> {
  const episode = await environment.open(task, { signal, seed: 0 });
  try {
    let seen = await episode.observe({ need: {}, signal });
    let form: Form = { chosen: 0, texts: ["", "", ""] };
    let last = 1;
    for (const [i, step] of script.entries()) {
      if ("into" in step) last = step.into;
      form = after(form, step, last);
      const { observation, error } = await episode.step(actionOf(step, seen), { need: {}, signal });
      const problem = error ? `${error.code} ${error.message}` : differs(observation, form, tells(form));
      if (problem !== "") return `step ${i + 1}: ${problem}`;
      seen = observation;
    }
    return "";
  } finally {
    await episode.close();
  }
}

const of = ({ elements }: Observation, role: string): readonly Element[] => elements.filter((e) => e.role === role);

function after({ chosen, texts }: Form, step: Step, last: number): Form {
  if ("choose" in step) return { chosen: step.choose, texts };
  const [a, b, c] = texts.map((text, i) => {
    if (i !== last - 1) return text;
    if ("key" in step) return text.slice(0, -1);
    return step.clear ? step.text : text + step.text;
  });
  return { chosen, texts: [a!, b!, c!] };
}

function actionOf(step: Step, seen: Observation): Action {
  if ("choose" in step) return { action: "click", el: of(seen, "radio")[step.choose - 1]!.id };
  if ("key" in step) return { action: "key", keys: [step.key] };
  const el = of(seen, "textbox")[step.into - 1]!.id;
  return { action: "type", el, text: step.text, ...(step.clear && { clear: true }) };
}

function differs(seen: Observation, { chosen, texts }: Form, told: readonly string[]): string {
  if (seen.unsettled) return "the page was not settled";
  const ticked = of(seen, "radio").findIndex(({ states }) => states.includes("checked")) + 1;
  if (ticked !== chosen) return `radio button ${ticked} is ticked, not ${chosen}`;
  const held = of(seen, "textbox").map(({ value = "" }) => value);
  if (held.join("|") !== texts.join("|")) {
    return `the fields hold ${JSON.stringify(held)}, not ${JSON.stringify(texts)}`;
  }
  const names = of(seen, "button").filter(({ states }) => !states.includes("disabled")).map(({ name }) => name);
  const missing = told.find((name) => !names.includes(name));
  return missing === undefined ? "" : `${JSON.stringify(missing)} is not among ${JSON.stringify(names)}`;
}
