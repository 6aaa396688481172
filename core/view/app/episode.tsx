import { useState } from "preact/hooks";
import type { AnswerTo } from "../answers.ts";
import { Change } from "./change.tsx";
import { Film, hasPages } from "./film.tsx";
import { toEpisode, toGroup, toIteration } from "./links.ts";
import { NoPages } from "./no-pages.tsx";
import { OpenPage } from "./open-page.tsx";
import { PageFigure, type PageMark } from "./page-figure.tsx";
import { Outcome, Waiting } from "./parts.tsx";
import { Terms } from "./reward-bar.tsx";
import { useAnswer, useKeys } from "./state.ts";
import { endOf, plural, signed, words } from "./words.ts";

type Episode = AnswerTo<"episode">;

/** One episode step by step; left and right move. */
export function EpisodeView({ run, id, step }: { readonly run: string; readonly id: string; readonly step: number }) {
  const asked = useAnswer("episode", { run, id });
  return <Waiting asked={asked}>{(episode) => <Shown key={id} run={run} episode={episode} first={step} />}</Waiting>;
}

function Shown({ run, episode, first }: { readonly run: string; readonly episode: Episode; readonly first: number }) {
  const last = episode.trace.length;
  const [at, setAt] = useState(Math.min(Math.max(0, first || 0), last));
  const choose = (step: number) => {
    const next = Math.min(Math.max(0, step), last);
    setAt(next);
    history.replaceState(null, "", toEpisode(run, episode.id, next));
  };
  useKeys((key) => {
    if (key === "ArrowLeft") choose(at - 1);
    else if (key === "ArrowRight") choose(at + 1);
    else if (key === "Home") choose(0);
    else if (key === "End") choose(last);
    else return false;
    return true;
  });
  return (
    <>
      <div class="head">
        <h1>{episode.taskKey}</h1>
        <Outcome {...episode} />
        <span class="dim">
          {episode.label}, policy {episode.policyVersion} · {plural(episode.steps, "step")}, best known{" "}
          {episode.optimum} · reward {episode.reward.toFixed(2)}
        </span>
        <span class="grow" />
        {episode.iteration !== undefined && (
          <a class="button" href={toIteration(run, episode.iteration)}>Iteration {episode.iteration}</a>
        )}
      </div>
      <p class="goal big">{episode.goal}</p>
      <Verdict episode={episode} />
      <Unpaid run={run} episode={episode} />
      <Film run={run} episode={episode} at={at} choose={choose} />
      {!hasPages(episode) && <NoPages what="this episode" />}
      <StepShown run={run} episode={episode} at={at} />
    </>
  );
}

export function Verdict(
  { episode: { verdict, success, stop } }: { readonly episode: Pick<Episode, "verdict" | "success" | "stop"> },
) {
  return (
    <p class="verdict">
      <b class={success ? "good" : "bad"}>{success ? "Solved" : "Not solved"}</b>: {verdict.reason}{" "}
      <span class="dim">({verdict.by})</span> {!success && <span>· ended because {endOf(stop)}</span>}
      {verdict.strict && (
        <span>
          {" · strictly "}
          <b class={verdict.strict.success ? "good" : "bad"}>{verdict.strict.success ? "solved" : "not solved"}</b>:
          {" "}
          {verdict.strict.reason}
        </span>
      )}
    </p>
  );
}

/** What an episode that failed was not paid, each with a step of another episode that was. */
function Unpaid(
  { run, episode: { unpaid = [], template } }: { readonly run: string; readonly episode: Episode },
) {
  if (unpaid.length === 0) return null;
  return (
    <p class="unpaid">
      <b>Rewards missed</b>{" "}
      <span class="dim">
        by this episode and earned by others of the family {words(template)}; each leads to the step that earned it:
      </span>
      {unpaid.map(({ name, value, episode, step }) => (
        <a
          key={name}
          class="badge off"
          href={toEpisode(run, episode, step)}
          title={`earned in step ${step} of ${episode}`}
        >
          {name} {signed(value)}
        </a>
      ))}
    </p>
  );
}

/** One mark for an action: the control that it names, else the place where it landed. */
function markOf({ el, place, said, page }: Episode["trace"][number]): PageMark | undefined {
  const isHere = page?.controls.some(({ id }) => id === el);
  if (el !== undefined && isHere) return { el, label: "", kind: "chosen", isLit: true };
  return place && { place, label: said, kind: "click" };
}

/** One step large: the page with the mark of the action, and beside it what was said, paid and changed. */
export function StepShown(
  { run, episode, at }: { readonly run: string; readonly episode: Episode; readonly at: number },
) {
  const step = episode.trace[at];
  const page = step ? step.page : episode.last;
  const mark = step && markOf(step);
  const next = at + 1 < episode.trace.length ? episode.trace[at + 1]?.page : episode.last;
  const isSeen = hasPages(episode);
  return (
    <div class={isSeen ? "two" : "one"}>
      {isSeen && (
        <div class="stuck">
          {page
            ? <PageFigure run={run} of={episode.of} page={page} marks={mark ? [mark] : []} isPlain />
            : <p class="notice">The page of this step was not kept.</p>}
          {page && mark && (
            <p class="dim key">
              <i class={`key-${mark.kind}`} />
              {mark.kind === "chosen" ? "the control of this step's action" : "where this step's action landed"}
            </p>
          )}
          {page && (
            <p class="dim">
              {page.title} · {page.url}
              {page.canOpen && <OpenPage run={run} of={episode.of} point={page.point} />}
            </p>
          )}
        </div>
      )}
      <div class="step">
        {step
          ? (
            <>
              <h2>Step {at}</h2>
              <code class="said block">{step.said}</code>
              {step.text !== "" && step.text !== step.said && (
                <>
                  <p class="caption">What the policy wrote</p>
                  <pre class="text">{step.text}</pre>
                </>
              )}
              {step.unread !== undefined && <p class="bad">not read: {step.unread}</p>}
              {step.error !== undefined && <p class="bad">{step.error}</p>}
              <p class="row">
                <span>
                  reward <b>{signed(step.reward)}</b>
                </span>
                {step.logprob !== undefined && <span class="dim">log p {step.logprob.toFixed(3)}</span>}
                {step.group !== undefined && <a href={toGroup(run, step.group)}>its group, {step.group}</a>}
              </p>
              <Terms terms={step.terms} />
              {isSeen && <h3>What changed</h3>}
              {step.change ? <Change change={step.change} most={8} /> : isSeen && (
                <p class="dim">
                  {page && next ? "nothing that a person reads" : "unknown: the page before or after it was not kept"}
                </p>
              )}
            </>
          )
          : (
            <>
              <h2>The end</h2>
              <Verdict episode={episode} />
            </>
          )}
      </div>
    </div>
  );
}
