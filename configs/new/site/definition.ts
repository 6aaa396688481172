import { defineFamily, defineSite, done, drawerOf, itemWith, noticeBeside } from "halo-agent/site";
import { type PlainTypes, shown, siteClock, ticked, written } from "halo-agent/site";
import { initialState, type Setup, type State } from "./state.ts";

/** The words of tasks; no two splits share one, so that `eval` asks for what was never trained. */
const pools = {
  train: { titles: ["Water the fern", "Call Ann", "Buy oats", "Mend the lamp", "Fold laundry", "Book a table"] },
  eval: { titles: ["Feed the cat", "Pay the rent", "Sweep the hall", "Bake bread", "Post a letter", "Sell the bike"] },
};

type Types = PlainTypes<State, Setup, typeof pools.train, "title">;
const family = defineFamily<Types>;
const field = { role: "textbox", name: "Title" };

const tick = family({
  name: "tick",
  reading: { says: /\btick\b|\bdone\b/i, rest: "title" },
  milestones: ({ title = "" }) => [ticked({ name: "ticked", value: 1, box: { role: "checkbox", name: title } })],
  templates: [{
    name: "tick",
    optimum: 1,
    wordings: ['Tick off "{title}".', 'Mark "{title}" as done.'],
    paraphrases: ['"{title}" is done, so tick it off.'],
    scene(draw) {
      const titles = [draw.unused("titles"), draw.unused("titles"), draw.unused("titles")];
      return { setup: { titles }, values: { title: titles[draw.rng.int(3)]! } };
    },
    wanted({ values, state }) {
      const { id } = state.todos.find(({ title }) => title === values["title"])!;
      return { done: "the entry was ticked", items: { todos: { change: { [id]: { isDone: true } } } } };
    },
  }],
});

const add = family({
  name: "add",
  reading: { says: /\badd\b|\bnew\b/i, rest: "title" },
  milestones: ({ title = "" }) => [
    shown({ name: "form", value: 0.3, control: field, by: { role: "button", name: "New entry" } }),
    written({ name: "title", value: 0.3, field, text: title }),
    done({ name: "added", value: 0.4, button: { role: "button", name: "Add" }, gone: field, notice: "Entry added" }),
  ],
  templates: [{
    name: "add",
    optimum: 3,
    wordings: ['Add "{title}" to the list.', 'Add a new entry "{title}".'],
    paraphrases: ['The list needs a new entry: "{title}".'],
    scene: (draw) => ({
      setup: { titles: [draw.unused("titles"), draw.unused("titles")] },
      values: { title: draw.unused("titles") },
    }),
    wanted: ({ values: { title = "" } }) => ({
      done: "the entry was added",
      items: { todos: { add: [itemWith({ title, isDone: false })] } },
    }),
  }],
});

/** The site but for its page. */
export const definition = defineSite<Types>({
  name: "my-site",
  host: "my-site.halo.test",
  clock: siteClock({ start: "2024-07-18T09:00:00-07:00", timezone: "America/Los_Angeles" }),
  families: [tick, add],
  drawer: (rng, pool) => drawerOf(rng, pools[pool]),
  start: initialState,
  plainSetup: { titles: pools.train.titles.slice(0, 2) },
  rules: {
    collections: { todos: { id: ({ id }) => id, name: ({ title }) => `"${title}"` } },
    onScreen: ["clock", "snackbar", "draft"],
    leftover: ({ draft }) => draft === null ? undefined : "the form stands open",
  },
  page: ({ elements }) => ({ elements, notice: noticeBeside(elements, "Undo") }),
});
