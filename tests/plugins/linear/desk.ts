import { createHash } from "node:crypto";
import type {
  Action,
  Draw,
  Edge,
  Element,
  End,
  Explorer,
  Goal,
  Mode,
  Observation,
  PastStep,
  Point,
  Policy,
  Rng,
  Sample,
} from "halo-agent";
import { keyedRng, shuffle } from "halo-agent/kit";

/** A mail desk in memory, shaped like a real page: rows of three controls, navigation, a toolbar, a form. */
interface Desk {
  readonly people: readonly string[];
  readonly subjects: readonly string[];
  readonly starred: readonly number[];
  readonly selected: readonly number[];
  readonly archived: readonly number[];
  readonly note: string;
  readonly saved: string;
}

/** A task on the desk; `milestone` is worth 0.3 once, `solved` 1. */
export interface DeskTask {
  readonly goal: Goal;
  readonly template: "star" | "note" | "archive";
  readonly start: Desk;
  milestone(desk: Desk): boolean;
  solved(desk: Desk): boolean;
}

/** Values by split; the two share none. */
const pools = {
  train: {
    first:
      "Nora Felix Imani Tobias Greta Hassan Lucia Oskar Freya Javier Saskia Ravi Ingrid Matteo Talia Hugo Petra Stefan"
        .split(" "),
    last: "Abbott Calloway Dunmore Granger Holloway Ibsen Jarvis Kessler Mercado Novak Rosales Whitlock Yardley Zeller"
      .split(" "),
    texts: ["noon suits me", "the keys are here", "we have enough chairs", "the bus leaves early", "bring both copies"],
  },
  eval: {
    first:
      "Adele Benedikt Camila Desmond Esther Fabian Gloria Harold Katrin Lionel Miriam Odette Pascal Silas Vanessa Zane"
        .split(" "),
    last:
      "Aldridge Beaumont Cardoso Drummond Fontaine Guerrero Hawthorne Jimenez Kowalski Lockhart Nyberg Tremblay Winslow"
        .split(" "),
    texts: ["my cousin drives", "rain is expected", "half of the seeds sprouted", "they moved the lecture"],
  },
} as const;
const topics = ["budget", "checklist", "survey", "roster", "agenda", "minutes", "quote"];
const folders = [
  "Inbox",
  "Starred",
  "Sent",
  "Drafts",
  "Archive",
  "Spam",
  "Trash",
  "Work",
  "Personal",
  "Receipts",
  "Travel",
  "Family",
];
const rows = 14;

/** The `index`-th task of a split. Pure. */
export function deskTask(split: keyof typeof pools, index: number): DeskTask {
  const rng = keyedRng("desk", split, index);
  const { first, last, texts } = pools[split];
  const [firsts, lasts] = [shuffle(rng.derive("first"), first), shuffle(rng.derive("last"), last)];
  const people = Array.from({ length: rows }, (_, i) => `${firsts[i]} ${lasts[i % lasts.length]}`);
  const subjects = people.map((_, i) => `Your ${topics[rng.derive("topic", i).int(topics.length)]}`);
  const start: Desk = { people, subjects, starred: [], selected: [], archived: [], note: "", saved: "" };
  const who = rng.derive("who").int(rows);
  const text = texts[rng.derive("text").int(texts.length)]!;
  const template = (["star", "note", "archive"] as const)[index % 3]!;
  const id = `desk/${template}/${split}/${index}`;
  const task = (words: string, maxSteps: number, rest: Pick<DeskTask, "milestone" | "solved">): DeskTask => ({
    goal: { id, text: words, startUrl: "http://desk.halo.test/", maxSteps },
    template,
    start,
    ...rest,
  });
  const only = (list: readonly number[]) => list.length === 1 && list[0] === who;
  switch (template) {
    case "star":
      return task(`Star the email from ${people[who]}.`, 4, { milestone: () => false, solved: (d) => only(d.starred) });
    case "note":
      return task(`Write the note "${text}" and save it.`, 6, {
        milestone: (d) => d.note === text,
        solved: (d) => d.saved === text,
      });
    case "archive":
      return task(`Archive the email from ${people[who]}.`, 6, {
        milestone: (d) => only(d.selected),
        solved: (d) => only(d.archived),
      });
  }
}

/** The controls of the desk with what each does; about 70. */
function controls(desk: Desk): readonly (Omit<Element, "id"> & { on(text: string): Desk })[] {
  const list: (Omit<Element, "id"> & { on(text: string): Desk })[] = [];
  const add = (role: string, name: string, on: (text: string) => Desk, o: Partial<Element> = {}) =>
    list.push({ role, name, states: [], near: "", region: "", centre: [500, 20 * list.length % 1000], on, ...o });
  for (const name of folders) add("link", name, () => ({ ...desk, selected: [] }), { region: "navigation:Folders" });
  add("textbox", "Search", () => desk, { region: "search", value: "", states: ["editable"] });
  add("textbox", "Note", (note) => ({ ...desk, note }), {
    region: "form:Notes",
    value: desk.note,
    states: ["editable"],
  });
  add("button", "Save", () => ({ ...desk, saved: desk.note }), { region: "form:Notes" });
  add("button", "Discard", () => ({ ...desk, note: "" }), { region: "form:Notes" });
  if (desk.selected.length > 0) {
    const bar = { region: "toolbar:List" };
    add("button", "Archive", () => ({ ...desk, archived: desk.selected, selected: [] }), bar);
    for (const name of ["Delete", "Mark as read", "Move to"]) {
      add("button", name, () => ({ ...desk, selected: [] }), bar);
    }
  }
  for (const [i, person] of desk.people.entries()) {
    if (desk.archived.includes(i)) continue;
    const mail = `email from ${person}, ${desk.subjects[i]}`;
    const toggled = (of: readonly number[]) => of.includes(i) ? of.filter((n) => n !== i) : [...of, i];
    const row = { region: "main:Mail", near: `${person} ${desk.subjects[i]} — have a look when you find the time` };
    const isSelected = desk.selected.includes(i);
    add("checkbox", `Select ${mail}`, () => ({ ...desk, selected: toggled(desk.selected) }), {
      ...row,
      states: isSelected ? ["checked"] : [],
    });
    add("button", `Add star to ${mail}`, () => ({ ...desk, starred: toggled(desk.starred) }), row);
    add("link", `Open ${mail}`, () => desk, row);
  }
  return list;
}

function observe(desk: Desk): Observation {
  const elements = controls(desk).map(({ on: _, ...element }, i) => ({ id: `e${i}`, ...element }));
  const stateKey = createHash("sha256").update(JSON.stringify(elements)).digest("hex");
  return { url: "http://desk.halo.test/", title: "Desk", elements, stateKey };
}

function act(desk: Desk, action: Action): Desk {
  if (action.action !== "click" && action.action !== "type") return desk;
  const index = Number(action.el?.slice(1));
  return controls(desk)[index]?.on(action.action === "type" ? action.text : "") ?? desk;
}

interface Standing {
  readonly desk: Desk;
  readonly isPaid: boolean;
}

/** Explores one desk task with a policy; forks are free because a desk is a value. */
export class DeskExplorer implements Explorer {
  readonly signal = new AbortController().signal;
  readonly policyVersion: number;
  readonly rng: Rng;
  /** Distinct actions executed. */
  steps = 0;
  readonly #task: DeskTask;
  readonly #policy: Policy;
  readonly #standings = new Map<string, Standing>();
  readonly #edges = new Map<string, Edge & { readonly ok: true }>();

  constructor(task: DeskTask, o: { readonly policy: Policy; readonly policyVersion: number; readonly rng: Rng }) {
    this.#task = task;
    this.#policy = o.policy;
    this.policyVersion = o.policyVersion;
    this.rng = o.rng;
  }

  root(): Promise<Point> {
    const { goal, start } = this.#task;
    this.#standings.set("root", { desk: start, isPaid: false });
    return Promise.resolve({ id: "root", task: goal, depth: 0, observation: observe(start), history: [] });
  }

  draw(
    at: Point,
    o: { readonly n: number; readonly mode: Mode; readonly temperature: number; readonly key: string },
  ): Promise<Draw> {
    return this.#policy.sample({ at, ...o, rng: this.rng.derive(at.id, "draw", o.key) }, { signal: this.signal });
  }

  step(at: Point, sample: Sample): Promise<Edge> {
    const id = `${at.id} ${sample.text}`;
    const known = this.#edges.get(id) ?? this.#step(at, sample, id);
    this.#edges.set(id, known);
    return Promise.resolve({ ...known, sample });
  }

  #step(at: Point, sample: Sample, id: string): Edge & { readonly ok: true } {
    if (!sample.parsed.ok) throw new Error(sample.parsed.message);
    this.steps++;
    const { action } = sample.parsed;
    const from = this.#standings.get(at.id)!;
    const desk = act(from.desk, action);
    const success = this.#task.solved(desk);
    const isReached = this.#task.milestone(desk);
    const reward = (success ? 1 : 0) + (isReached && !from.isPaid ? 0.3 : 0);
    this.#standings.set(id, { desk, isPaid: from.isPaid || isReached });
    const depth = at.depth + 1;
    const stop = action.action === "done"
      ? "declared"
      : success
      ? "solved"
      : depth >= at.task.maxSteps
      ? "max_steps"
      : undefined;
    const end: End | undefined = stop && { stop, verdict: { success, by: "desk", reason: "" } };
    const target = "el" in action ? at.observation.elements.find((e) => e.id === action.el) : undefined;
    const past: PastStep = {
      url: at.observation.url,
      stateKey: at.observation.stateKey,
      parsed: sample.parsed,
      ...(target && { target: { role: target.role, name: target.name } }),
    };
    const to: Point = {
      id,
      task: at.task,
      depth,
      observation: observe(desk),
      history: [...at.history, past],
      ...(end && { end }),
    };
    return { ok: true, sample, to, reward, terms: [] };
  }
}
