// What a user does for some drills, and what one does who gets it nearly right.
import type { Action, Observation, Task, Transition } from "../../../../core/mod.ts";
import { milestoneReward, siteTasks } from "../../../../core/site.ts";
import { gomail } from "../../../../plugins/sites/gomail/gomail.ts";

type Values = Readonly<Record<string, string>>;

/** A step on the control of this name: typed into when there is a text, else clicked. */
export type Move = readonly [name: string, role: string, text?: string];

/** The action of a move on a page. */
export function actionOf({ elements }: Observation, [name, role, text]: Move): Action {
  const el = elements.find((e) => e.name === name && e.role === role)!.id;
  return text === undefined
    ? { action: "click", el }
    : { action: "type", el, text, clear: true, submit: role === "searchbox" };
}

const families = gomail.families.map(({ name }) => name);
const reward = milestoneReward(gomail, { scale: 1, families });

/** Names of the terms that each further step of a drill earns. */
export function paying(
  { goal }: Task,
  first: Observation,
): (step: Pick<Transition, "from" | "to"> & { readonly action: Action }) => string {
  let fold = reward.start(goal, first);
  return ({ from, to, action }) => {
    const next = fold.next({ from, to, parsed: { ok: true, action, repairs: 0 } });
    fold = next.fold;
    return next.terms.map((term) => term.name).join("+");
  };
}

/** A drill with a right run and a near miss, and what their steps earn. */
interface DrillRun {
  readonly name: string;
  readonly right: (values: Values) => readonly Move[];
  readonly paid: readonly string[];
  readonly near: (values: Values) => readonly Move[];
  readonly less: readonly string[];
}

/** One task of a drill. */
export const drill = (name: string): Task =>
  siteTasks(gomail, { templates: [name], max_optimum: 9, cap: 0 }).draw({ split: "eval", index: 0, seed: 5 });

/** The values that a drill was worded with. */
export const valuesOf = ({ params }: Task): Values => params as Values;

const search = (text: string): Move => ["Search mail", "searchbox", text];
const [tick, remove]: Move[] = [["Select all", "checkbox"], ["Delete", "button"]];
const write = (to: string, about: string): Move[] => [
  ["Compose", "button"],
  ["To", "combobox", to],
  ["Subject", "textbox", "News"],
  ["Message", "textbox", about],
  ["Send", "button"],
];

export const drillRuns: readonly DrillRun[] = [
  {
    name: "clear_topic",
    right: ({ query = "" }) => [search(query), tick!, remove!],
    paid: ["found", "ticked", "deleted"],
    near: () => [search("newsletter"), tick!, remove!],
    less: ["", "", ""],
  },
  {
    name: "write_first",
    right: ({ person = "", about = "" }) => write(person, about),
    paid: ["compose", "recipient", "subject", "message+ready", "sent"],
    near: ({ about = "" }) => write("Laura", about),
    less: ["compose", "", "subject", "message", ""],
  },
  {
    name: "write_both",
    right: ({ person = "", about = "", also = "" }) => write(person, `The ${about} and the ${also}`),
    paid: ["compose", "recipient", "subject", "message+ready", "sent"],
    near: ({ person = "", about = "" }) => write(person, about),
    less: ["compose", "recipient", "subject", "", ""],
  },
  {
    name: "clear_two",
    right: ({ query = "", also = "" }) => [search(query), tick!, remove!, search(also), tick!, remove!],
    paid: ["found", "ticked", "deleted", "found_2", "ticked_2", "deleted_2"],
    near: ({ query = "" }) => [search(query), tick!, remove!, search("newsletter"), tick!, remove!],
    less: ["found", "ticked", "deleted", "", "", ""],
  },
];
