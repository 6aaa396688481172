import { useState } from "preact/hooks";
import type { AnswerTo } from "../answers.ts";
import { type TasksShown, toEpisode, toIteration, toTasks } from "./links.ts";
import { Explained, Outcome, StopLegend, Waiting } from "./parts.tsx";
import { useAnswer } from "./state.ts";
import { endOf, plural, words } from "./words.ts";

type TasksValue = AnswerTo<"tasks">;
type Task = TasksValue["tasks"][number];

/** Success by family over the iterations and task by task, the worst first, with why episodes ended. */
export function Tasks({ run, shown }: { readonly run: string; readonly shown: TasksShown }) {
  const asked = useAnswer("tasks", { run });
  const [sought, setSought] = useState("");
  return (
    <Waiting asked={asked}>
      {(value) => (
        <>
          <div class="head">
            <h1>Tasks</h1>
            <span class="dim">families and tasks that fail most in the last evaluation come first</span>
          </div>
          <Families run={run} value={value} />
          <div class="head">
            <h2>Task by task</h2>
            <span class="dim">a click shows the episode</span>
            <input
              type="search"
              placeholder="Filter by task or goal"
              aria-label="Filter tasks"
              value={sought}
              onInput={(e) => setSought(e.currentTarget.value)}
            />
            <Choice run={run} value={value} shown={shown} />
          </div>
          <StopLegend stops={stopsOf(value)} />
          <TaskTable run={run} value={value} sought={sought.toLowerCase()} shown={shown} />
        </>
      )}
    </Waiting>
  );
}

/** Which tasks each choice lists. */
const belongs: Readonly<Record<TasksShown, (task: Task, labels: readonly string[]) => boolean>> = {
  all: () => true,
  failed: ({ by }) => Object.values(by).some(({ n, successes }) => successes < n),
  unsolved: ({ by }, labels) => {
    const last = by[labels.findLast((label) => by[label]) ?? ""];
    return last !== undefined && last.successes < last.n;
  },
};

/** The choices as links: an address says what is listed. */
function Choice(
  { run, value: { tasks, labels }, shown }: {
    readonly run: string;
    readonly value: TasksValue;
    readonly shown: TasksShown;
  },
) {
  const names: Readonly<Record<TasksShown, string>> = { unsolved: "not solved now", failed: "ever failed", all: "all" };
  return (
    <nav class="choice" aria-label="Tasks listed">
      {(Object.keys(names) as TasksShown[]).map((one) => (
        <a key={one} href={toTasks(run, one)} aria-current={one === shown ? "true" : undefined}>
          {names[one]}{" "}
          <span class="dim">
            {tasks.filter((task) =>
              belongs[one](task, labels)
            ).length}
          </span>
        </a>
      ))}
    </nav>
  );
}

/** How the episodes ended that failed. */
const stopsOf = ({ tasks }: TasksValue): readonly string[] =>
  tasks.flatMap(({ by }) =>
    Object.values(by).flatMap(({ episodes }) => episodes.filter((e) => !e.success).map((e) => e.stop))
  );

function Families({ run, value }: { readonly run: string; readonly value: TasksValue }) {
  const columns = Array.from({ length: value.iterations }, (_, i) => i + 1);
  return (
    <div class="scroll">
      <table class="list" aria-label="Families">
        <thead>
          <tr>
            <th>Family</th>
            {value.labels.map((label) => <th key={label} class="num">{label}</th>)}
            {columns.length > 0 && <th>Training, iteration 1 to {value.iterations}</th>}
            <th>Why the last ones failed</th>
          </tr>
        </thead>
        <tbody>
          {value.families.map((f) => {
            const by = new Map(f.training.map((t) => [t.iteration, t]));
            return (
              <tr key={f.family} data-family={f.family}>
                <td>
                  <b>{words(f.family)}</b>
                </td>
                {value.labels.map((label) => {
                  const count = f.evaluations[label];
                  return (
                    <td key={label} class="num">
                      {count && (
                        <span class="rate" style={{ "--rate": String(count.successes / count.n) }}>
                          {count.successes}/{count.n}
                        </span>
                      )}
                    </td>
                  );
                })}
                {columns.length > 0 && (
                  <td>
                    <span class="heat">
                      {columns.map((n) => {
                        const met = by.get(n);
                        const title = `iteration ${n}: ${met ? `${met.successes} of ${met.n}` : "not met"}`;
                        return met
                          ? (
                            <a
                              key={n}
                              class="heat-cell"
                              style={{ "--rate": String(met.successes / met.n) }}
                              href={toIteration(run, n)}
                              title={title}
                            />
                          )
                          : <i key={n} class="heat-cell none" title={title} />;
                      })}
                    </span>
                  </td>
                )}
                <td class="dim">
                  {Object.entries(f.stops).sort(([, x], [, y]) => y - x).map(([stop, n], i) => (
                    <span key={stop}>
                      {i > 0 && ", "}
                      <Explained by={endOf(stop)}>{words(stop)}</Explained> {n}
                    </span>
                  ))}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function TaskTable({ run, value, sought, shown }: {
  readonly run: string;
  readonly value: TasksValue;
  readonly sought: string;
  readonly shown: TasksShown;
}) {
  const [most, setMost] = useState(200);
  const matching = value.tasks.filter((task) =>
    `${task.key} ${task.goal}`.toLowerCase().includes(sought) && belongs[shown](task, value.labels)
  );
  return (
    <>
      <table class="list" aria-label="Tasks">
        <thead>
          <tr>
            <th>Task</th>
            {value.labels.map((label) => <th key={label}>{label}</th>)}
            <th>What was found at the end</th>
          </tr>
        </thead>
        <tbody>
          {matching.slice(0, most).map((task) => {
            const last = value.labels.findLast((label) => task.by[label]);
            const told = last === undefined
              ? undefined
              : task.by[last]!.episodes.find((e) => !e.success) ?? task.by[last]!.episodes[0];
            return (
              <tr key={task.key} data-task={task.key}>
                <td class="name">
                  {told ? <a href={toEpisode(run, told.id)}>{task.goal}</a> : <span>{task.goal}</span>}
                  <span class="dim">{task.key}</span>
                </td>
                {value.labels.map((label) => (
                  <td key={label} class="nowrap">
                    {task.by[label]?.episodes.slice(0, 6).map((e) => (
                      <a key={e.id} href={toEpisode(run, e.id)}>
                        <Outcome {...e} more={`${plural(e.steps, "step")}: ${e.reason}`} />
                      </a>
                    ))}
                  </td>
                ))}
                <td class="dim">{told?.reason}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {matching.length > most && (
        <button type="button" class="quiet" onClick={() => setMost(most + 500)}>Show more of {matching.length}</button>
      )}
      {matching.length === 0 && <p class="notice">No task matches.</p>}
    </>
  );
}
