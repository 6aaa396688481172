import {
  frameReader,
  type FrameRules,
  type FreeReader,
  indexAt,
  phrasesAfter,
  spelledAs,
  type Step,
  type Told,
  toldOf,
} from "halo-agent/site";
import { examplesIn } from "halo-agent/site/assets";
import { colors, taskLists } from "../state/state.ts";
import { repeatName } from "../state/repeat.ts";
import { readDate } from "../state/time.ts";
import { bare, day, foreign, frames, more, time } from "./frames.ts";
import { acts, doubts, keeps, namesIt, tells, titles } from "./doubts.ts";
import { begins, names, things, vocabulary } from "./lexicon.ts";
import { plainly, titled } from "./titled.ts";
import { dayMeant, timeMeant } from "./when.ts";

/** Reads a goal about a calendar in free wording. */
export const readCalendarGoal: FreeReader = frameReader({
  vocabulary,
  names,
  marked: (told) => withVerbs(plainly(titled(told))),
  begins,
  frames,
  foreign,
  more,
  things,
  keeps,
  titles,
  tells,
  acts,
  doubts,
  joined,
  objects,
  examples: examplesIn(new URL("examples.txt", import.meta.url)),
});

const elided =
  /\b(?:and|plus|,)(?: (?:also|then|and))*(?= (?:(?:the|my|that) (?:event|task|calendar)|(?:an?|another)(?: new)? (?:event|task|calendar)) )/;

/** "Delete the event X and also the task Y": the second one has the verb of the first. */
function withVerbs(told: Told): Told {
  const verb = /\b(?:delete|create|complete|hide|rename)\b/.exec(told.plain);
  const found = elided.exec(told.plain);
  if (verb === null || found === null || found.index < verb.index) return told;
  const at = indexAt(told, found.index + found[0].length);
  const isNew = /^(?:an?|another)$/.test(told.tokens[at]!.low);
  if (isNew !== (verb[0] === "create")) return told;
  const { start } = told.tokens[at]!;
  return toldOf(told.goal, [
    ...told.tokens.slice(0, at),
    { low: verb[0], raw: verb[0], start, end: start },
    ...told.tokens.slice(at),
  ]);
}

/** To find and to delete are one errand; what only finds asks for nothing; a bare appointment is to be put in. */
function joined(steps: readonly Step[], whole: Told): readonly Step[] {
  const isKnown = /§event|§q/u.test(whole.plain);
  // "The gala is on the 27th at two" tells of something new, "Eye test is at two now" of another time.
  if (!isKnown && steps.some(({ kind, isCommand }) => !isCommand && /^(?:reschedule|set_location)$/.test(kind))) {
    if (!changes.test(whole.plain) && dated.test(whole.plain)) return [];
  }
  const kept = steps.flatMap((step, i) =>
    step.kind === "find"
      ? []
      : step.kind === "delete_event" && steps[i - 1]?.kind === "find"
      ? [{ ...step, kind: "search_delete" }]
      : [step]
  );
  if (steps.some(({ kind }) => kind === "move_to_place")) {
    return steps.map((step) => step.kind === "move_to_place" ? { ...step, kind: "set_location" } : step);
  }
  if (steps.length === 0 && bare.test(whole.plain) && !/[?]/.test(whole.plain)) {
    return [{ kind: "create_event", decided: "a day and a time", told: whole, isCommand: true }];
  }
  const has = (kinds: RegExp): boolean => kept.some(({ kind }) => kinds.test(kind));
  const isOfTasks = /^(?:[^,.;]* )?(?:in|on|from) (?:my|the|our) task\b/.test(whole.plain) &&
    !/(?<!§)\b(?:event|calendar)\b|§event/.test(whole.plain);
  const isOfTask = ({ kind, told }: Step): boolean =>
    kind === "delete_event" &&
    (kept.length === 1 ? /\btask\b|§task/.test(whole.plain) : namesTask(told, whole) || isOfTasks);
  if (kept.some(isOfTask)) return kept.map((step) => isOfTask(step) ? { ...step, kind: "delete_task" } : step);
  // A title of its own makes a thing of its own.
  const titleIn = ({ tokens }: Told): string | undefined =>
    tokens.find(({ low }, i) => low === "§q" && tokens[i - 1]?.low !== "option")?.raw;
  const isOther = (told: Told): boolean => {
    const title = titleIn(told);
    return title !== undefined &&
      kept.every((one) => one.told === told || titleIn(one.told) !== undefined) &&
      !kept.some((one) => one.told !== told && one.told.tokens.some(({ raw }) => raw === title));
  };
  return kept.filter(({ kind, told }) =>
    !(kind === "create_event" && has(/^(?:all_day|repeat|video)$/) && !isOther(told)) &&
    !(kind === "rename_event" && (!isKnown || namesIt.test(told.plain)) && has(makes)) &&
    !(kind === "create_event" && has(/^create_calendar$/) && !dated.test(whole.plain)) &&
    !(kind === "create_event" && has(/^invite$/) && /^create (?:him|her|them|both)\b/.test(told.plain)) &&
    !(kind === "set_location" && has(/^invite$/) && !/^(?:set|change|update)\b/.test(told.plain)) &&
    !(kind === "delete_event" && !/§event|§q/.test(told.plain) && has(/^(?:delete|complete)_task$/))
  );
}

/** "I no longer need the task X, delete it": the quoted text of a step is called a task elsewhere in the goal. */
function namesTask(told: Told, { tokens }: Told): boolean {
  const quoted = told.tokens.filter(({ low }) => low === "§q").map(({ raw }) => raw);
  return tokens.some(({ low, raw }, i) => low === "§q" && quoted.includes(raw) && tokens[i - 1]?.low === "task");
}

/** Kinds that make something new. */
const makes = /^(?:create_(?:event|calendar|task)|all_day|repeat|video)$/;

const changes = /\b(?:instead|now|rather|no longer|from now on|earlier|later|move|change|new time|new place)\b/;
const dated = new RegExp(day, "u");

const stop =
  /^(?:to|at|on|from|by|for|in|into|off|out|and|with|until|as|is|are|was|will|should|so|because|please|then|that|which|one|back|forward|later|earlier|called|title|complete|away|be|instead|,|any|no|not|needs|has|takes|starts|begins|does|'s|of|just|over|down|under)$/;
const verb =
  /\b(?:delete|move|rename|invite .* to|complete|create|find|search for|look up|look for|get rid of|call off|throw out|put|take|call|tick off|check off|title of|location of|description of|(?:description|note) text of|event|for|kill|change|task|to)(?: (?:to|:|called|title|off|out|down|up|in|me))*(?= )/;

function objects({ kind, told }: Step, whole: Told): ReturnType<FrameRules["objects"]> {
  const raws = (mark: string): readonly string[] => spelledAs(mark, { told, whole });
  const quoted = raws("§q");
  const mark = /_task/.test(kind) ? "§task" : "§event";
  // "… and 'Choir' should move" is about no event before it.
  const isQuoted = /^(?:delete|reschedule|invite|search)/.test(kind) && /§q/.test(told.plain) &&
    !told.plain.includes(mark);
  const [event] = isQuoted ? [] : raws(mark);
  const phrase = phrasesAfter(told, verb, { stop, most: 6 }).find((one) => !/^(?:it|that|this|them|there)$/i.test(one));
  const found = (pattern: string): string | undefined => new RegExp(`\\b${pattern}`, "u").exec(whole.plain)?.[0].trim();
  const [first, second] = quoted;
  const thing = event ?? (/^(?:rename|set_l|describe)/.test(kind) && quoted.length > 1 ? first : undefined) ??
    (/^(?:delete|search|reschedule|invite|complete|create_[et]|all|repeat|video)/.test(kind) ? first : undefined) ??
    phrase;
  // What is to be written may stand behind a colon, without quotation marks.
  const behind = /:\s+([^:"“]+?)[.!]?\s*(?:[.!] .*)?$/u.exec(whole.goal)?.[1];
  const isNamed = event === undefined && first !== undefined && thing?.includes(first) === true;
  const written = isNamed ? second ?? behind : first ?? (event === undefined ? undefined : behind);
  const [saidDay, saidTime] = [found(`(?:next |this |coming )?${day}`), found(time)];
  const date = saidDay && dayMeant(saidDay);
  const at = saidTime && timeMeant(saidTime);
  const isThere = event !== undefined && /^(?:all_day|repeat|video)$/.test(kind) &&
    !/\b(?:create|new)\b/.test(told.plain);
  const color = Object.keys(colors).find((one) => whole.plain.includes(one.toLowerCase()));
  const list = taskLists.find((one) => new RegExp(`\\b${one} list\\b`, "i").test(whole.goal));
  return {
    ...(/_calendar/.test(kind)
      ? { calendar: raws("§calendar")[0] ?? (told.plain.includes("§q") ? first : phrase ?? first) }
      : { title: isNamed ? first : thing }),
    ...(kind === "color_calendar" && { color }),
    ...(kind === "rename_event" && { other: written }),
    ...(kind === "set_location" && { place: written }),
    ...(kind === "describe" && { note: written }),
    ...(kind === "invite" && { person: raws("§person")[0] ?? raws("§a")[0] }),
    ...(/^(?:create_event|all_day|repeat|video|reschedule)/.test(kind) && { day: date }),
    ...(/^(?:create_event|reschedule)/.test(kind) && { time: at }),
    ...(isThere && { state: "there" }),
    ...(kind === "repeat" && { repeat: repeatOf(whole.plain, date) }),
    ...(kind === "create_task" && { list }),
  };
}

/** The way to repeat that words mean, as the list of choices names it. */
function repeatOf(plain: string, day: string | undefined): string | undefined {
  if (/\b(?:weekdays?|workdays?|mon(?:day)? to fri)/.test(plain)) return repeatName("weekdays", "");
  if (/\b(?:daily|every (?:single )?(?:day|morning|evening)|each day)\b/.test(plain)) return repeatName("daily", "");
  const first = day && readDate(day);
  if (first === undefined) return undefined;
  if (/\b(?:monthly|(?:every|each|a) month)\b/.test(plain)) return repeatName("monthly", first);
  if (/\b(?:yearly|annual(?:ly)?|(?:every|each|a) year)\b/.test(plain)) return repeatName("yearly", first);
  return /\b(?:weekly|(?:every|each|a) week|(?:every|each) \p{L}+day|\p{L}+days)\b/u.test(plain)
    ? repeatName("weekly", first)
    : undefined;
}
