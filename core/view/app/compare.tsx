import { useState } from "preact/hooks";
import type { AnswerTo } from "../answers.ts";
import { StepShown, Verdict } from "./episode.tsx";
import { Film, hasPages } from "./film.tsx";
import { toCompare, toEpisode, toRun } from "./links.ts";
import { testWords } from "./metric-words.ts";
import { NoPages } from "./no-pages.tsx";
import { Outcome, RateBar, Tile, Waiting } from "./parts.tsx";
import { useAnswer, useKeys } from "./state.ts";
import { percent, plural, pValue, signed, words } from "./words.ts";

type Comparison = AnswerTo<"compare">;
type Flipped = Comparison["flipped"][number];

/** Two evaluations paired by task: what differs, by how much, and each flipped task with both episodes side by side. */
export function Compare({ a, b, task }: { readonly a: string; readonly b: string; readonly task: string | undefined }) {
  const asked = useAnswer("compare", { a, b });
  return (
    <Waiting asked={asked}>
      {(c) => (
        <>
          <div class="head">
            <h1>{shortOf(c, "label_a")} → {shortOf(c, "label_b")}</h1>
            {isOneRun(c) && <a href={toRun(c.run_a!)}>{c.run_a}</a>}
          </div>
          <Figures c={c} />
          <div class="beside">
            <Families c={c} a={a} b={b} task={task} />
            <Pair c={c} flipped={c.flipped.find(({ key }) => key === task) ?? c.view.families[0]?.tasks[0]} />
          </div>
        </>
      )}
    </Waiting>
  );
}

function Figures({ c }: { readonly c: Comparison }) {
  return (
    <>
      <div class="tiles">
        {c.chance && (
          <Tile
            label={`${nameOf(c.label_a)} against itself`}
            note={`tasks whose trials, halved, differ by chance; between the two ${c.flipped.length} of ${c.n} flipped`}
          >
            {c.chance.flipped} of {c.chance.n} flip
          </Tile>
        )}
        <Tile label={shortOf(c, "label_a")} note={<RateBar rate={c.a.rate} ci95={c.a.ci95} />}>
          {percent(c.a.rate)}
        </Tile>
        <Tile label={shortOf(c, "label_b")} note={<RateBar rate={c.b.rate} ci95={c.b.ci95} />}>
          {percent(c.b.rate)}
        </Tile>
        <Tile
          label="difference"
          note={`95 % interval ${signed(c.ci95[0] * 100, 1)} to ${signed(c.ci95[1] * 100, 1)} points`}
        >
          {signed(c.delta * 100, 1)} points
        </Tile>
        <Tile
          label={c.test}
          means={testWords[c.test]}
          note={`${plural(c.n, "task")} paired; a difference of ${
            (c.detectable * 100).toFixed(0)
          } points shows 4 times in 5`}
        >
          {pValue(c.p)}
        </Tile>
        {c.table && (
          <div class="tile">
            <span class="tile-label">tasks solved by</span>
            <table class="matrix">
              <tbody>
                <tr>
                  <td>both</td>
                  <td class="num">{c.table.both}</td>
                  <td>only {nameOf(c.label_b)}</td>
                  <td class="num good">{c.table.b_only}</td>
                </tr>
                <tr>
                  <td>neither</td>
                  <td class="num">{c.table.neither}</td>
                  <td>only {nameOf(c.label_a)}</td>
                  <td class="num bad">{c.table.a_only}</td>
                </tr>
              </tbody>
            </table>
          </div>
        )}
      </div>
      <p class="verdict">{c.view.verdict}</p>
    </>
  );
}

function Families({ c, a, b, task }: {
  readonly c: Comparison;
  readonly a: string;
  readonly b: string;
  readonly task: string | undefined;
}) {
  const chosen = task ?? c.view.families[0]?.tasks[0]?.key;
  if (c.flipped.length === 0) return <p class="notice">No task came out differently.</p>;
  return (
    <section class="flips">
      <h2>{plural(c.flipped.length, "flipped task")}</h2>
      <p class="dim">{c.view.gained} gained, {c.view.lost} lost</p>
      {c.view.families.map(({ family, gained, lost, tasks }) => (
        <div key={family} class="flip-family">
          <b>{words(family)}</b> {lost > 0 && <span class="bad">{lost} lost</span>}{" "}
          {gained > 0 && <span class="good">{gained} gained</span>}
          {tasks.map((t) => (
            <a
              key={t.key}
              class={t.key === chosen ? "flip on" : "flip"}
              href={toCompare(a, b, t.key)}
              title={`${t.key}\n${c.goals[t.key]}`}
            >
              <span class={t.b > t.a ? "good" : "bad"}>{t.b > t.a ? "▲" : "▼"}</span> {c.goals[t.key]}
            </a>
          ))}
        </div>
      ))}
    </section>
  );
}

/** True for two evaluations of one run. */
const isOneRun = ({ run_a, run_b }: Comparison): boolean => run_a !== undefined && run_a === run_b;

/** A side as a heading names it: without the run where both sides are of one. */
const shortOf = (c: Comparison, side: "label_a" | "label_b"): string => isOneRun(c) ? nameOf(c[side]) : c[side];

/** The evaluation in "RUN:LABEL". */
const nameOf = (label: string): string => label.slice(label.lastIndexOf(":") + 1);

/** The first episode of each side, step by step together. */
function Pair({ c, flipped }: { readonly c: Comparison; readonly flipped: Flipped | undefined }) {
  const [a, b] = [flipped?.episodes_a[0], flipped?.episodes_b[0]];
  if (flipped === undefined || a === undefined || b === undefined) return <section class="grow" />;
  return <Sides key={flipped.key} taskKey={flipped.key} query={{ run_a: c.run_a ?? "", run_b: c.run_b ?? "", a, b }} />;
}

function Sides(
  { taskKey, query }: {
    readonly taskKey: string;
    readonly query: { readonly run_a: string; readonly run_b: string; readonly a: string; readonly b: string };
  },
) {
  const asked = useAnswer("pair", query);
  const [at, setAt] = useState<number>();
  const parts = asked.value?.parts;
  const shown = at ?? parts ?? 0;
  const last = Math.max(0, ...[asked.value?.a, asked.value?.b].map((e) => e?.trace.length ?? 0));
  useKeys((key) => {
    if (key === "ArrowLeft") setAt(Math.max(0, shown - 1));
    else if (key === "ArrowRight") setAt(Math.min(last, shown + 1));
    else return false;
    return true;
  });
  return (
    <section class="grow">
      <Waiting asked={asked}>
        {({ a, b }) => (
          <>
            <p class="goal big">
              {a.goal}
              <span class="dim">{taskKey}</span>
            </p>
            <p class="dim">
              {parts === undefined ? "Both took the same steps." : `They part at step ${parts}.`}{" "}
              Left and right move both.
            </p>
            {!hasPages(a) && !hasPages(b) && <NoPages what="these episodes" />}
            <div class="sides">
              {([[query.run_a, a], [query.run_b, b]] as const).map(([run, episode]) => (
                <div key={`${run} ${episode.id}`} class="side">
                  <p>
                    <a href={toEpisode(run, episode.id)}>{episode.label}</a> <Outcome {...episode} />{" "}
                    <span class="dim">{plural(episode.steps, "step")}, reward {episode.reward.toFixed(2)}</span>
                  </p>
                  <Verdict episode={episode} />
                  <Film
                    run={run}
                    episode={episode}
                    at={Math.min(shown, episode.trace.length)}
                    choose={setAt}
                    parts={parts}
                  />
                  <StepShown run={run} episode={episode} at={Math.min(shown, episode.trace.length)} />
                </div>
              ))}
            </div>
          </>
        )}
      </Waiting>
    </section>
  );
}
