import type { Json } from "../../../core/domain/json.ts";
import { siteOf } from "../../../core/site.ts";
import type { ScriptedWork } from "../../../core/mod.ts";
import { siteSuite } from "../../../core/testing.ts";
import { assert, suite } from "../../harness.ts";
import { todo, type TodoState } from "../site/todo.ts";

const test = suite("suite/cases");

/** What a case of the suite says of a to-do list that was changed; "" when it passes. */
async function says(
  what: RegExp,
  { signal }: { readonly signal: AbortSignal },
  o: { readonly change?: Partial<typeof todo>; readonly works?: Readonly<Record<string, readonly ScriptedWork[]>> } =
    {},
): Promise<string> {
  const definition = { ...todo, ...o.change };
  const works = o.works && (() => Promise.resolve(o.works!));
  const site = siteOf(definition, () => Promise.resolve(new Map()), { works });
  const one = siteSuite(definition, { site }).find(({ name }) => what.test(name));
  if (one === undefined) return "no such case";
  return await one.run({ signal }).then(() => "", (e: Error) => e.message.split("\n")[0]!);
}

const change = (part: (state: TodoState) => Partial<TodoState>) => (start: Json): Json => {
  const state = start as unknown as TodoState;
  return { ...state, ...part(state) } as unknown as Json;
};
const right = change(({ todos }) => ({ todos: todos.slice(1) }));
const near = change(({ todos }) => ({ todos: todos.slice(2) }));
const worksOf = (right: ScriptedWork["after"], near: ScriptedWork["after"]): readonly ScriptedWork[] => [
  { kind: "right", how: "", after: right },
  { kind: "near", how: "another todo", after: near },
];
const works = { "v2.todo-1": worksOf(right, near) };

test("the suite judges what the site says a user does for each REAL task", async (t) => {
  const real = (o: Parameters<typeof says>[2]) => says(/REAL/, t, o);
  assert.is(await real({ works }), "");
  const noTags = change(() => ({ tags: [] }));
  assert.is(
    await real({ works: { "v2.todo-1": worksOf(noTags, near) } }),
    "v2.todo-1: the report does not show what the right work did",
  );
  assert.is(await real({}), "`works` of the site lacks the right work for v2.todo-1");
  assert.match(
    await real({ works: { "v2.todo-1": worksOf(near, near) } }),
    /^v2\.todo-1: the right work does not achieve it: "Call Ann"/,
  );
  assert.is(
    await real({ works: { "v2.todo-1": worksOf(right, right) } }),
    'v2.todo-1: "another todo" achieves it',
  );
  assert.is(
    await real({ works: { ...works, "v2.todo-9": worksOf(right, near) } }),
    "v2.todo-9 has works and no strict rule",
  );
  const spoiling = (start: Json): Json => {
    (start as unknown as { tags: string[] }).tags = [];
    return start;
  };
  assert.is(
    await real({ works: { "v2.todo-1": worksOf(spoiling, near) } }),
    "v2.todo-1: work changed the state it began with",
  );
  const { official: _, ...plain } = todo;
  const names = siteSuite(plain, { site: siteOf(plain, () => Promise.resolve(new Map())) }).map(({ name }) => name);
  assert.equal(names.filter((name) => name.includes("REAL")), []);
});

test("the suite refuses a site that begins elsewhere than its tasks, or is done at its start", async (t) => {
  const untouched = (part: Partial<typeof todo>) => says(/untouched/, t, { change: part });
  assert.is(await untouched({}), "");
  let clock = 0;
  assert.match(
    await untouched({ start: (setup) => ({ ...todo.start(setup), clock: clock++ }) }),
    /start differs the second time$/,
  );
  const families = todo.families.map((family) => ({
    ...family,
    templates: family.templates.map((template) => ({ ...template, wanted: () => ({}) })),
  }));
  assert.match(await untouched({ families }), /is achieved before anything was done$/);
});

test("the suite draws tasks and reads their goals", async (t) => {
  const drawn = (part: Partial<typeof todo>) => says(/read back/, t, { change: part });
  assert.is(await drawn({}), "");
  assert.match(await drawn({ readers: [() => undefined] }), /^no reader understands "/);
  assert.match(
    await drawn({ readers: [() => ({ kind: "tick", title: "Sweep" })] }),
    /^what is read from|another family$/,
  );
  const [tick, add] = todo.families;
  const twice = tick!.templates.map((one) => ({ ...one, paraphrases: one.wordings }));
  assert.match(await drawn({ families: [{ ...tick!, templates: twice }, add!] }), /"tick" has a text twice$/);
  let seed = 0;
  const moody: typeof todo["drawer"] = (rng, pool) => todo.drawer(rng.derive(seed++), pool);
  assert.match(await drawn({ drawer: moody }), /came out different the second time/);
  const shared: typeof todo["drawer"] = (rng) => todo.drawer(rng, "train");
  assert.match(await drawn({ drawer: shared }), /is a goal of train and of eval$/);
});
