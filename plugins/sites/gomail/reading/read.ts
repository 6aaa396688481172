import {
  type Command,
  commandsOf,
  type FreeReading,
  type Objects,
  phrasesAfter,
  type ReadErrand,
  spelledIn,
  strangeRequest,
  tell,
  type Token,
  type Told,
  toldOf,
} from "halo-agent/site";
import { doubtOf } from "./doubt.ts";
import { type Kind, kindOf } from "./kinds.ts";
import { commands, vocabulary } from "./lexicon.ts";
import { labelsOf } from "./names.ts";
import { timeOf, withAddress, writtenOf } from "./writes.ts";
import { withoutPreamble } from "./preamble.ts";
import { signatureOf } from "./signature.ts";
import { statedKind } from "./stated.ts";
import { whichOf } from "./which.ts";

/** Reads a mail goal in free wording: its errands in their order, each with its kind and objects. */
export function readMailGoal(goal: string): FreeReading {
  const said = tell(
    goal.replace(/^\s*(?:(?:hey|hi|hello|dear)\s+)?(?:go\s?mail|assistant|agent)\s*[:,!-]\s*/i, ""),
    vocabulary,
  );
  const told = withoutPreamble(said);
  const all = commandsOf(told, commands);
  if (all.length === 0) return stated(told);
  if (isQuestion(told) && !/[?.] /.test(told.plain)) return { unread: "it asks a question" };
  const errands: Step[] = [];
  let refused: Step | undefined;
  for (const [i, command] of all.entries()) {
    if (idle.test(command.acts)) continue;
    const before = all[i - 1];
    const found = kindOf(command, command.lead.plain === "" && before?.isNot ? before.plain : undefined) ??
      labelledAs(command, errands.at(-1)?.kind);
    if (command.isNot) {
      const last = errands.at(-1);
      const isOver = command.isPassive && found?.kind === "star" &&
        /\b(?:no longer|any ?more|any longer)\b/.test(told.plain);
      if (isOver) errands.push({ kind: "unstar", decided: found.decided, command });
      if (/^(?:send|mail)$/.test(command.verb) && last?.kind === "compose") last.kind = "draft";
      refused = { kind: "read", decided: "", command };
      continue;
    }
    if (found === undefined) continue;
    const { kind, decided } = found;
    if (kind === "") return { unread: `"${decided}" is nothing this site can do` };
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
  const merged = mergedOf(errands);
  if (merged.length === 0) {
    const only = stated(told);
    // "Do not report it as spam" states nothing; "it is not spam" and "not before Monday" do.
    if (
      all.some(({ isNot }) => isNot) && "errands" in only &&
      !/^(?:snooze|not_spam|unstar|mark_read)$/.test(only.errands[0].kind)
    ) {
      return { unread: "it only denies" };
    }
    return "errands" in only ? only : { unread: "its verbs name nothing of this site" };
  }
  const strange = strangeRequest(told, commands);
  if (strange !== undefined) return { unread: `"${strange}" is no verb of this site` };
  const [first, ...rest] = merged.map(errandOf);
  const doubt = doubtOf(goal, [first!, ...rest], {
    denied: all.filter(({ isNot }) => isNot),
    kindless: all.filter((one, i) =>
      !one.isNot && !idle.test(one.acts) && kindOf(one) === undefined &&
      labelledAs(one, kindOf(all[i - 1] ?? one)?.kind) === undefined
    ),
  });
  if (doubt !== undefined) return { unread: doubt };
  return { errands: [first!, ...rest] };
}

/** What only ends a doing on the page. */
const idle = /^save(?: (?:,|and|the|this|my|that|your))*(?: (?:settings?|changes?|it))?(?: saved)?$/;

/** "… and put the boarding pass in it" behind a label to make. */
function labelledAs({ acts }: Command, last: string | undefined): Kind | undefined {
  return last === "create_label" &&
      /^(?:put|file|move|stick|add|sort|place|use|attach)\b.*\b(?:in|into|under|on|onto|to|with|for|inside|there)\b/
        .test(acts)
    ? { kind: "label", decided: acts.split(" ").slice(0, 4).join(" ") }
    : undefined;
}

const keptBack =
  /, (?:but )?(?:do not|without|never) send(?:ing)?(?: it)?(?: off| out)?(?: yet)? ,|\b(?:(?:i will|i shall) (?:send|finish|complete) it(?: off| out)?(?: later| myself)|before (?:it|that|this) (?:goes out|is sent|goes|leaves|gets sent)|before (?:i |we )?send(?:ing)?(?: it)?|leave it unfinished|finish it (?:later|myself)|send it myself|unfinished)\b/;

/** The verb of words before a command: "I binned the invoice, …". */
function leadVerb({ plain }: Told): string {
  return /^(?:.*\b)?(?:i|we)(?: (?:have|accidentally|just|already|keep))* \S+(?= )/.exec(plain)?.[0] ?? "";
}

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
  if (kind === undefined) return { unread: isQuestion(told) ? "it asks a question" : "no word says what to do" };
  const command: Command = {
    ...told,
    acts: told.plain,
    verb: "",
    isNot: false,
    isPassive: true,
    lead: { ...told, tokens: [], plain: "" },
  };
  return { errands: [errandOf({ ...sentLater(kind, command), command })] };
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
  kind.kind === "compose" && isLater(command) ? { ...kind, kind: "schedule" } : kind;

interface Step {
  kind: string;
  decided: string;
  readonly command: Command;
  /** What an earlier step said of the same mails. */
  readonly from?: Step;
  /** What a later step said of the same mail to write. */
  readonly more?: Command;
}

function isQuestion({ plain }: Told): boolean {
  return /^(?:how (?:many|much|do|can|often)|what|who|when|where|which|is there|are there|do i|did|does|has|have i|why)\b/
    .test(plain) && !/\b(?:please|then)\b/.test(plain);
}

/** A mail that is to go out at a time of its own, not one about a time. */
function isLater(command: Command): boolean {
  const { acts, plain, tokens, goal } = command;
  if (
    /\b(?:it|this|that|and|but|then)(?: (?:should|must|has|have|needs|to|can|shall|only|just))* (?:go out|be sent|be delivered|send it|send this|send) (?:only |just |out )?(?:later|on|at|tomorrow|next|this|in the|first thing|\w+day)\b/
      .test(plain)
  ) return true;
  if (!/^(?:send|mail|message|write)\b/.test(acts)) return false;
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
  /^(?:open|read|go into|look into|look inside|have a look inside|click into|look at|view|check|check out|have a look at|take a look at|go through)$/;
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
    // "Empty the inbox, move everything to the trash" says one thing twice.
    else if (
      step.kind === last.kind && mailKinds.test(step.kind) &&
      !hasMails(whichOf(mailsPart(step.kind, step.command), step.command.verb))
    ) {
      continue;
    } else if (/^reply\+label$|^label\+reply$/.test(`${last.kind}+${step.kind}`) && refers) {
      instead({ ...last, kind: "reply_label", more: step.command });
    } else if (last.kind === "create_label" && step.kind === "label") merged.push({ ...step, from: last });
    else if (last.kind === "compose" && step.kind === "schedule" && /^(?:send|have it)/.test(step.command.verb)) {
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
  return saysMore.test(plain) && writtenOf(command).addresses === undefined;
}

/** True when a step names no mails of its own. */
function isReferring({ kind, command }: Step): boolean {
  const part = mailsPart(kind, command);
  const verb = /\b(?:it|them|that|this)\b/.test(part.plain) || kind === "label" ? undefined : command.verb;
  const { senders, subjects, date, state, order, quantity } = whichOf(part, verb);
  if ([senders, subjects, date, state, order].some((one) => one !== undefined)) return false;
  return quantity !== "all" || /\b(?:them|those|these|all of it|both)\b/.test(command.plain) ||
    !/\b(?:mails|everything|inbox)\b/.test(command.plain);
}

function errandOf(step: Step): ReadErrand {
  const { kind, decided } = step;
  return { kind, decided, objects: objectsOf(step) };
}

function objectsOf({ kind, command, from, more }: Step): Objects {
  const which = (): Objects => {
    const own = whichOf(mailsPart(kind, command), command.verb);
    if (hasMails(own)) return own;
    const led = command.lead.tokens.length > 0 ? whichOf(command.lead, leadVerb(command.lead)) : undefined;
    const earlier = from && whichOf(mailsPart(from.kind, from.command), from.command.verb);
    const other = earlier && hasMails(earlier) ? earlier : led && hasMails(led) ? led : undefined;
    if (other === undefined) return own;
    return { ...own, ...other, quantity: own.quantity === "one" ? other.quantity ?? "one" : own.quantity ?? "one" };
  };
  switch (kind) {
    case "compose":
    case "draft":
      return joined(writtenOf(command), more && writtenOf(more));
    case "schedule": {
      const choice = (more && timeOf(more)) ?? timeOf(command);
      return { ...joined(writtenOf(command), more && writtenOf(more)), ...(choice !== undefined && { choice }) };
    }
    case "reply": {
      const text = writtenOf(command).text ?? (more && writtenOf(more).text) ?? bareReply(command);
      return { ...repliedTo(command, which()), ...(text !== undefined && { text }) };
    }
    case "reply_label": {
      const parts = more ? [command, more] : [command];
      const replies = parts.find((one) => /^(?:reply|respond|answer|write|get|tell|send|let)/.test(one.plain)) ??
        command;
      const { text } = writtenOf(replies);
      const labels = parts.flatMap((one) => one === replies && more ? [] : labelsOf(one));
      return {
        ...repliedTo(command, which()),
        ...(labels.length > 0 && { labels }),
        ...(text !== undefined && { text }),
      };
    }
    case "forward": {
      const { addresses } = writtenOf(command);
      const text = more ? writtenOf(more).text : undefined;
      const to = phrasesAfter(command, /\b(?:to|with)(?= (?!subject|the subject|a note))/, personRules).filter((one) =>
        !/^(?:him|her|them)$/i.test(one)
      );
      const people = to.length > 0 ? to : addresses;
      return {
        ...which(),
        ...(people && people.length > 0 && { addresses: withAddress(people) }),
        ...(text !== undefined && { text }),
      };
    }
    case "label": {
      const labels = labelsOf(from?.kind === "create_label" ? from.command : command);
      return { ...which(), ...(labels.length > 0 && { labels }) };
    }
    case "create_label": {
      const labels = labelsOf(command);
      return labels.length > 0 ? { labels } : {};
    }
    case "snooze": {
      const choice = timeOf(command);
      return { ...which(), ...(choice !== undefined && { choice }) };
    }
    case "contact": {
      const own = contactOf(command);
      if (own.name !== undefined || from === undefined) return own;
      const { senders, quantity } = whichOf(from.command, from.command.verb);
      return { ...own, ...(senders && { senders, name: senders[0]!, quantity }) } as Objects;
    }
    case "page_size": {
      const choice = /\b(?:\d+|ten|twenty|fifty)\b/.exec(command.plain)?.[0];
      return choice === undefined ? {} : { choice };
    }
    case "signature": {
      const text = signatureOf(command);
      return text === undefined ? {} : { text };
    }
    case "vacation": {
      const text = writtenOf(command).text ?? (more && writtenOf(more).text);
      const days =
        /\bfrom \S+(?: \S+)? (?:to|until|through) \S+(?: \S+)?(?= |$)|\b(?:from|until|through) (?:the )?(?:\d\S*(?: \p{L}+)?|monday|tuesday|wednesday|thursday|friday|saturday|sunday|next week)\b/u;
      const place = days.exec(command.lead.plain);
      const date = place === null ? undefined : spelledIn(command.lead, place.index, place.index + place[0].length);
      const choice = /\b(?:off|disable|stop|deactivate|remove|end|cancel|delete)\b/.test(command.plain) ? "off" : "on";
      return { choice, ...(text !== undefined && { text }), ...(date !== undefined && { date }) };
    }
    default:
      return which();
  }
}

const personRules = {
  stop:
    /^(?:about|regarding|with|and|then|saying|so|for|that|by|as|please|from|note|a|because|but|,|who|in|on|at|too|tell|mail|is|do|not|write)$/,
  isList: true,
  most: 4,
} as const;

/** The part of a command that speaks of mails, without labels, times and words to write. */
function mailsPart(kind: string, told: Told): Told {
  const cutAt = (pattern: RegExp): Told => {
    const found = pattern.exec(told.plain);
    if (found === null || found.index === 0) return told;
    const plain = told.plain.slice(0, found.index).trimEnd();
    const n = plain === "" ? 0 : plain.split(" ").length;
    return { ...told, plain, tokens: told.tokens.slice(0, n) };
  };
  if (/^reply/.test(kind)) {
    return cutAt(
      /\b(?:saying|say|says|that(?! (?:mail|came|he|she|they|was|i))|telling|tell|with (?:§q|the reply|the words)|asking|ask|and let|letting|know|to (?:let|say|tell)|: )|(?<!^\S+(?: \S+)?) §q/,
    );
  }
  if (kind === "forward") return cutAt(/\b(?:to|with) (?!it)/);
  if (kind === "snooze") {
    return cutAt(/\b(?:until|for (?:the next |a |\d|one|two|three)|tomorrow|next week|to (?:monday|tomorrow|next))\b/);
  }
  if (kind === "label") return cutAt(/\b(?:under|as(?! well)|with (?:the )?(?:label|§q))\b(?!.*\bmails?\b)/);
  if (/^mark_/.test(kind)) return cutAt(/ (?:as|to) (?:not |already )?(?:un)?read\b.*/);
  if (/^(?:spam|not_spam)$/.test(kind)) return cutAt(/ as (?:not )?spam\b.*$/);
  return told;
}

function hasMails({ senders, subjects, state, date, order, query }: Objects): boolean {
  return [senders, subjects, state, date, order, query].some((one) => one !== undefined);
}

/** A reply goes to the person that is named, who is the sender of the mail. */
function repliedTo(told: Told, which: Objects): Objects {
  if (which.senders !== undefined || which.subjects !== undefined) return which;
  const people = phrasesAfter(
    told,
    /^(?:reply all|reply|respond|answer|write back|get back|shoot back|send back|let|tell|send|write|give|shoot|drop)(?: (?:a|the|quick|short|my|reply|response|answer|mail|back))*(?: to)?(?= )/,
    {
      stop:
        /^(?:about|and|saying|that|with|say|tell|by|in|on|§q|mail|mails|know|a|is|to|then|:|i|we|it|the|yes|no|telling|asking|ask|regarding|'s|an|from|if|when|as|,|message|for|letting|his|her|last)$/,
      isList: true,
      most: 3,
    },
  ).filter((one) => !/^(?:him|her|them|it|that|all|mail|me|everyone)$/i.test(one));
  return people.length === 0 ? which : { ...which, senders: people };
}

/** "reply Count me in": the words behind the verb. */
function bareReply({ plain, tokens, goal }: Told): string | undefined {
  if (
    !/^(?:reply|respond|answer) (?!to\b|all\b|it\b|him\b|her\b|them\b|the\b|that\b|this\b|with\b|back\b|§a|\S+ (?:that|with|about)\b)/
      .test(plain)
  ) return undefined;
  return tokens.length < 2 || tokens.some(({ low }) => /^mails?$/.test(low))
    ? undefined
    : goal.slice(tokens[1]!.start, tokens.at(-1)!.end);
}

function contactOf(told: Told): Objects {
  const addresses = told.tokens.filter(({ low }) => low === "§a").map(({ raw }) => raw);
  const named = phrasesAfter(
    told,
    /\b(?:named|called|name is|name|for|with the name|contact|add|save|put|store|person)(?: :)?(?= )/,
    {
      stop:
        /^(?:to|with|as|in|into|and|§a|at|whose|mail|address|contacts?|number|from|new|is|who|has|,|on|under|his|her|using|book|name|named|called|for)$/,
      most: 4,
    },
  ).filter((one) => !one.includes("@") && !/^(?:him|her|them|it|new|person|someone)$/i.test(one));
  const name = named.at(-1);
  return { ...(name !== undefined && { name }), ...(addresses.length > 0 && { addresses }) };
}

function joined(a: Objects, b: Objects | undefined): Objects {
  return b === undefined ? a : { ...b, ...a, ...(a.text === undefined && b.text !== undefined && { text: b.text }) };
}
