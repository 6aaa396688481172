import { useEffect, useRef, useState } from "preact/hooks";
import type { AnswerTo } from "../answers.ts";
import { pictureOf } from "./client.ts";
import { Controls } from "./page-figure.tsx";

type Episode = AnswerTo<"episode">;
type Page = NonNullable<Episode["last"]>;

/** The steps of an episode as small pictures, the end last; `at` is the one shown large. Without pages they are words. */
export function Film({ run, episode, at, choose, parts }: {
  readonly run: string;
  readonly episode: Episode;
  readonly at: number;
  readonly choose: (step: number) => void;
  /** The step in which it parts from another episode. */
  readonly parts?: number | undefined;
}) {
  const frames = [...episode.trace.map((step) => ({ page: step.page, said: step.said, reward: step.reward })), {
    page: episode.last,
    said: "the end",
    reward: 0,
  }];
  const own = useRef<HTMLDivElement>(null);
  useEffect(() => {
    own.current?.querySelector(".frame.on")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [at]);
  return (
    <div class="film" ref={own} role="tablist" aria-label="Steps">
      {frames.map(({ page, said, reward }, i) => (
        <button
          key={i}
          type="button"
          role="tab"
          aria-selected={i === at}
          class={`frame${i === at ? " on" : ""}${i === parts ? " parts" : ""}`}
          title={said}
          onClick={() => choose(i)}
        >
          {hasPages(episode) && (
            <span class={page ? "frame-picture" : "frame-picture none"}>
              {page ? <Small run={run} of={episode.of} page={page} /> : "page not kept"}
            </span>
          )}
          <span class="frame-said">
            <b>{i < frames.length - 1 ? i : "■"}</b> {said}
          </span>
          {reward !== 0 && (
            <span class={reward < 0 ? "frame-reward bad" : "frame-reward good"}>{reward.toFixed(2)}</span>
          )}
        </button>
      ))}
    </div>
  );
}

/** Whether any page of an episode was kept. */
export const hasPages = ({ trace, last }: Pick<Episode, "trace" | "last">): boolean =>
  last !== undefined || trace.some(({ page }) => page !== undefined);

/** A page's picture; its controls until it is there, and where none can be made. */
function Small({ run, of, page }: { readonly run: string; readonly of: string; readonly page: Page }) {
  const source = page.hasPicture ? pictureOf(run, of, page.point) : undefined;
  const [state, setState] = useState<{ readonly source: string; readonly is: "there" | "none" }>();
  const is = state?.source === source ? state?.is : undefined;
  return (
    <>
      {is !== "there" && <Controls page={page} />}
      {source !== undefined && is !== "none" && (
        <img
          src={source}
          alt=""
          loading="lazy"
          onLoad={() => setState({ source, is: "there" })}
          onError={() => setState({ source, is: "none" })}
        />
      )}
    </>
  );
}
