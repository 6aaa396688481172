// A to-do list on the kit, without a page in a browser: what the kit's tests play with.
import type { Element, Observation } from "../../../core/domain/observation.ts";
import {
  defineFamily,
  defineSite,
  done,
  type Drawer,
  drawerOf,
  exactly,
  find,
  lookFurther,
  type Milestone,
  noticeBeside,
  type PageView,
  patternReader,
  press,
  reducer,
  shown,
  siteClock,
  type SiteTypes,
  type Snackbar,
  snackbarAt,
  type Wish,
  written,
} from "../../../core/site.ts";

export interface Todo {
  readonly id: string;
  readonly title: string;
  readonly isDone: boolean;
  /** Whether its details were looked at. */
  readonly isSeen: boolean;
}

export interface TodoState {
  readonly todos: readonly Todo[];
  readonly tags: readonly string[];
  readonly clock: number;
  readonly menu: string | null;
  readonly snackbar: Snackbar<readonly Todo[]> | null;
  /** Text of the field for a new one; null while it is not open. */
  readonly draft: string | null;
}

export type TodoEvent =
  | { readonly type: "tick"; readonly id: string }
  | { readonly type: "open" }
  | { readonly type: "draft-input"; readonly text: string }
  | { readonly type: "add" }
  | { readonly type: "toggle-menu" };

interface TodoWish extends Wish {
  readonly title?: string;
}

export interface TodoTypes extends SiteTypes {
  readonly state: TodoState;
  readonly setup: { readonly titles: readonly string[] };
  readonly draw: Drawer<typeof pools.train>;
  readonly wish: TodoWish;
  readonly page: PageView;
}

const pools = {
  train: { titles: ["Water the fern", "Call Ann", "Buy oats", "Mend the lamp"] },
  eval: { titles: ["Feed the cat", "Pay rent", "Sweep", "Bake bread"] },
};

export const startOf = ({ titles }: TodoTypes["setup"]): TodoState => ({
  todos: titles.map((title, i) => ({ id: String(i + 1), title, isDone: false, isSeen: false })),
  tags: ["home"],
  clock: 0,
  menu: null,
  snackbar: null,
  draft: null,
});

export const update = reducer<TodoState, TodoEvent>({
  apply(state, event) {
    switch (event.type) {
      case "tick": {
        const todos = state.todos.map((one) => one.id === event.id ? { ...one, isDone: !one.isDone } : one);
        return { ...state, todos, snackbar: snackbarAt(state.clock, "Ticked off", state.todos) };
      }
      case "open":
        return { ...state, draft: state.draft ?? "" };
      case "draft-input":
        return { ...state, draft: event.text };
      case "add": {
        if (!state.draft) return state;
        const todo = { id: String(state.todos.length + 1), title: state.draft, isDone: false, isSeen: false };
        const snackbar = snackbarAt(state.clock, "Added", state.todos);
        return { ...state, todos: [...state.todos, todo], draft: null, snackbar };
      }
      case "toggle-menu":
        return { ...state, menu: state.menu === null ? "open" : null };
    }
  },
  isTyping: ({ type }) => type === "draft-input",
  keepsMenu: ({ type }) => type === "toggle-menu",
});

type Part = Pick<Element, "role" | "name"> & Partial<Element>;

/** A page of these controls. */
export function pageWith(...parts: readonly Part[]): Observation {
  const elements = parts.map((part, i): Element => ({
    id: `e${i}`,
    states: [],
    near: "",
    region: "",
    centre: [500, 10 * i],
    ...part,
  }));
  return { url: "http://todo.halo.test/", title: "To do", elements, stateKey: JSON.stringify(elements) };
}

/** The controls a user would see. */
export function show({ todos, draft, snackbar }: TodoState): Observation {
  return pageWith(
    { role: "button", name: "New" },
    ...todos.map(({ title, isDone }) => ({ role: "checkbox", name: title, states: isDone ? ["checked"] : [] })),
    ...(draft === null ? [] : [{ role: "textbox", name: "Title", value: draft }, { role: "button", name: "Add" }]),
    ...(snackbar === null ? [] : [{ role: "button", name: "Undo", near: snackbar.message }]),
  );
}

const family = defineFamily<TodoTypes>;
const field = { role: "textbox", name: "Title" };

/** The to-do of this title is ticked off. */
function ticked(title: string): Milestone {
  const box = { role: "checkbox", name: title };
  const isOn = (page: PageView): boolean => find(page, box)?.states.includes("checked") === true;
  return {
    name: "ticked",
    value: 0.5,
    role: "free",
    stands: isOn,
    reached: ({ from, to }) => isOn(to) && !isOn(from) && `"${title}" is ticked off`,
    towards: ({ page }) => press(find(page, box)) ?? lookFurther,
  };
}

const tick = family({
  name: "tick",
  reading: { says: /\btick\b|\bdone\b/i, rest: "title" },
  milestones: ({ title = "" }) => [ticked(title)],
  templates: [{
    name: "tick",
    optimum: 1,
    wordings: ['Tick off "{title}".', 'Mark "{title}" as done.', '"{title}" is done, tick it.'],
    paraphrases: ['I have done "{title}".'],
    scene(draw) {
      const titles = [draw.unused("titles"), draw.unused("titles")];
      return { setup: { titles }, values: { title: titles[0]! } };
    },
    wanted: ({ values, state }) => ({
      done: `"${values["title"]}" was ticked off`,
      items: {
        todos: { change: { [state.todos.find((one) => one.title === values["title"])!.id]: { isDone: true } } },
      },
    }),
  }],
});

const add = family({
  name: "add",
  reading: { says: /\b(add|new)\b/i, takes: { title: ["add #"] }, rest: "title" },
  milestones: ({ title = "" }) => [
    shown({ name: "form", value: 0.3, control: field, by: { role: "button", name: "New" } }),
    written({ name: "title", value: 0.2, field, text: title }),
    done({ name: "added", value: 0.5, button: { role: "button", name: "Add" }, gone: field, notice: "Added" }),
  ],
  templates: [{
    name: "add",
    optimum: 3,
    wordings: ['Add "{title}" to the list.', 'Please add "{title}".'],
    paraphrases: ['The list needs a new entry, "{title}".'],
    scene: (draw) => ({ setup: { titles: [draw.unused("titles")] }, values: { title: draw.unused("titles") } }),
    wanted: ({ values }) => ({
      done: "the entry was added",
      items: {
        todos: {
          add: [{
            among: () => true,
            none: "nothing was added",
            problem: ({ title }) => title === values["title"] ? "" : `"${title}" was added instead`,
          }],
        },
      },
    }),
  }],
});

const families = [tick, add];

export const todo = defineSite<TodoTypes>({
  name: "todo",
  host: "todo.halo.test",
  clock: siteClock({ start: "2024-07-18T09:00:00-07:00", timezone: "America/Los_Angeles" }),
  families,
  sets: { all: ["tick", "add"] },
  drawer: (rng, pool) => drawerOf(rng, pools[pool]),
  start: startOf,
  plainSetup: { titles: ["Water the fern", "Call Ann"] },
  rules: {
    collections: {
      todos: {
        id: ({ id }) => id,
        name: ({ title }) => `"${title}"`,
        allowed: (was, is) => ({ isSeen: was.isSeen || is.isSeen }),
      },
    },
    onScreen: ["clock", "menu", "snackbar", "draft"],
    changed: { tags: "the tags were changed" },
    leftover: ({ draft }) => draft ? "an entry was begun and left open" : undefined,
  },
  readers: [patternReader({ families, entities: () => ({}) })],
  page: ({ elements }) => ({ elements, notice: noticeBeside(elements, "Undo") }),
  official: {
    section: "todo_list",
    settings: { error_saving: false, items: 3, theme: "plain" },
    differences: (initial, final) => ({ todos: { added: final.todos.slice(initial.todos.length) } }),
    diff: (_, final) => ({ added: { list: { todos: final.todos } }, deleted: {}, updated: {} }),
    strict: {
      "v2.todo-1": ({ before }) => [
        { items: { todos: { remove: [before.todos[0]!.id] } } },
        { parts: exactly<TodoState>({ tags: [] }) },
      ],
    },
  },
});
