import { useEffect, useRef, useState } from "preact/hooks";
import type { AnswerTo } from "../answers.ts";
import { pictureOf } from "./client.ts";

type Episode = AnswerTo<"episode">;

/** The steps of an episode as small pictures, the end last; `at` is the one shown large. */
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
          onClick={() => choose(i)}
        >
          <span class="frame-picture">
            {page?.hasPicture && <Small source={pictureOf(run, episode.of, page.point)} />}
          </span>
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

function Small({ source }: { readonly source: string | undefined }) {
  const [isNone, setNone] = useState(false);
  return isNone || source === undefined
    ? null
    : <img src={source} alt="" loading="lazy" onError={() => setNone(true)} />;
}
