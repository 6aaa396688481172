import { definePlugin, HaloError, type Task, type TaskFilter, type TaskSource } from "halo-agent";

/** Tasks of several sources in turns, so that one policy can be trained or evaluated on all of them. */
export default definePlugin({
  kind: "tasks",
  name: "turns",
  summary: "tasks of several sources in turns: the first of each, the second of each, and so on",
  options: {
    type: "object",
    additionalProperties: false,
    required: ["sources"],
    properties: {
      sources: {
        type: "array",
        minItems: 1,
        items: { type: "string", "x-plugin": "tasks" },
        description: "Task sources; their tasks must have keys of their own, as those of different sites do.",
      },
    },
  },
  create: ({ sources }) => tasksInTurns(sources),
});

/** What the sources offer together: the splits that all of them have, and the tasks of each in turns. */
export function tasksInTurns(sources: readonly TaskSource[]): TaskSource {
  /** The source of every task handed out, by the task's id. */
  const origins = new Map<string, TaskSource>();
  const from = (source: TaskSource, task: Task): Task => {
    origins.set(task.id, source);
    return task;
  };
  const originOf = (id: string): TaskSource => {
    const source = origins.get(id);
    if (source) return source;
    throw new HaloError("HALO_BUG", `${id} was drawn from none of the sources`);
  };
  const draw: TaskSource["draw"] = ({ split, index, seed }) => {
    const { source, at } = placeOf(sources, { split, index });
    return from(source, source.draw({ split, index: at, seed }));
  };
  const list = async (filter: TaskFilter): Promise<readonly Task[]> => {
    const lists = await Promise.all(
      sources.map(async (source) => (await source.list(filter)).map((task) => from(source, task))),
    );
    return lists.flat();
  };
  const sized = sources.every(({ size }) => size !== undefined);
  const solved = sources.every(({ oracle }) => oracle !== undefined);
  const graded = sources.some(({ grade }) => grade !== undefined);
  return {
    splits: sources[0]!.splits.filter((split) => sources.every(({ splits }) => splits.includes(split))),
    draw,
    list,
    remark: (task, sites) => originOf(task.id).remark?.(task, sites),
    ...(sized && { size: (split: string) => sum(sources.map((source) => source.size!(split))) }),
    ...(solved && {
      oracle: (o: Parameters<NonNullable<TaskSource["oracle"]>>[0]) => originOf(o.goal.id).oracle!(o),
    }),
    ...(graded && {
      grade: (o, call) => Promise.resolve(originOf(o.task.id).grade?.(o, call) ?? o.strict),
    }),
  };
}

/**
 * Where the `index`-th task stands. Sources that never end take turns for ever. Finite ones take turns until the longest
 * has told all its tasks once, the shorter ones dropping out; then everything begins anew.
 */
function placeOf(
  sources: readonly TaskSource[],
  { split, index }: { readonly split: string; readonly index: number },
): { readonly source: TaskSource; readonly at: number } {
  const sizes = sources.map(({ size }) => size?.(split) ?? Infinity);
  const total = sum(sizes);
  if (total === Infinity) {
    return { source: sources[index % sources.length]!, at: Math.floor(index / sources.length) };
  }
  let left = index % total;
  for (let turn = 0;; turn++) {
    const open = sources.filter((_, i) => sizes[i]! > turn);
    if (left >= open.length) left -= open.length;
    else {
      const source = open[left]!;
      return { source, at: turn + Math.floor(index / total) * sizes[sources.indexOf(source)]! };
    }
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
