import { useState } from "preact/hooks";
import type { AnswerTo } from "../answers.ts";
import { Chart, type ChartLink, DeadChart } from "./chart.tsx";
import { Slots } from "./slots.tsx";
import { toCompare, toIteration, toRun, toTasks } from "./links.ts";
import { metricWords, testWords } from "./metric-words.ts";
import { Explained, RateBar, Status, Tile, Waiting } from "./parts.tsx";
import { useAnswer, useGrowth } from "./state.ts";
import { duration, figure, percent, percents, plural, pValue, signed, words } from "./words.ts";

type RunValue = AnswerTo<"run">;

/** The curves that come first; the others follow by name. */
const firstCurves = [
  "success_rate",
  "mean_reward",
  "frac_reward_zero_std",
  "episode_length",
  "policy/entropy",
  "loss/policy",
];
/** Counts that say nothing as a curve. */
const leftOut = new Set(["update/count", "replay/size", "time/train_s", "refill/waves"]);

/** One run: what it came to, its curves, and below them what the chosen iteration explored. */
export function Run({ run, iteration }: { readonly run: string; readonly iteration?: number }) {
  const [isLive, setLive] = useState(true);
  const round = useGrowth(run, isLive);
  const asked = useAnswer("run", { run }, round);
  if (asked.value && isLive !== (asked.value.status === "RUNNING")) setLive(asked.value.status === "RUNNING");
  return (
    <Waiting asked={asked}>
      {(value) => (
        <>
          <Head run={run} value={value} />
          <Figures value={value} />
          {value.resume !== undefined && (
            <p class="notice">
              Stopped. Continue with <code>{value.resume}</code>
            </p>
          )}
          {value.done?.error && <p class="notice bad">{value.done.error.code}: {value.done.error.message}</p>}
          {value.warnings.map((text) => <p key={text} class="notice warn">{text}</p>)}
          {value.armsTable && <Arms run={run} value={value} />}
          {value.iterations.length > 0 && <Curves run={run} value={value} chosen={iteration} />}
          {value.iterations.length > 0 && iteration === undefined && (
            <p class="dim">Click a point of a curve to see the groups of that iteration.</p>
          )}
          {iteration !== undefined && <Slots run={run} n={iteration} last={value.iterations.length} />}
          {value.evaluations.length > 0 && !value.armsTable && <Evaluations run={run} value={value} />}
        </>
      )}
    </Waiting>
  );
}

function Head({ run, value }: { readonly run: string; readonly value: RunValue }) {
  const [first, last] = [value.evaluations[0], value.evaluations.at(-1)];
  const failed = last ? last.n - last.successes : 0;
  return (
    <div class="head">
      <h1>{value.name}</h1>
      <Status status={value.status} />
      <span class="dim">{value.id} · seed {value.seed}{value.reproducible ? " · reproducible" : ""}</span>
      <span class="grow" />
      <a class="button" href={toTasks(run, failed > 0 ? "unsolved" : "all")}>
        Tasks{failed > 0 && <span class="dim">, {plural(failed, "episode")} of {last!.label} failed</span>}
      </a>
      {first && last && first !== last && !value.armsTable && (
        <a class="button" href={toCompare(`${run}:${first.label}`, `${run}:${last.label}`)}>
          Compare {first.label} with {last.label}
        </a>
      )}
    </div>
  );
}

function Figures({ value }: { readonly value: RunValue }) {
  const [first, last] = [value.evaluations[0], value.evaluations.at(-1)];
  const done = value.iterations.length;
  const steps = value.iterations.at(-1)?.envSteps ?? value.done?.env_steps ?? 0;
  const trained = value.iterations.at(-1)?.metrics["time/train_s"];
  const spent = value.done?.spent;
  return (
    <div class="tiles">
      {first && !value.armsTable && (
        <Tile
          label={first === last ? first.label : `${first.label} → ${last!.label}`}
          note={`95 % interval ${percents(last!.ci95)}`}
        >
          {first === last ? "" : `${first.successes}/${first.n} → `}
          {last!.successes}/{last!.n}
        </Tile>
      )}
      {value.comparisons.slice(0, 1).map((c) => (
        <Tile
          key="comparison"
          label="difference"
          note={
            <>
              <span class="nowrap">{pValue(c.p)}</span>, <Explained by={testWords[c.test]}>{c.test}</Explained>,{" "}
              {plural(c.n, "task")} paired
            </>
          }
        >
          <span class="nowrap">{signed(c.delta * 100, 1)} points</span>
        </Tile>
      ))}
      {done > 0 && <Tile label="iterations">{done}{value.of === undefined ? "" : ` of ${value.of}`}</Tile>}
      {steps > 0 && <Tile label="environment steps">{steps}</Tile>}
      {typeof trained === "number" && <Tile label="trained">{duration(trained)}</Tile>}
      {value.done && done > 0 && (
        <Tile
          label="groups without gradient"
          means={metricWords["groups without gradient"]}
          note="their samples were all paid the same"
        >
          {percent(value.done.frac_reward_zero_std)}
        </Tile>
      )}
      {spent && <Tile label="paid models" note={plural(spent.tokens, "token")}>${spent.usd.toFixed(4)}</Tile>}
    </div>
  );
}

function Curves(
  { run, value, chosen }: { readonly run: string; readonly value: RunValue; readonly chosen: number | undefined },
) {
  const { iterations } = value;
  const all = [iterations[0]!.iteration, iterations.at(-1)!.iteration] as const;
  const [zoomed, setZoomed] = useState<readonly [number, number]>();
  const [hovered, setHovered] = useState<number>();
  const [isWhole, setWhole] = useState(false);
  const link: ChartLink = {
    range: zoomed ?? all,
    hovered,
    chosen,
    hover: setHovered,
    choose: (n) => location.assign(toIteration(run, n)),
    zoom: setZoomed,
  };
  const names = [...new Set(iterations.flatMap((it) => Object.keys(it.metrics)))].filter((name) => !leftOut.has(name));
  const ordered = [
    ...firstCurves.filter((name) => names.includes(name)),
    ...names.filter((name) => !firstCurves.includes(name)).sort(),
  ];
  const shown = isWhole ? ordered : ordered.slice(0, 5);
  const causes = [...new Set(iterations.flatMap((it) => Object.keys(it.dead)))];
  const columns = iterations.map(({ iteration, dead }) => ({ x: iteration, counts: dead }));
  const dotsOf = (name: string) =>
    iterations.flatMap(({ iteration, metrics }) => {
      const y = metrics[name];
      return typeof y === "number" ? [{ x: iteration, y }] : [];
    });
  return (
    <section>
      <div class="charts">
        {shown.map((name) => <Chart key={name} title={name} dots={dotsOf(name)} link={link} floor={0} />)}
        <DeadChart title="groups without gradient" columns={columns} causes={causes} link={link} />
      </div>
      <div class="row">
        <button type="button" class="quiet" onClick={() => setWhole(!isWhole)}>
          {isWhole ? "Fewer curves" : `All ${plural(ordered.length, "curve")}`}
        </button>
        {zoomed && (
          <button type="button" class="quiet" onClick={() => setZoomed(undefined)}>
            Show all iterations
          </button>
        )}
        <span class="dim">drag to zoom, double-click to show all; point at a name to read what it means</span>
      </div>
    </section>
  );
}

function Evaluations({ run, value }: { readonly run: string; readonly value: RunValue }) {
  const families = [...new Set(value.evaluations.flatMap((e) => Object.keys(e.by_template)))].sort();
  return (
    <section>
      <h2>Evaluations</h2>
      <div class="scroll">
        <table class="list">
          <thead>
            <tr>
              <th>Evaluation</th>
              <th class="num">Solved</th>
              <th>Rate</th>
              <th class="num">Reward</th>
              <th class="num">Steps</th>
              {families.slice(0, 12).map((family) => <th key={family} class="num">{words(family)}</th>)}
            </tr>
          </thead>
          <tbody>
            {value.evaluations.map((e) => (
              <tr key={e.label}>
                <td>
                  <a href={toTasks(run)}>{e.label}</a> <span class="dim">{e.decoding}, policy {e.policy_version}</span>
                </td>
                <td class="num">{e.successes}/{e.n}</td>
                <td>
                  <RateBar rate={e.success_rate} ci95={e.ci95} />
                </td>
                <td class="num">{figure(e.mean_reward)}</td>
                <td class="num">{e.episode_length.toFixed(1)}</td>
                {families.slice(0, 12).map((family) => {
                  const count = e.by_template[family];
                  return <td key={family} class="num">{count ? `${count.successes}/${count.n}` : ""}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Arms({ run, value }: { readonly run: string; readonly value: RunValue }) {
  const { rows, first, isAdjusted, verdicts } = value.armsTable!;
  return (
    <section>
      <h2>Arms</h2>
      <table class="list">
        <thead>
          <tr>
            <th>Arm</th>
            <th class="num">Solved</th>
            <th>Rate</th>
            <th class="num">Points against {first}</th>
            <th class="num">{isAdjusted ? "p (Holm)" : "p"}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ evaluation: e, against, p }) => (
            <tr key={e.label}>
              <td>
                <a href={toRun(`${run}/${e.label.split("/")[0]}`)}>{e.label}</a>
              </td>
              <td class="num">{e.successes}/{e.n}</td>
              <td>
                <RateBar rate={e.success_rate} ci95={e.ci95} />
              </td>
              <td class="num">{against ? signed(against.delta * 100, 1) : ""}</td>
              <td class="num">{p === undefined ? "" : p < 0.0001 ? "< 0.0001" : p.toFixed(4)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {verdicts.map(({ a, b, text }) => (
        <p key={b} class="dim">
          <a href={toCompare(sideOf(run, a), sideOf(run, b))}>{a} → {b}</a>: {text}
        </p>
      ))}
    </section>
  );
}

/** "ARM/LABEL" of a run as a side of a comparison. */
function sideOf(run: string, label: string): string {
  const slash = label.indexOf("/");
  return `${run}/${label.slice(0, slash)}:${label.slice(slash + 1)}`;
}
