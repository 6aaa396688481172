import {
  type Action,
  definePlugin,
  type Element,
  type Episode,
  HaloError,
  type Json,
  type Mark,
  type Observation,
  type Task,
  type Verdict,
} from "halo-agent";

/** The page: which tiles were pressed, in order. */
type Pressed = readonly string[];

/**
 * An environment without a browser: twelve tiles with names, each of which can be pressed once. It forks by value and
 * is exact, so that whole runs, crashes and resumes are tested in milliseconds.
 */
export default definePlugin({
  kind: "environment",
  name: "board",
  summary: "Twelve tiles in memory, for tests of the run loop.",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      capacity: { type: "integer", default: 4, minimum: 1, description: "Boards open at once." },
      broken: { type: "boolean", default: false, description: "Every step fails." },
    },
  },
  create({ capacity, broken }) {
    return {
      forking: "native",
      sideEffects: "none",
      deterministic: true,
      capacity,
      open: (task) => Promise.resolve(boardAt(task, [], broken)),
      fork: (mark: Mark) => Promise.resolve(boardAt(mark.task, mark.state as readonly string[], broken)),
      close: () => Promise.resolve(),
    };
  },
});

function boardAt(task: Task, start: Pressed, broken: boolean): Episode {
  let pressed = start;
  const { tiles, wanted } = task.params as { readonly tiles: readonly string[]; readonly wanted: readonly string[] };
  const solved = () => pressed.length === wanted.length && wanted.every((tile, i) => pressed[i] === tile);
  const verdict = (): Verdict => ({
    success: solved(),
    by: "board",
    reason: `pressed ${pressed.join(", ") || "nothing"}`,
  });
  return {
    observe: () => Promise.resolve(observation(tiles, pressed)),
    step(action: Action) {
      if (broken) throw new HaloError("HALO_ENVIRONMENT_FAULT", "the board is broken");
      const tile = action.action === "click" ? tiles[Number(action.el?.slice(1))] : undefined;
      if (tile !== undefined && !pressed.includes(tile)) pressed = [...pressed, tile];
      return Promise.resolve({
        observation: observation(tiles, pressed),
        ...(tile !== undefined && { target: { role: "button", name: tile } }),
        solved: solved(),
        cost: { actMs: 0, settleMs: 0, observeMs: 0 },
      });
    },
    mark: () => Promise.resolve({ task, seed: 0, actions: [], fingerprint: {}, state: pressed as Json }),
    verdict: () => Promise.resolve(verdict()),
    close: () => Promise.resolve(),
  };
}

function observation(tiles: Pressed, pressed: Pressed): Observation {
  const elements = tiles.map((name, i): Element => ({
    id: `e${i}`,
    role: "button",
    name,
    states: pressed.includes(name) ? ["pressed"] : [],
    near: "",
    region: "main",
    centre: [100 + 200 * (i % 4), 100 + 200 * Math.floor(i / 4)],
  }));
  return { url: "board:/", title: "Board", elements, stateKey: `pressed ${pressed.join(",")}` };
}
