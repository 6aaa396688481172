import assert from "node:assert/strict";
import type { Task } from "../domain/task.ts";
import { templatesOf } from "../site/definition.ts";
import type { SiteTypes, Values } from "../site/family.ts";
import { siteTasks } from "../site/tasks.ts";
import { readGoal } from "../site/wish.ts";
import { canonicalJson } from "../util/canonical-json.ts";
import { splits, type Suite } from "./suite.ts";

/** Rounds of all templates that are drawn in each split. */
const rounds = 12;

/** Draws tasks again and in another order, and reads their goals. */
export function drawn<T extends SiteTypes>({ definition }: Suite<T>): void {
  const templates = templatesOf(definition);
  const n = rounds * templates.length;
  const sourceOf = () => siteTasks(definition, { templates: ["all"], max_optimum: Infinity, cap: 0 });
  const [source, later] = [sourceOf(), sourceOf()];
  const goals = new Map<string, string>();
  for (const split of splits) {
    const tasks = Array.from({ length: n }, (_, index) => source.draw({ split, index, seed: 7 }));
    for (const [index, task] of [...tasks.entries()].reverse()) {
      const again = later.draw({ split, index, seed: 7 });
      assert.equal(canonicalJson(again), canonicalJson(task), `${task.key} came out different the second time`);
    }
    const others = Array.from({ length: n }, (_, index) => source.draw({ split, index, seed: 8 }).params);
    assert.notEqual(
      canonicalJson(others),
      canonicalJson(tasks.map(({ params }) => params)),
      `${split} is without seed`,
    );
    takeTurns(definition.name, templates, tasks);
    for (const task of tasks) {
      readBack(definition, task);
      const owner = goals.get(task.goal.text) ?? split;
      assert.equal(owner, split, `"${task.goal.text}" is a goal of ${owner} and of ${split}`);
      goals.set(task.goal.text, split);
    }
  }
}

/** Every template stands once in each round, and its texts come up in turn. */
function takeTurns<T extends SiteTypes>(
  site: string,
  templates: ReturnType<typeof templatesOf<T>>,
  tasks: readonly Task[],
): void {
  const names = templates.map(({ name }) => name).sort();
  for (let at = 0; at < tasks.length; at += names.length) {
    assert.deepEqual(tasks.slice(at, at + names.length).map(({ template }) => template).sort(), names);
  }
  for (const { name, wordings, paraphrases } of templates) {
    const known = [...wordings, ...paraphrases];
    assert.equal(new Set(known).size, known.length, `${site}: "${name}" has a text twice`);
    const own = tasks.filter(({ template }) => template === name);
    const texts = own[0]!.split === "paraphrase" ? paraphrases : wordings;
    const worded = own.map(textOf);
    const turn = worded.slice(0, texts.length);
    assert.deepEqual(turn.toSorted(), texts.toSorted(), `${site}: texts of "${name}" in ${own[0]!.split}`);
    assert.deepEqual(worded, worded.map((_, i) => turn[i % turn.length]), `${site}: "${name}" takes no turns`);
  }
}

const valuesOf = ({ params }: Task): Values => {
  const { setup: _, ...values } = params as unknown as Values & { readonly setup: unknown };
  return values;
};

/** The text that a goal was made of. */
function textOf(task: Task): string {
  return Object.entries(valuesOf(task)).reduce((text, [key, value]) => text.replace(value, `{${key}}`), task.goal.text);
}

/** The family is read from a goal's words, and so is every value that the words tell, and no other. */
function readBack<T extends SiteTypes>({ families, readers }: Suite<T>["definition"], task: Task): void {
  const { text } = task.goal;
  const wish = readGoal(readers, text);
  assert.ok(wish, `no reader understands "${text}"`);
  const { kind, ...read } = wish;
  const family = families.find(({ templates }) => templates.some(({ name }) => name === task.template))!;
  assert.equal(kind, family.name, `"${text}" is read as a goal of another family`);
  const told = Object.fromEntries(Object.entries(valuesOf(task)).filter(([, value]) => text.includes(value)));
  assert.deepEqual(read, told, `what is read from "${text}"`);
}
