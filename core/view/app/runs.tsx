import { useState } from "preact/hooks";
import type { AnswerTo } from "../answers.ts";
import { toCompare, toRun } from "./links.ts";
import { RateBar, Spark, Status, Waiting } from "./parts.tsx";
import { useAnswer } from "./state.ts";
import { duration, when } from "./words.ts";

type Summary = AnswerTo<"runs">[number];

/** Every run, newest first; two that are ticked can be compared. */
export function Runs() {
  const asked = useAnswer("runs", {});
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [sought, setSought] = useState("");
  const toggle = (id: string) =>
    setChosen((now) => now.includes(id) ? now.filter((other) => other !== id) : [...now.slice(-1), id]);
  return (
    <Waiting asked={asked}>
      {(runs) => {
        const shown = runs.filter((run) =>
          `${run.id} ${run.ownId ?? ""} ${run.status}`.toLowerCase().includes(sought.toLowerCase())
        );
        const [a, b] = runs.filter((run) => chosen.includes(run.id)).map((run) => run.id).reverse();
        return (
          <>
            <div class="head">
              <h1>Runs</h1>
              <input
                type="search"
                placeholder="Filter by name or status"
                aria-label="Filter runs"
                value={sought}
                onInput={(e) => setSought(e.currentTarget.value)}
              />
              <span class="grow" />
              {a !== undefined && b !== undefined
                ? <a class="button" href={toCompare(a, b)}>Compare the two</a>
                : <span class="dim">tick two runs to compare them</span>}
            </div>
            {runs.length === 0 && <p class="notice">No run here yet. Start one: halo run PIPELINE</p>}
            <table class="list" aria-label="Runs">
              <thead>
                <tr>
                  <th />
                  <th>Run</th>
                  <th>Status</th>
                  <th>Solved, first → last evaluation</th>
                  <th>Reward by iteration</th>
                  <th class="num">Iterations</th>
                  <th class="num">Steps</th>
                  <th class="num">Time</th>
                  <th>Started</th>
                </tr>
              </thead>
              <tbody>
                {shown.map((run) => <Row key={run.id} run={run} isChosen={chosen.includes(run.id)} toggle={toggle} />)}
              </tbody>
            </table>
          </>
        );
      }}
    </Waiting>
  );
}

function Row({ run, isChosen, toggle }: {
  readonly run: Summary;
  readonly isChosen: boolean;
  readonly toggle: (id: string) => void;
}) {
  if (run.damage !== undefined) {
    return (
      <tr>
        <td />
        <td class="name">{run.id}</td>
        <td>
          <Status status="DAMAGED" />
        </td>
        <td colSpan={6}>
          <span class="bad">{run.damage}</span>
          {run.hint !== undefined && <span class="dim try">try: {run.hint}</span>}
        </td>
      </tr>
    );
  }
  return (
    <tr class={run.id.includes("/") ? "arm" : ""}>
      <td>
        <input type="checkbox" aria-label={`Compare ${run.id}`} checked={isChosen} onChange={() => toggle(run.id)} />
      </td>
      <td class="name">
        <a href={toRun(run.id)}>{run.id}</a>
        <span class="dim">
          {run.ownId !== undefined && <>run {run.ownId} ·{" "}</>}seed {run.seed} ·{" "}
          {run.arms.length > 0 ? `arms ${run.arms.join(", ")}` : run.stages.join(" → ")}
        </span>
      </td>
      <td>
        <Status status={run.status} />
      </td>
      <td>
        <Solved run={run} />
      </td>
      <td>
        <Spark values={run.rewards} label="mean reward by iteration" />
      </td>
      <td class="num">{run.iterations > 0 ? `${run.iterations}${run.of === undefined ? "" : `/${run.of}`}` : ""}</td>
      <td class="num">{run.envSteps > 0 ? run.envSteps : ""}</td>
      <td class="num">{run.seconds >= 1 ? duration(run.seconds) : ""}</td>
      <td class="dim nowrap">{when(run.created)}</td>
    </tr>
  );
}

function Solved({ run }: { readonly run: Summary }) {
  const [first, last] = [run.evaluations[0], run.evaluations.at(-1)];
  if (!first || !last) return null;
  const shown = first === last ? [first] : [first, last];
  return (
    <span class="solved">
      {shown.map((e) => (
        <span key={e.label} class="solved-one">
          <span class="solved-count">{e.successes}/{e.n}</span>
          <RateBar rate={e.success_rate} ci95={e.ci95} />
        </span>
      ))}
    </span>
  );
}
