import { type Command, type Objects, phrasesAfter, type ReadErrand, spelledIn, type Told } from "halo-agent/site";
import { labelsOf } from "./names.ts";
import { signatureOf } from "./signature.ts";
import { whichOf } from "./which.ts";
import { timeOf, withAddress, writtenOf } from "./writes.ts";

/** The verb of words before a command: "I binned the invoice, …". */
function leadVerb({ plain }: Told): string {
  return /^(?:.*\b)?(?:i|we)(?: (?:have|accidentally|just|already|keep))* \S+(?= )/.exec(plain)?.[0] ?? "";
}

/** A command with its kind, and what earlier and later ones say of the same thing. */
export interface Step {
  kind: string;
  decided: string;
  readonly command: Command;
  /** What an earlier step said of the same mails. */
  readonly from?: Step;
  /** What a later step said of the same mail to write. */
  readonly more?: Command;
}

/** All that is told as one command without a verb of its own. */
export function asCommand(told: Told): Command {
  return {
    ...told,
    acts: told.plain,
    verb: "",
    isNot: false,
    isPassive: true,
    lead: { ...told, tokens: [], plain: "" },
  };
}

/** What a step asks for. */
export function errandOf(step: Step): ReadErrand {
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
      const people = to.length > 0 ? to : addresses ?? (more && writtenOf(more).addresses);
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
      const choice = timeOf(command) ?? (more && timeOf(more));
      return { ...which(), ...(choice !== undefined && { choice }) };
    }
    case "contact": {
      const own = { ...(more && contactOf(more)), ...contactOf(command) };
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
      const isOff = text === undefined &&
        /\b(?:off|disable|stop|deactivate|remove|end|cancel|delete|down|no more)\b/.test(command.plain);
      const choice = isOff ? "off" : "on";
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
export function mailsPart(kind: string, told: Told): Told {
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

/** True when objects tell which mails are meant. */
export function hasMails({ senders, subjects, state, date, order, query }: Objects): boolean {
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
  if (tokens[1]?.low === "§q") return tokens[1].raw;
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
