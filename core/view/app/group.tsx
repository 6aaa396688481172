import { useMemo, useState } from "preact/hooks";
import type { AnswerTo } from "../answers.ts";
import { Change } from "./change.tsx";
import { pictureOf } from "./client.ts";
import { toGroup, toTree } from "./links.ts";
import { OpenPage } from "./open-page.tsx";
import { PageFigure, type PageMark } from "./page-figure.tsx";
import { causeWords } from "./metric-words.ts";
import { NoPages } from "./no-pages.tsx";
import { Waiting } from "./parts.tsx";
import { reachOf, RewardBar, Terms } from "./reward-bar.tsx";
import { type Asked, useAnswer, useKeys } from "./state.ts";
import { plural, signed, words } from "./words.ts";

type GroupValue = AnswerTo<"group">;
type Decision = NonNullable<GroupValue["first"]>;
type Sibling = Decision["siblings"][number];

/** One group: the page it was sampled at with what the candidates hit, and the siblings side by side. */
export function GroupView({ run, id }: { readonly run: string; readonly id: string }) {
  const asked = useAnswer("group", { run, id });
  return (
    <Waiting asked={asked}>
      {(group) =>
        group.hasWhole
          ? <Large key={id} run={run} group={group} />
          : <Shown key={id} run={run} group={group} whole={{ value: { ...group, titles: [] } }} />}
    </Waiting>
  );
}

/** A group of which more is said when all of its decisions are read: that comes behind the page. */
function Large({ run, group }: { readonly run: string; readonly group: GroupValue }) {
  return <Shown run={run} group={group} whole={useAnswer("whole", { run, id: group.id })} />;
}

function Shown(
  { run, group, whole }: {
    readonly run: string;
    readonly group: GroupValue;
    readonly whole: Asked<AnswerTo<"whole">>;
  },
) {
  const [at, setAt] = useState(0);
  const id = group.decisions[at];
  const place = group.groups.indexOf(group.id);
  const [before, after] = [group.groups[place - 1], group.groups[place + 1]];
  const go = (id: string | undefined) => id !== undefined && location.assign(toGroup(run, id));
  useKeys((key) => {
    if (key === "ArrowLeft") go(before);
    else if (key === "ArrowRight") go(after);
    else if (key === "j" && at + 1 < group.decisions.length) setAt(at + 1);
    else if (key === "k" && at > 0) setAt(at - 1);
    else return false;
    return true;
  });
  return (
    <>
      <div class="head">
        <h1>Group {group.id}</h1>
        {before !== undefined && <a class="button" href={toGroup(run, before)} aria-label="Group before">←</a>}
        {group.groups.length > 1 && <span class="dim">{place + 1} of {group.groups.length}</span>}
        {after !== undefined && <a class="button" href={toGroup(run, after)} aria-label="Group after">→</a>}
        <span class="grow" />
        {whole.value && (whole.value.dead === undefined
          ? <span class="badge">learned from</span>
          : (
            <span class="badge off" title={causeWords[whole.value.dead]}>
              no gradient: {words(whole.value.dead)}
            </span>
          ))}
        <span class="dim">{group.shape} group · policy {group.policyVersion} · temperature {group.temperature}</span>
        {group.hasTree && <a class="button" href={toTree(run, group.id)}>Tree</a>}
      </div>
      <p class="goal big">
        {group.goal}
        <span class="dim">{group.taskKey}</span>
      </p>
      {group.decisions.length > 1 && (
        <label class="row">
          <span class="dim">{plural(group.decisions.length, "decision")}, j and k move</span>
          <Decisions group={group} whole={whole} at={at} choose={setAt} />
        </label>
      )}
      {at === 0 && group.first && <Siblings run={run} slot={group.slot} decision={group.first} next={after} />}
      {at > 0 && id !== undefined && <OtherDecision key={id} run={run} group={group} id={id} />}
    </>
  );
}

/** The decisions to choose from, as soon as it is known what they are called. */
function Decisions({ group, whole: { value, error }, at, choose }: {
  readonly group: GroupValue;
  readonly whole: Asked<AnswerTo<"whole">>;
  readonly at: number;
  readonly choose: (at: number) => void;
}) {
  const option = (i: number) => (
    <option key={i} value={i}>{value?.titles[i] ?? `decision ${group.decisions[i]}`}</option>
  );
  const all = useMemo(() => (value || error) && group.decisions.map((_, i) => option(i)), [group, value, error]);
  return <select value={at} onChange={(e) => choose(Number(e.currentTarget.value))}>{all ?? option(at)}</select>;
}

/** A decision behind the first one, which is asked for when somebody looks at it. */
function OtherDecision(
  { run, group, id }: { readonly run: string; readonly group: GroupValue; readonly id: number },
) {
  const asked = useAnswer("decision", { run, group: group.id, decision: String(id) });
  return (
    <Waiting asked={asked}>
      {(decision) => decision && <Siblings run={run} slot={group.slot} decision={decision} next={undefined} />}
    </Waiting>
  );
}

/** Samples of one action, which were executed once and share everything but their numbers. */
interface Same extends Sibling {
  /** From 1, in the order in which they were sampled. */
  readonly numbers: readonly number[];
}

function sameOnes(siblings: readonly Sibling[]): readonly Same[] {
  const found: { -readonly [K in keyof Same]: Same[K] }[] = [];
  for (const [i, sibling] of siblings.entries()) {
    const known = found.find((one) => one.said === sibling.said && one.advantage === sibling.advantage);
    if (!known) found.push({ ...sibling, numbers: [i + 1] });
    else {
      known.numbers = [...known.numbers, i + 1];
      known.isChosen ||= sibling.isChosen;
    }
  }
  return found;
}

function Siblings({ run, slot, decision, next }: {
  readonly run: string;
  readonly slot: string;
  readonly decision: Decision;
  readonly next: string | undefined;
}) {
  const [lit, setLit] = useState<number>();
  const { page } = decision;
  const siblings = sameOnes(decision.siblings);
  const most = Math.max(0.01, ...siblings.map(({ terms }) => reachOf(terms)));
  const reach = Math.max(0.001, ...siblings.map(({ advantage = 0 }) => Math.abs(advantage)));
  return (
    <div class={page ? "two" : "one"}>
      {page
        ? (
          <div class="stuck">
            <PageFigure
              run={run}
              of={slot}
              page={page}
              marks={marksOf(siblings, lit)}
              onPick={(el) => setLit(siblings.findIndex((s) => s.el === el))}
            />
            <p class="dim key">
              <i class="key-sampled" /> where the samples of these numbers hit
              {siblings.some(({ isChosen }) => isChosen) && (
                <>
                  <i class="key-chosen" /> the one that the episode went on with
                </>
              )}
            </p>
            <p class="dim">
              {page.title} · {page.url} · {plural(page.controls.length, "control")} the policy could act on
              {page.canOpen && <OpenPage run={run} of={slot} point={page.point} />}
            </p>
          </div>
        )
        : <NoPages what="this group" />}
      <div class="siblings">
        {siblings.map((sibling, i) => (
          <SiblingCard
            key={i}
            sibling={sibling}
            bars={{ most, reach }}
            isLit={lit === i}
            light={() => setLit(i)}
            picture={sibling.to === undefined ? undefined : pictureOf(run, slot, sibling.to)}
            next={sibling.isChosen && next !== undefined ? toGroup(run, next) : undefined}
          />
        ))}
      </div>
    </div>
  );
}

/** What hit one control shares a mark: "1 4 5". */
function marksOf(siblings: readonly Same[], lit: number | undefined): readonly PageMark[] {
  const grouped = new Map<string, number[]>();
  for (const [i, { el, place }] of siblings.entries()) {
    const key = el ?? place?.join(",");
    if (key !== undefined) grouped.set(key, [...grouped.get(key) ?? [], i]);
  }
  return [...grouped.values()].map((places): PageMark => {
    const first = siblings[places[0]!]!;
    return {
      el: first.el,
      place: first.place,
      label: places.flatMap((i) => siblings[i]!.numbers).sort((a, b) => a - b).join(" "),
      kind: places.some((i) => siblings[i]!.isChosen) ? "chosen" : "sampled",
      isLit: lit !== undefined && places.includes(lit),
    };
  });
}

function SiblingCard({ sibling: s, bars, isLit, light, picture, next }: {
  readonly sibling: Same;
  readonly bars: { readonly most: number; readonly reach: number };
  readonly isLit: boolean;
  readonly light: () => void;
  readonly picture: string | undefined;
  readonly next: string | undefined;
}) {
  const advantage = s.advantage ?? 0;
  return (
    <article
      class={`sibling${s.isChosen ? " chosen" : ""}${isLit ? " lit" : ""}`}
      onMouseEnter={light}
      data-sibling={s.numbers.join(" ")}
    >
      <div class="sibling-head">
        {s.numbers.map((n) => <span key={n} class="number">{n}</span>)}
        <code class="said">{s.said}</code>
        <span class="grow" />
        {s.stop !== undefined && (
          <span class={s.success ? "outcome good" : "outcome bad"} title={s.reason}>{words(s.stop)}</span>
        )}
        {s.isChosen && <span class="badge">{next === undefined ? "followed" : <a href={next}>followed →</a>}</span>}
      </div>
      <div class="sibling-body">
        <div class="figures">
          <span class="figure-row">
            <span class="dim">reward</span>
            <b>{s.reward === undefined ? "not tried" : s.reward.toFixed(2)}</b>
            <RewardBar terms={s.terms} most={bars.most} />
          </span>
          <span class="figure-row">
            <span class="dim">advantage</span>
            <b>{s.advantage === undefined ? "–" : signed(advantage, 3)}</b>
            <span class="rewardbar">
              <span class="rewardbar-side down">
                {advantage < 0 && <i class="adv-down" style={{ width: `${-advantage / bars.reach * 100}%` }} />}
              </span>
              <span class="rewardbar-side up">
                {advantage > 0 && <i class="adv-up" style={{ width: `${advantage / bars.reach * 100}%` }} />}
              </span>
            </span>
          </span>
          <span class="figure-row">
            <span class="dim">log p</span>
            <b>{s.logprob === undefined ? "–" : s.logprob.toFixed(3)}</b>
            {s.logprob !== undefined && <span class="dim">p {Math.exp(s.logprob).toFixed(3)}</span>}
          </span>
          <Terms terms={s.terms} />
          {s.error !== undefined && <p class="bad">{s.error}</p>}
          {s.change ? <Change change={s.change} most={3} /> : s.to !== undefined && <p class="dim">nothing changed</p>}
        </div>
        {picture !== undefined && <NextPicture source={picture} title={s.toTitle ?? ""} link={next} />}
      </div>
    </article>
  );
}

/** The page it led to, small; nothing where no picture of it can be made. */
function NextPicture(
  { source, title, link }: { readonly source: string; readonly title: string; readonly link: string | undefined },
) {
  const [isNone, setNone] = useState(false);
  if (isNone) return null;
  const picture = (
    <img
      class="thumb"
      src={source}
      alt={`Led to ${title}`}
      loading="lazy"
      onError={() => setNone(true)}
    />
  );
  return link === undefined ? picture : <a href={link}>{picture}</a>;
}
