import { useState } from "preact/hooks";
import type { AnswerTo } from "../answers.ts";
import { toEpisode, toIteration } from "./links.ts";
import { Outcome, Waiting } from "./parts.tsx";
import { useAnswer } from "./state.ts";
import { endOf, words } from "./words.ts";

type TasksValue = AnswerTo<"tasks">;

/** Success by family over the iterations and task by task, the worst first, with why episodes ended. */
export function Tasks({ run }: { readonly run: string }) {
  const asked = useAnswer("tasks", { run });
  const [sought, setSought] = useState("");
  const [isFailed, setFailed] = useState(false);
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
            <label>
              <input type="checkbox" checked={isFailed} onChange={() => setFailed(!isFailed)} />{" "}
              only tasks that ever failed
            </label>
          </div>
          <TaskTable run={run} value={value} sought={sought.toLowerCase()} isFailed={isFailed} />
        </>
      )}
    </Waiting>
  );
}

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
                  {Object.entries(f.stops).sort(([, x], [, y]) => y - x).map(([stop, n]) => `${words(stop)} ${n}`).join(
                    ", ",
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function TaskTable({ run, value, sought, isFailed }: {
  readonly run: string;
  readonly value: TasksValue;
  readonly sought: string;
  readonly isFailed: boolean;
}) {
  const [most, setMost] = useState(200);
  const matching = value.tasks.filter((task) =>
    `${task.key} ${task.goal}`.toLowerCase().includes(sought) &&
    (!isFailed || Object.values(task.by).some(({ n, successes }) => successes < n))
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
                      <a
                        key={e.id}
                        href={toEpisode(run, e.id)}
                        title={`${e.steps} steps, ended because ${endOf(e.stop)}: ${e.reason}`}
                      >
                        <Outcome {...e} />
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
