import type { ActionError } from "../domain/action.ts";
import type { Fingerprint, Mark, ResolvedAction } from "../domain/environment.ts";
import type { Json } from "../domain/json.ts";
import type { Element, Observation } from "../domain/observation.ts";
import type { Task } from "../domain/task.ts";
import { actionErrorShape, taskShape } from "./domain-shapes.ts";
import { fileFormat } from "./file-format.ts";
import { anything, count, list, nullable, object, optional, type Shape, text } from "./shape.ts";
import { applyDelta, deltasFrom, type TextDelta } from "./text-delta.ts";

/** A page as the policy met it; `shot` is the sha256 of its screenshot, where one was taken. */
export interface SeenPage extends Omit<Observation, "screenshot"> {
  readonly shot?: string;
}

/** A point of an episode: the page there, and what lets an environment stand there again. */
export interface SeenPoint {
  readonly id: string;
  readonly depth: number;
  readonly page: SeenPage;
  /** What kept the action that led here from its effect, null where nothing did; absent where a run did not record it. */
  readonly error?: ActionError | null;
  readonly mark?: Omit<Mark, "task">;
}

/** Every point that one task slot or episode met, in the order of their ids. */
export interface Seen {
  /** Id of the slot or episode. */
  readonly of: string;
  readonly task: Task;
  /** What the page itself asked for, where that is not the task's text. */
  readonly asked?: string;
  readonly points: readonly SeenPoint[];
}

/** A file of pages: equal controls and equal pages stand once, states as what differs from the first one. */
export interface SeenRecord {
  readonly of: string;
  readonly task: Task;
  readonly asked?: string;
  readonly elements: readonly Element[];
  readonly pages: readonly (Omit<SeenPage, "elements"> & { readonly elements: readonly number[] })[];
  /** The state that the others are made of, as JSON. */
  readonly base: string;
  readonly points: readonly {
    readonly id: string;
    readonly depth: number;
    readonly page: number;
    readonly error?: ActionError | null;
    readonly mark?: {
      readonly seed: number;
      readonly actions: readonly ResolvedAction[];
      readonly fingerprint: Fingerprint;
      readonly state?: TextDelta;
    };
  }[];
}

const elementShape: Shape<Element> = {
  schema: object<{ id: string; role: string; name: string }>({ id: text, role: text, name: text }).schema,
};

export const seenFormat = fileFormat<SeenRecord>(
  "halo.pages/1",
  object<SeenRecord>({
    of: text,
    task: taskShape,
    asked: optional(text),
    elements: list(elementShape),
    pages: list<SeenRecord["pages"][number]>({
      schema: object<{ url: string; title: string; stateKey: string; elements: readonly number[] }>({
        url: text,
        title: text,
        stateKey: text,
        elements: list(count),
      }).schema,
    }),
    base: text,
    points: list(object<SeenRecord["points"][number]>({
      id: text,
      depth: count,
      page: count,
      error: optional(nullable(actionErrorShape)),
      mark: optional(object<NonNullable<SeenRecord["points"][number]["mark"]>>({
        seed: count,
        actions: anything,
        fingerprint: anything,
        state: optional(anything),
      })),
    })),
  }),
);

/** The points as their file holds them. */
export function toSeenRecord({ of, task, asked, points }: Seen): SeenRecord {
  const elements = new Table<Element>();
  const pages = new Table<SeenRecord["pages"][number]>();
  const stateOf = ({ mark }: SeenPoint) => mark?.state === undefined ? undefined : JSON.stringify(mark.state);
  const first = points.reduce<SeenPoint | undefined>(
    (least, p) => p.mark && (!least || p.depth < least.depth) ? p : least,
    undefined,
  );
  const base = (first && stateOf(first)) ?? "";
  const deltaOf = deltasFrom(base);
  const coded = points.map((point) => {
    const { id, depth, page, error, mark } = point;
    const state = stateOf(point);
    return {
      id,
      depth,
      page: pages.add({ ...page, elements: page.elements.map((e) => elements.add(e)) }),
      ...(error !== undefined && { error }),
      ...(mark && {
        mark: {
          seed: mark.seed,
          actions: mark.actions,
          fingerprint: mark.fingerprint,
          ...(state !== undefined && { state: deltaOf(state) }),
        },
      }),
    };
  });
  const head = { of, task, ...(asked !== undefined && { asked }) };
  return { ...head, elements: elements.items, pages: pages.items, base, points: coded };
}

/** What `toSeenRecord` was given; each page is one object however many points stand on it. */
export function fromSeenRecord({ of, task, asked, elements, pages, base, points }: SeenRecord): Seen {
  const whole = pages.map((page): SeenPage => ({ ...page, elements: page.elements.map((i) => elements[i]!) }));
  return {
    of,
    task,
    ...(asked !== undefined && { asked }),
    points: points.map(({ id, depth, page, error, mark }): SeenPoint => ({
      id,
      depth,
      page: whole[page]!,
      ...(error !== undefined && { error }),
      ...(mark && { mark: markOf(mark, base) }),
    })),
  };
}

/** A mark whose state is read when somebody asks for it: most readers of pages never do. */
function markOf(
  { state: delta, ...mark }: NonNullable<SeenRecord["points"][number]["mark"]>,
  base: string,
): NonNullable<SeenPoint["mark"]> {
  if (!delta) return mark;
  let state: Json | undefined;
  return {
    ...mark,
    get state() {
      return state ??= JSON.parse(applyDelta(base, delta)) as Json;
    },
  };
}

/** Values by content: equal ones have one place. */
class Table<T> {
  readonly items: T[] = [];
  readonly #places = new Map<string, number>();

  add(value: T): number {
    const key = JSON.stringify(value);
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#places.set(key, this.items.length);
    return this.items.push(value) - 1;
  }
}
