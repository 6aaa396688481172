import { useEffect, useRef } from "preact/hooks";
import type { AnswerTo } from "../answers.ts";
import { toEpisode, toGroup, toIteration } from "./links.ts";
import { causeWords, metricWords } from "./metric-words.ts";
import { Explained, Outcome, Waiting } from "./parts.tsx";
import { useAnswer, useKeys } from "./state.ts";
import { plural, signed, words } from "./words.ts";

type Slot = AnswerTo<"iteration">[number];

/** What an iteration explored: each task with its groups in order. */
export function Slots({ run, n, last }: { readonly run: string; readonly n: number; readonly last: number }) {
  const asked = useAnswer("iteration", { run, n: String(n) });
  useKeys((key) => {
    if (key === "ArrowLeft" && n > 1) location.assign(toIteration(run, n - 1));
    else if (key === "ArrowRight" && n < last) location.assign(toIteration(run, n + 1));
    else return false;
    return true;
  });
  const isThere = asked.value !== undefined;
  const own = useRef<HTMLElement>(null);
  useEffect(() => {
    if (own.current) showBelow(own.current);
  }, [n, isThere]);
  return (
    <section class="iteration" ref={own} aria-busy={!isThere && asked.error === undefined}>
      <div class="head">
        <h2>Iteration {n}</h2>
        {n > 1 && <a class="button" href={toIteration(run, n - 1)}>←</a>}
        {n < last && <a class="button" href={toIteration(run, n + 1)}>→</a>}
        <span class="dim">each square is one sample, by its reward inside the group; grey groups taught nothing</span>
      </div>
      <Waiting asked={asked}>
        {(slots) => <div class="slots">{slots.map((slot) => <SlotCard key={slot.id} run={run} slot={slot} />)}</div>}
      </Waiting>
    </section>
  );
}

/** Part of the window that a section may begin at; above it stays what led there. */
const highestPart = 0.4;

/** Scrolls down until most of the window shows this section and what is below it. */
function showBelow(section: HTMLElement): void {
  const tooLow = section.getBoundingClientRect().top - innerHeight * highestPart;
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (tooLow > 0) scrollBy({ top: tooLow, behavior: isCalm ? "instant" : "smooth" });
}

function SlotCard({ run, slot }: { readonly run: string; readonly slot: Slot }) {
  const dead = slot.groups.filter((g) => g.dead !== undefined).length;
  return (
    <article class="card">
      <div class="card-head">
        <b>{words(slot.family)}</b>
        <span class="dim">{slot.taskKey}</span>
        <span class="grow" />
        {slot.episodes.slice(0, 8).map((e) => (
          <a key={e.id} href={toEpisode(run, e.id)}>
            <Outcome {...e} more={`return ${e.return.toFixed(2)}`} />
          </a>
        ))}
        {slot.episodes.length > 8 && <span class="dim">… {slot.episodes.length} episodes</span>}
      </div>
      <p class="goal">{slot.goal}</p>
      <div class="groups">
        {slot.groups.map((group, i) => (
          <a
            key={group.id}
            class={group.dead === undefined ? "group" : "group dead"}
            href={toGroup(run, group.id)}
            data-group={group.id}
          >
            <span class="group-name">{slot.groups.length > 1 ? `step ${i}` : group.shape}</span>
            <span class="cells">
              {group.rewards.slice(0, 32).map((r, k) => <Cell key={k} reward={r} among={group.rewards} />)}
            </span>
            {group.dead !== undefined && (
              <span class="group-note" title={causeWords[group.dead]}>{words(group.dead)}</span>
            )}
          </a>
        ))}
      </div>
      <p class="dim">
        {plural(slot.groups.length, "group")}, {dead}{" "}
        <Explained by={metricWords["groups without gradient"]}>without gradient</Explained>,{" "}
        {plural(slot.envSteps, "step")}
      </p>
    </article>
  );
}

function Cell({ reward, among }: { readonly reward: number; readonly among: readonly number[] }) {
  const [low, high] = [Math.min(...among), Math.max(...among)];
  const part = high === low ? 0.5 : (reward - low) / (high - low);
  return <i class="cell" style={{ "--part": part.toFixed(2) }} title={signed(reward)} />;
}
