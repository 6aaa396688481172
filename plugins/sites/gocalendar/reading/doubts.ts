import type { Step, Told } from "halo-agent/site";
import { day, occasion, time } from "./frames.ts";

const makes =
  "create|make|set|put|add|get|give|have|need|want|let|enter|pop|stick|mark|note|write|fit|squeeze|slot|include|hold|keep|save|start|begin|place|block|use|jot|type|fill|call|title|plan|book|update|change|edit|help|like|reserve|do|take|turn|switch|convert|attach|bring|drop|file|feature|apply|new|another|event|one";

const noLetter = /^(?!tell|ask|send|mail|inform|warn|message|notify|announce|print|read)/;

/** How a unit of a kind begins, where it begins with a verb. */
export const acts: Readonly<Record<string, RegExp>> = {
  create_event: new RegExp(`^(?:${makes})\\b`),
  all_day: new RegExp(`^(?:${makes}|show|invent|extend)\\b`),
  repeat:
    /^(?!record|tell|ask|send|print|show|open|mail|write (?:an?|him|her|them) (?:e-?mail|mail|message)|find|search)/,
  video: new RegExp(`^(?:${makes.replace("|start|begin", "")})\\b`),
  invite:
    /^(?:create|invite|put|get|have|let|ask|bring|include|send|mail|want|need|make|tell|add|drop|enter|pop|stick|set|fill|write|loop|use|assign|type|place|give §person|rename)\b/,
  describe: new RegExp(
    `^(?:${makes}|say|mention|append|insert|open|leave|record|replace|send §event|write down|correct|fix|adjust)\\b`,
  ),
  reschedule:
    /^(?!tell|ask|write|send|mail|inform|warn|message|notify|announce|remind|find|search|show|check|look|print|read)/,
  delete_event:
    /^(?!tell|ask|write|send|mail|inform|warn|message|notify|announce|remind|print|read|check (?!off)|show)/,
  search_delete: noLetter,
  rename_event: noLetter,
  create_task: noLetter,
  complete_task: noLetter,
  delete_task: noLetter,
  hide_calendar: noLetter,
  color_calendar: noLetter,
  create_calendar: noLetter,
  set_location: new RegExp(
    `^(?!bring|take|do\\b|help)(?:${makes}|move|correct|fix|adjust|replace|relocate|tell|say|mention|record|switch|swap|modify|alter|amend|shift)\\b`,
  ),
};

/** Names what is made. */
export const titles =
  /^(?:call|title|name) (?:it|that|this)\b|^(?:call|title) (?:him|her|them) \S|^title (?!of|for)|^(?:i |we )?(?:need|want) (?!to\b|an? |the )(?:\p{L}+ ?){1,3}$/u;

/** Gives a name to what was spoken of before: "… and give it the title". */
export const namesIt = /\b(?:title|call|give) (?:it|this|that|the new (?:event|one))\b(?!.*§event)|\bits title\b/;

/** What stays as it is. */
export const keeps =
  /^keep (?:it|that|them)$|^(?:keep|leave) (?:the |my |our |this |that )?(?:§event|§task|§calendar|event|task|calendar|both|everything|all)\b(?!.*\b(?:start|begin|take place|happen|repeat|recur|last|be (?:at|on|in|called|title|green|red|blue|hidden)|join|come|note|description|free)\b)/;

/** Words with which what is only told asks for a change. */
export const tells =
  /\b(?:now|instead|rather|no longer|any ?more|any longer|from now on|off|delete|move|complete|not needed|not happening|later|earlier|actually|really|in fact|becomes?|today|wrong|incorrect|but in|must|should|needs?|has to|have to|is to|called off|will be|can go|want|over|obsolete|moot|superfluous|(?:is|are|begins?|starts?|on|at|to) \d|free of|create|every|each|daily|weekly|all day|whole day|not going|not taking|will not|does not|reads)\b/u;

/** Places and things outside of a calendar, where a command names one in a phrase of its own. */
const elsewhere =
  /\b(?:in|on|into|onto|to|with|from|via|through|at|by|using) (?:the |my |our |a |an |this |that |\p{L}+ 's |\p{L}+ )?(?:system|building|website|web site|browser|app|phone|telephone|smartphone|car|laptop|computer|desktop|tablet|watch|tv|fridge|door|wall|wiki|intranet|server|drive|cloud|dropbox|excel|word|notion|teams|zoom|facebook|instagram|reception|restaurant|hotel|airline|store|shop|bank|kitchen|mailbox|inbox)\b/u;
const texts = /^(?:create_|describe|rename|set_location|all_day|repeat|video)/;

const thing = new RegExp(
  `\\b(?:on|of) ${day}|§event|§q|(?<!§)\\bevent\\b|${occasion}|\\b(?:plan|slot|block|thing|result|hit|match|entry)\\b|day 's \\p{L}|\\b(?:off|from|out of) (?:the|my|our) calendar\\b|\\bmove .*\\bfrom ${time} to ${time}`,
  "u",
);
/** An event or two titles: more than the name of something new. */
const named = /§event|(?<!§)\bevent\b|§q.*§q/;
const moment = new RegExp(`${day}|${time}`, "u");
const dated = new RegExp(`${day}|${time}|§q.*§q|(?<!§)\\b(?:event|calendar)\\b`, "u");

/** Kinds, and words that turn one round or only look at what is there. */
const turned: readonly (readonly [kinds: RegExp, says: RegExp])[] = [
  [/^(?:create_|invite|describe|complete|repeat|all_day|video|color)/, /\b(?:no longer|any ?more|any longer)\b/],
  [
    /^create_/,
    /\b(?:the|my|our|that)\b.* (?:should|must|shall|needs to|has to|ought to|is to)(?: now| rather| really| better)? (?:be (?:called|title)|go by|read|(?:get|have) (?:the|a|another) title)\b/,
  ],
  [/^hide/, /\bno longer (?:be )?hide\b/],
  [
    /^(?:set_location|describe)$/,
    /\b(?:should|must|needs?|wants?)\b(?: have| get)? no (?:location|place|room|note|description)\b/,
  ],
  [/^repeat$/, /(?<!\b(?:every|each) )\bsingle\b|\b(?:one-time|one-off|no more)\b/],
  [/^(?:set_location|move_to_place)$/, /^move (?:the |my )?(?:task|to do)\b/],
  [
    /^create_event$/,
    /^(?:put|move|get|set) (?:the|my|our) (?:event|§event) .*\b(?:in|into|to) (?:the |my )?calendar (?:§calendar|\p{L}+) instead\b/u,
  ],
  [/^describe$/, /\bget (?:the |that |my )?(?:note|description) (?:out|off)\b/],
  [/^complete/, /^(?:take|get|pull) (?:the |that |its )?(?:tick|check|checkmark)\b/],
  [/^invite$/, /\boptional\b/],
  [
    /^create_task$/,
    /\b(?:make|put|set|have|get|give|change) (?:the|my|that) task (?:§q|§task) (?!(?:on|to|in|into|onto|down)\b)\p{L}|\b(?:the|my|that) task (?:§q|§task) (?:belongs|goes)\b/u,
  ],
  [/^delete_task$/, /\bno (?:other |further |new )?task\b/],
  [/^delete_task$/, /^(?:delete|get rid of) (?:the|my|this|that) (?:task |to do )?list\b(?! (?:entry|item))/],
  // "Make the event X red": one that is there becomes something else.
  [
    /^create_event$/,
    new RegExp(
      `^(?:make|mark|set|turn|keep|show|give) (?:just |only )?(?:the|my|our|this|that) event\\b(?!.*(?:${day}|${time}|\\bcalendar\\b))`,
    ),
  ],
  [/^reschedule$/, /^(?:end|stop)\b/],
  [/^(?:describe|set_location)$/, /^(?:leave|keep) (?:its|the|my) (?:description|note|location)\b(?!.*§q)/],
  // A part of an event is no event.
  [
    /^(?:search_)?delete/,
    /^(?:search )?delete (?:the |its |all |any |my )*(?:video call|video|meeting link|location|description|note|guests?|invitation)\b/,
  ],
  [
    /^(?:(?:search_)?delete_event|rename_event)$/,
    /^(?:delete|rename) (?:the|that|this|my|our) (?:\p{L}+ )?calendar\b(?! (?:event|entry))/u,
  ],
  [/^(?:search_)?delete/, /\bonly (?:the|this) next\b/],
];

/** Why a step is not sure: its words name no thing of its kind, or something outside of the calendar. */
export function doubts({ kind, told }: Step, whole: Told): string | undefined {
  const found = elsewhere.exec(told.plain);
  if (found !== null && (!texts.test(kind) || /\b(?:system|wiki)\b/.test(found[0]))) {
    return `it speaks of "${found[0]}"`;
  }
  const other = turned.find(([kinds, says]) => kinds.test(kind) && says.test(told.plain));
  if (other !== undefined) return `it says "${other[1].exec(told.plain)![0]}"`;
  const verb = told.tokens[0]?.raw.toLowerCase() ?? "";
  if (
    kind === "set_location" && /^(?:reserve|book|order)/.test(verb) &&
    !/\b(?:is|takes? place|meets?|happens?|moves?)\b/.test(told.plain)
  ) return `"${verb}" asks for a room`;
  if (
    /^(?:delete|complete)_task$/.test(kind) && !/§task|§q/.test(whole.plain) &&
    /\b(?:the|these|those) (?:\w+ )?tasks\b/i.test(whole.goal)
  ) {
    return "it means many tasks";
  }
  if (
    kind === "rename_event" && /\bcalendar title\b/.test(whole.plain) && !/§event|(?<!§)\bevent\b/.test(whole.plain)
  ) {
    return "it names a calendar";
  }
  if (/^(?:delete|move) (?:me|us|him|her|§person)\b/.test(told.plain)) return "it names a person";
  if (kind === "delete_task" && /^cancel/.test(verb) && !/(?<!§)\b(?:task|list)\b/.test(whole.plain)) {
    return "no task is canceled";
  }
  if (/^(?:delete_event|search_delete|reschedule|rename_event|invite|describe|set_location)$/.test(kind)) {
    if (!thing.test(whole.plain)) return "it names no event";
    if (
      kind === "delete_event" && /§calendar calendar\b/.test(told.plain) &&
      !/§event|(?<!§)\bevent\b|§q/.test(whole.plain)
    ) {
      return "it names a calendar";
    }
  }
  if (kind === "rename_event" && namesIt.test(told.plain) && !named.test(whole.plain)) {
    return "it names no event that is there";
  }
  if (/^(?:create_event|all_day)$/.test(kind)) {
    const isOfField = /\b(?:location|description|title|guest) (?!§q)/.test(whole.plain);
    if (!(isOfField ? moment : dated).test(whole.plain)) return "it names no day";
  }
  return undefined;
}
