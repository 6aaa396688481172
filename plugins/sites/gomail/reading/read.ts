import {
  type Command,
  commandsOf,
  endsTakenBack,
  type FreeReading,
  linked,
  refusal,
  strangeRequest,
  tell,
  type Token,
  type Told,
  toldOf,
} from "halo-agent/site";
import { controlOf } from "./controls.ts";
import { doubtOf } from "./doubt.ts";
import { deniesAll } from "./support.ts";
import { type Kind, kindOf } from "./kinds.ts";
import { commands, vocabulary } from "./lexicon.ts";
import { timeOf, writtenOf } from "./writes.ts";
import { asCommand, errandOf, hasMails, mailsPart, type Step } from "./objects.ts";
import { withoutPreamble } from "./preamble.ts";
import { masked } from "./masked.ts";
import { statedKind, tells } from "./stated.ts";
import { whichOf } from "./which.ts";

/** A goal's words, without "Go Mail:" before them. */
export const wordsOf = (goal: string): Told =>
  tell(goal.replace(/^\s*(?:(?:hey|hi|hello|dear)\s+)?(?:go\s?mail|assistant|agent)\s*[:,!-]\s*/i, ""), vocabulary);

/** Reads a mail goal in free wording: its errands in their order, each with its kind and objects. */
export function readMailGoal(goal: string): FreeReading {
  const said = wordsOf(goal);
  const told = linked(masked(withoutPreamble(said)));
  if (endsTakenBack.test(told.plain)) return refusal("it takes back what it asks for");
  const all = commandsOf(told, commands);
  if (all.length === 0) return stated(told);
  if (isQuestion(told) && !/[?.] /.test(told.plain)) return refusal("it asks a question");
  const errands: Step[] = [];
  let refused: Step | undefined;
  const kindless: Command[] = [];
  for (const [i, command] of all.entries()) {
    if (idle.test(command.acts) || (way.test(command.acts) && all.length > 1)) continue;
    const before = all[i - 1];
    const isSaid = before?.isNot === true || errands.at(-1)?.kind === "read" || before?.verb === "go into" ||
      way.test(before?.acts ?? "") ||
      before !== undefined && kindless.at(-1) === before && /^have no\b.*\blabel\b/.test(before.acts);
    const pressed = errands.at(-1);
    const control = pressed && controlOf(pressed.command, pressed.command.acts);
    if (control?.kind === "star" && takesOff.test(command.acts)) {
      pressed!.kind = "unstar";
      continue;
    }
    const said = all.slice(0, i).filter(({ verb, acts }) =>
      opens.test(verb) || way.test(acts) || /^(?:find|go to)/.test(verb)
    );
    const own = kindOf(
      command,
      polite.test(command.lead.plain) && isSaid
        ? [...new Set([...said, before!])].map(({ plain }) => plain).join(" , ")
        : undefined,
    ) ??
      labelledAs(command, errands.at(-1)?.kind);
    // "Using the button for that, write to Tom": what is done by it has its kind.
    const isBy = control?.isBare === true && !command.isNot && isDoneBy(control.kind, own?.kind);
    if (isBy) {
      errands.pop();
    }
    const found = isBy ? control : own;
    if (command.isNot) {
      const last = errands.at(-1);
      const isOver = command.isPassive && found?.kind === "star" &&
        /\b(?:no longer|any ?more|any longer)\b/.test(told.plain);
      if (isOver) errands.push({ kind: "unstar", decided: found.decided, command });
      if (/^(?:send|mail)$/.test(command.verb) && last?.kind === "compose") last.kind = "draft";
      refused = { kind: "read", decided: "", command };
      continue;
    }
    if (saysAgain(command, errands.at(-1)?.kind)) continue;
    if (found === undefined) {
      kindless.push(command);
      continue;
    }
    const { kind, decided } = found;
    if (kind === "") return refusal(`"${decided}" is nothing this site can do`);
    // "Hide it and have it return tomorrow."
    if (kind === "snooze" && kindless.at(-1)?.verb === "hide") {
      refused = { kind: "read", decided: "", command: kindless.pop()! };
    }
    errands.push({ ...sentLater(found, command), command, ...(refused && errands.length === 0 && { from: refused }) });
    refused = undefined;
  }
  // "Clear it from the inbox without deleting it."
  if (all.some((one) => one.isNot && kindOf(one)?.kind === "delete")) {
    for (const step of errands) {
      if (step.kind === "delete" && /\b(?:from|out of|off) (?:the |my )?inbox\b/.test(step.command.plain)) {
        step.kind = "archive";
      }
    }
  }
  // "Write to Tom, but I'd like to read it before it goes out."
  if (keptBack.test(said.plain)) { for (const step of errands) if (step.kind === "compose") step.kind = "draft"; }
  if (errands.length > 0 && errands.every(({ command }) => command.isPassive) && tells.test(told.plain)) {
    return refusal("it only tells of something");
  }
  const merged = mergedOf(errands);
  if (merged.length === 0) {
    const only: FreeReading = deniesAll(goal) ? refusal(nothing) : stated(told);
    // "Do not report it as spam" states nothing; "it is not spam" and "not before Monday" do.
    if (
      all.some(({ isNot }) => isNot) && "errands" in only &&
      !/^(?:snooze|not_spam|unstar|mark_read)$/.test(only.errands[0].kind)
    ) {
      return refusal("it only denies");
    }
    if ("errands" in only || only.isSure) return only;
    return all.some(({ isNot }) => isNot) ? refusal(nothing) : { unread: nothing };
  }
  const strange = strangeRequest(told, commands);
  if (strange !== undefined) return { unread: `"${strange}" is no verb of this site` };
  const [first, ...rest] = merged.map(errandOf);
  const doubt = doubtOf(goal, [first!, ...rest], {
    denied: all.filter(({ isNot }) => isNot),
    kindless,
  });
  return doubt ?? { errands: [first!, ...rest] };
}

const nothing = "its verbs name nothing of this site";

/** What leads to a page of the site on which something is to be done. */
const way =
  /^(?:open|go to|go into|visit|click|click on|enter)(?: up)?(?: (?:the|my|gomail))* (?:settings|contacts|address book)(?: (?:page|tab|screen|menu|section|view))?$/;
const polite = /^(?:(?:please|could|can|would|will|you|now|then|also|and|kindly) ?)*$/;
const takesOff = /^(?:remove|take|clear|undo) (?:it|that)\b(?: (?:off|away))?$/;

/** True where a kind of button and what is said behind it are one errand. */
const isDoneBy = (control: string, kind: string | undefined): boolean =>
  kind === undefined || kind === control || kind === "read" ||
  kind === "compose" && /^(?:schedule|reply|forward)$/.test(control) || kind === "label" && control === "create_label";

/** What only ends a doing on the page. */
const idle =
  /^(?:fix|correct|change|do) (?:it|that|this|both|all|them)(?: both| all)?$|^(?:say|tell (?:the )?(?:inbox|mailbox|site|app)) so$|^save(?: (?:,|and|the|this|my|that|your))*(?: (?:settings?|changes?|it))?(?: saved)?$/;

/** "It needs no star any more, take it off": the same again. */
const saysAgain = ({ acts }: Command, last: string | undefined): boolean =>
  (/^(?:restore|not_spam)$/.test(last ?? "") &&
    /^(?:back to the inbox with\b|(?:put|move|bring|get|place|return) (?:it|them|that) (?:back )?(?:in|into|to) (?:the |my )?inbox(?: again| too)?$)/
      .test(acts)) ||
  (last === "label" &&
    /^(?:put|file|move|sort|place|stick) (?:it|them|that|those) (?:in|under|into) (?:there|it)$|^(?:apply|add|attach|assign) (?:it|that|this)$/
      .test(acts)) ||
  (last === "vacation" && /^(?:(?:switch|turn) (?:it|that) on|(?:enable|activate) (?:it|that))$/.test(acts)) ||
  last === "unstar" &&
    /^(?:take|remove|get|drop|clear|delete|pull|lose|get rid of)\b(?: rid of)? (?:it|that|them|the stars?)(?: (?:off|away|out|from (?:it|there)))*$/
      .test(acts);

/** "… and put the boarding pass in it" behind a label to make. */
function labelledAs({ acts }: Command, last: string | undefined): Kind | undefined {
  return last === "create_label" &&
      /^(?:put|file|move|stick|add|sort|place|use|attach|apply|give|slap|assign)\b.*\b(?:in|into|under|on|onto|to|with|for|inside|there)\b/
        .test(acts)
    ? { kind: "label", decided: acts.split(" ").slice(0, 4).join(" ") }
    : undefined;
}

const keptBack =
  /, (?:but )?(?:do not|without|never) send(?:ing)?(?: it)?(?: off| out)?(?: yet)? ,|\b(?:(?:i will|i shall) (?:send|finish|complete) it(?: off| out)?(?: later| myself)|before (?:it|that|this) (?:goes out|is sent|goes|leaves|gets sent)|before (?:i |we )?send(?:ing)?(?: it)?|(?:is|be|gets?|it) (?:kept|saved|stored|left) (?:as|in|among|with) (?:a |an |the |my )*drafts?|(?:leave|keep) it (?:as|in|among) (?:a |an |the |my )*drafts?|(?:i|we) (?:can|could|will|shall|may|want to|would like to) send (?:it )?(?:later|myself)|leave it unfinished|finish it (?:later|myself)|send it myself|unfinished)\b/;

/** A goal that only says what should be. */
function stated(told: Told): FreeReading {
  const said = isQuestion(told) ? undefined : statedKind(told.plain.replace(/(?: (?:[.!?]|please|thanks))+$/, ""));
  const kind = said?.kind === "" ? undefined : said;
  const parts = kind === undefined ? sentencesOf(told) : [];
  if (parts.length > 1) {
    const found = parts.map(stated).flatMap((one) => "errands" in one ? one.errands : []);
    const [first, ...rest] = found.filter((one, i) => one.kind !== found[i - 1]?.kind);
    if (first !== undefined) return { errands: [first, ...rest] };
  }
  if (isQuestion(told)) return refusal("it asks a question");
  if (kind === undefined) return { unread: "no word says what to do" };
  const command = asCommand(told);
  const errand = errandOf({ ...sentLater(kind, command), command });
  const doubt = doubtOf(told.goal, [errand], { denied: [], kindless: [] });
  return doubt ?? { errands: [errand] };
}

function sentencesOf({ goal, tokens }: Told): readonly Told[] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (/^[.;!?]$/.test(token.low)) parts.push([]);
    else parts.at(-1)!.push(token);
  }
  return parts.filter((one) => one.length > 0).map((one) => toldOf(goal, one));
}

/** A mail to write that is to go out later is one to schedule. */
const sentLater = (kind: Kind, command: Command): Kind =>
  kind.kind === "compose" && isLater(command) || kind.kind === "draft" && timed.test(command.plain)
    ? { ...kind, kind: "schedule" }
    : kind;

function isQuestion({ plain }: Told): boolean {
  if (/^(?:is|are|was|were) .*\?$/.test(plain)) return true;
  return /^(?:how (?:many|much|do|can|often)|what|who|when|where|which|is there|are there|do i|did|does|has|have i|why)\b/
    .test(plain) &&
    !/\b(?:please|then)\b|^what \S+(?: \S+)? (?:wrote|sent|writes) (?:\S+ )?(?:can|should|must|may|needs?|belongs?)\b/
      .test(plain);
}

const timed =
  /\bmail(?: (?!that\b|which\b|§q)\S+){0,3} (?:(?:ready )?to|that|which|should|must|has to|is to) (?:leaves?|go(?:es)? out|be sent|be delivered|arrives?|go(?:es)? off) (?:on|at|tomorrow|next|this|later|in the|first thing|\w+day)\b/;

/** A time behind all the words to write. */
const behind =
  /§q ,? ?(?:(?:on|at|for|this|next|by) )?(?:tomorrow|tonight|later|(?:mon|tues|wednes|thurs|fri|satur|sun)day|next week)(?: (?:today|at|in the|morning|afternoon|evening|night|noon|\d\S*))*$/;

/** A mail that is to go out at a time of its own, not one about a time. */
function isLater(command: Command): boolean {
  const { acts, plain, tokens, goal } = command;
  if (
    /\b(?:it|this|that|which|and|but|then)(?: (?:should|must|has|have|needs|to|can|shall|only|just))* (?:goes out|leaves|is sent|gets sent|is delivered|go out|be sent|be delivered|send it|send this|send) (?:only |just |out )?(?:later|on|at|tomorrow|next|this|in the|first thing|\w+day)\b/
      .test(plain)
  ) return true;
  if (timed.test(plain) || /\b(?:schedule send|send later)\b/.test(command.lead.plain)) return true;
  if (/^not (?:right )?(?:now|today|yet|at once)\b/.test(command.lead.plain)) return timeOf(command.lead) !== undefined;
  if (behind.test(plain)) return true;
  if (!/^(?:send|mail|message|write|plan)\b/.test(acts)) return false;
  if (/ sent\b/.test(plain) && command.isPassive) return timeOf(command) !== undefined;
  if (/\bnot (?:now|today|yet|earlier|before)\b/.test(plain)) return timeOf({ goal, plain, tokens }) !== undefined;
  const head =
    / (?:about|regarding|concerning|saying|asking|telling|that|to (?:ask|tell|say|see|let|thank|wish|invite|remind|confirm|apologi[sz]e)|inviting|thanking|reminding|telling|subject|titled|if|whether|when|where|with|on the|for (?:the|our|my)|re\b|(?<!^(?:send|mail|message|write) )§q|:|,|\()/
      .exec(plain);
  const end = head === null ? plain.length : head.index;
  const n = plain.slice(0, end).trim().split(" ").length;
  return timeOf({ goal, plain: plain.slice(0, end).trim(), tokens: tokens.slice(0, n) }) !== undefined;
}

const mailKinds =
  /^(?:star|unstar|mark_read|mark_unread|archive|delete|spam|not_spam|restore|snooze|label|reply|forward)$/;
const opens =
  /^(?:open|read|bring up|pull up|click into|go into|look into|look inside|have a look inside|click|click on|show|display|click into|look at|view|check|check out|have a look at|take a look at|go through)$/;
const writing = /^(?:compose|draft|schedule)$/;
/** Says more of what is being written. */
const saysMore =
  /^(?:say|write|tell|ask|use|type|mention|add|put|text|confirm|request|thank|let|wish|apologize to|send|have it go out|have it sent|save|keep|leave|schedule|queue|draft|set|mail)\b/;

/** Joins steps that are one errand: find and act, open and star, reply and label, write and keep as a draft. */
function mergedOf(steps: readonly Step[]): readonly Step[] {
  const merged: Step[] = [];
  const instead = (step: Step): void => {
    merged[merged.length - 1] = step;
  };
  for (const step of steps) {
    const last = merged.at(-1);
    const refers = isReferring(step);
    if (last === undefined) merged.push(step);
    // "Write and send a mail".
    else if (writing.test(last.kind) && !/ /.test(last.command.plain)) instead(step);
    else if (last.kind === "read") {
      if (step.kind === "read") instead(refers ? { ...step, from: last } : step);
      else if (step.kind === "contact") instead({ ...step, from: last.from ?? last });
      else if (!refers || !mailKinds.test(step.kind)) instead(step);
      else {
        const isOpened = [last, last.from].some((one) => one !== undefined && opens.test(one.command.verb));
        const isBoth = step.kind === "star" && isOpened;
        instead({ ...step, kind: isBoth ? "open_star" : step.kind, from: last.from ?? last });
      }
    } else if (step.kind === "read") continue;
    // "Name Zoe, mail zoe@…" names the contact's address.
    else if (last.kind === "contact" && /^mail (?:: )?§a$/.test(step.command.plain)) {
      instead({ ...last, more: step.command });
    } // "Empty the inbox, move everything to the trash" says one thing twice.
    else if (
      step.kind === last.kind && mailKinds.test(step.kind) &&
      (!hasMails(whichOf(mailsPart(step.kind, step.command), step.command.verb)) || /^it\b/.test(step.command.plain))
    ) {
      instead({ ...last, more: step.command });
    } else if (/^reply\+label$|^label\+reply$/.test(`${last.kind}+${step.kind}`) && refers) {
      instead({ ...last, kind: "reply_label", more: step.command });
    } else if (last.kind === "create_label" && step.kind === "label") merged.push({ ...step, from: last });
    else if (
      last.kind === "compose" && step.kind === "schedule" &&
      /^(?:send|have it|use|choose|pick|select)/.test(step.command.verb)
    ) {
      instead({ ...last, kind: "schedule", more: step.command });
    } else if (writing.test(last.kind) && writing.test(step.kind) && addsTo(step.command)) {
      const isLater = /^(?:send|have it)/.test(step.command.verb) && timeOf(step.command) !== undefined;
      instead({
        ...last,
        kind: isLater ? "schedule" : step.kind === "compose" ? last.kind : step.kind,
        more: step.command,
      });
    } else if (
      /^(?:reply|forward|reply_label|vacation|signature)$/.test(last.kind) && step.kind === "compose" &&
      addsTo(step.command)
    ) {
      instead({ ...last, more: step.command });
    } else if (last.kind === "draft" && step.kind === "delete" && /\bdraft\b/.test(step.command.plain)) continue;
    else merged.push(mailKinds.test(step.kind) && refers && mailKinds.test(last.kind) ? { ...step, from: last } : step);
  }
  return merged;
}

/** True when a command only says more of the message before it: it names nobody new. */
function addsTo(command: Command): boolean {
  const { plain } = command;
  if (/^(?:\S+ ){1,2}(?:him|her|them|it|that|this)\b/.test(plain)) return true;
  if (command.isPassive && /^it\b/.test(plain)) return true;
  return saysMore.test(command.acts) && writtenOf(command).addresses === undefined;
}

/** True when a step names no mails of its own. */
function isReferring({ kind, command }: Step): boolean {
  const { plain, isPassive, acts } = command;
  if (controlOf(command, acts)?.isBare === true || (isPassive && /^it\b/.test(plain))) return true;
  // "Label it 'Recipes'" and "star that conversation".
  if (
    /^\S+(?: (?:on|off|back))? (?:it|them|(?:that|this|the same)(?: (?:mail|one)(?= |$)(?! (?:from|of|by|about|with|on|titled|called|§q|that|to)\b))?)(?= |$)(?! (?:from|of|by|about)\b)/
      .test(plain) && /^label$|^star$/.test(kind)
  ) return true;
  if (
    /^(?:label|reply)$/.test(kind) &&
    /\b(?:on|to|onto|for) (?:it|him|her|them|(?:that|this|the)(?: same)? (?:mail|thread|conversation))$/.test(plain)
  ) {
    return true;
  }
  const part = mailsPart(kind, command);
  const verb = /\b(?:it|them|that|this)\b/.test(part.plain) || kind === "label" ? undefined : command.verb;
  const { senders, subjects, date, state, order, quantity } = whichOf(part, verb);
  if ([senders, subjects, date, state, order].some((one) => one !== undefined)) return false;
  return quantity !== "all" || /\b(?:them|those|these|all of it|both)\b/.test(command.plain) ||
    !/\b(?:mails|everything|inbox)\b/.test(command.plain);
}
