import { type Command, type Objects, type ReadErrand, refusal, type Unread } from "halo-agent/site";
import { kindOf } from "./kinds.ts";
import { isNoMail, unsupported } from "./support.ts";

/** What says of a state that it is wrong: "shouldn't be starred". */
const negated = /\b(?:should ?n[o']?t|should never|must ?n[o']?t|no longer|ought not to)(?: be| have)?(?: been)?/;

/** What the speaker did, which asks for nothing. */
const deed =
  /\bI (?:already|just) (?:saw|read|heard)\b[^.,;!?]*|\bI(?: have|'ve) (?:already |just )?(?:seen|read|heard)\b[^.,;!?]*/gi;

/** Words that belong to kinds, and the forms in which they only tell which mails are meant. */
const cues: readonly (readonly [says: RegExp, kinds: RegExp, tells?: RegExp])[] = [
  [
    /\b(?:un)?stars?\b|\bstarr(?:ing|ed)\b|\bfavou?rite\b/i,
    /star/,
    /\b(?:the|my|all|every|each|any|those|these|only|and|or|are|is|that|not|un) ?starred\b|\bstarred (?:ones?|mails?|messages?|e-?mails?|list|folder|and|or|but|from|in)\b/gi,
  ],
  [
    /\blabels?\b|\btags?\b|\bcategor(?:y|ize)\b/i,
    /label/,
    /\b(?:with|having|under|in|has|have|carry|carrying|from) (?:the |my |a )?(?:\S+ )?(?:label|tag)\b/gi,
  ],
  [/\barchiv(?:e|ing)\b/i, /archive/, /\b(?:in|from|of|out of) (?:the |my )?archive\b/gi],
  [/\b(?:spam|junk)\b/i, /spam|delete/, /\b(?:in|from|of|my|the) (?:spam|junk)\b/gi],
  [
    /\b(?:trash|bin|delete|deleting|throw away|get rid of|erase)\b/i,
    /delete|restore/,
    /\b(?:in|from|of|out of) (?:the |my )?(?:trash|bin)\b|\bget rid of (?:the |its |that |all )*(?:stars?|unread|bold)\b/gi,
  ],
  [/\bdrafts?\b/i, /draft/, /\b(?:in|from) (?:the |my )?drafts\b/gi],
  [/\bschedul(?:e|ing)\b/i, /schedule/],
  [/\b(?:forward|fwd|forwarding)\b/i, /forward/, /\blook(?:ing)? forward\b/gi],
  [/\bsnooz(?:e|ing)\b/i, /snooze/],
  [
    /\b(?:reply|replying|respond|write back|answer (?:to )?(?:him|her|them|it))\b/i,
    /reply|vacation/,
    /\bno[- ]?reply\b/gi,
  ],
  [/\bsignature\b/i, /signature/],
  [/\bvacation responder\b|\bout of office\b|\bauto-?reply\b/i, /vacation/],
  [/\b(?:my contacts|address book|new contact)\b/i, /contact/],
  [/\bper page\b/i, /page_size/],
  [/\b(?:print|unsubscribe|download|calendar|block|filter|translate)\b/i, /^$/],
  [
    /\b(?:(?:only|just) (?:save|keep)|save it|unsent|(?:don'?t|do not|not|never|without) (?:actually )?send(?:ing)?)\b/i,
    /draft|contact/,
    /\b(?:don'?t|do not) send it (?:right |just )?(?:now|today|yet|immediately|at once)[^.:;]* but\b/gi,
  ],
  [
    /\b(?:leaves?|leaving|goes|go|going|sent|delivered) (?:(?:out|off|my|the|outbox) )*(?:on|at|tomorrow|tonight|next|this) /i,
    /schedule|delete|forward|label/,
  ],
];

/** What decides wherever it stands, inside names of mails and texts too: states said to be wrong, a time of sending. */
const decisive: readonly (readonly [says: RegExp, kinds: RegExp])[] = [
  [/\b(?:by (?:answering|replying|responding)|in (?:an answer|a reply|reply|answer))\b/i, /reply/],
  [
    /\b(?:that|which|it|and)(?: should| must| has to| needs to)? (?:goes out|go out|(?:is|be|gets?|get) (?:sent|delivered))(?: out)? (?:on|at|tomorrow|tonight|next|this|in the)\b/i,
    /schedule/,
  ],
  [
    /\bbefore (?:it|that|this|the (?:mail|message|thing)) (?:goes|is|gets|leaves|can go)\b|\bbefore (?:you |i |we )?send(?:ing)?\b/i,
    /draft|schedule/,
  ],
  [new RegExp(`${negated.source} (?:a )?star(?:red)?\\b`, "i"), /unstar/],
  [new RegExp(`${negated.source} (?:in )?(?:the |my )?(?:spam|junk)\\b`, "i"), /not_spam/],
  [new RegExp(`${negated.source} (?:marked )?(?:as )?unread\\b`, "i"), /mark_read/],
  [new RegExp(`${negated.source} (?:been )?(?:archived|deleted|binned|trashed)\\b`, "i"), /restore|not_spam/],
];

/** Kinds that put something there, and words that take it away, change it or end it. */
const making = "(?:label|create_label|contact|signature|vacation|compose|schedule|forward|reply|draft|page_size)";
const turned: readonly (readonly [kinds: RegExp, says: RegExp])[] = [
  [new RegExp(`\\b${making}\\b`), /\b(?:no longer|any ?more|any longer)\b/i],
  [/./, /^\W*(?:please )?\p{L}+ nothing\b(?! (?:more|else|but)\b)/iu],
  // What lies in the trash is deleted; for good it cannot be.
  [
    /\bdelete\b/,
    /^\W*(?:please )?(?:delete|remove|erase)\b[^.,;!?]*\b(?:in|inside|out of) (?:the|my) (?:trash|bin)\b|\bpermanently (?:delete|erase|remove)\b/i,
  ],
  [/\bmark_unread\b/, /\b(?:make|mark|turn|set|switch) (?:it|that|this|them) (?:to |as |into )?(?:a )?read\b/i],
  [/\bspam\b/, /(?<!\b(?:spam|junk)\b.*)\bphishing\b(?!.*\b(?:spam|junk)\b)/is],
  [
    /\bsnooze\b/,
    /\b(?:end|ends|cancel|stop|undo|remove|clear|lift|drop)\b(?: \S+)? snooz\w*|\bsnoozed?\b.*\b(?:undo|is over)\b|\bfrom (?:its|the|their) snooze\b|\b(?:wake|un-?snooze|bring back|show)\b.*\bsnoozed\b/i,
  ],
  [/\blabel\b/, /\b(?:want|have|see|keep)\b[^.;!?]* without (?:the|a|its|any) (?:\S+ )?(?:label|tag)/i],
  [
    /\bcontact\b/,
    /\b(?:edit|correct|fix|change|amend|adjust|update|rename)\b(?: \S+){0,3} (?:contact|address|entry)\b|\b(?:number|photo|picture|birthday|note|nickname)\b(?: \S+)? (?:to|for|of) (?:the |my )?contact\b|\b(?:out of|off) (?:the|my) (?:contacts|address book)\b|^\W*(?:please )?(?:correct|update|change|fix|edit|amend)\b/i,
  ],
  [
    /\bsignature\b/,
    /\b(?:remove|delete|clear|turn|switch|stop|no|without|get rid of)\b(?: \S+){0,3} signature\b|\b(?:picture|photo|image|logo) (?:to|in|into|under) my signature\b|^\W*(?:please )?edit (?:the|my|our) signature\b(?!.*\b(?:to|so|into|as|with|reads?|says?)\b)/i,
  ],
  [/\bpage_size\b/, /\b(?:i|we) (?:really )?(?:like|love|enjoy|hate) (?:having|seeing)\b/i],
  [/\bmark_(?:un)?read\b/, /\b(?:stay|stays|remain|remains) (?:un)?read\b/i],
  [/\bdelete\b/, /\b(?:should|must|does|do|is|are)(?: not|n't) (?:be |belong )?in (?:the |my )?(?:trash|bin)\b/i],
];

/** What pays for nothing by what it means: to look at a list, to search, to switch the responder off. */
function isIdle({ kind, decided, objects }: ReadErrand, goal: string): boolean {
  if (kind === "vacation") {
    return objects.choice === "off" ||
      objects.text === undefined &&
        (/\b(?:change|edit|adjust)\b/i.test(goal) ||
          !/\b(?:auto|respon|repl|answer|messag|mail|not(?:e|ice)|office|mode|on|enable|activate|switch|turn|set|start)/i
            .test(goal));
  }
  if (kind === "page_size") {
    return objects.choice === undefined && !/\b(?:twenty|hundred|more|fewer|most|maximum)\b/i.test(goal);
  }
  if (kind === "signature") return objects.text === undefined;
  if (kind === "contact") return objects.addresses === undefined && objects.name === undefined && !/@/.test(goal);
  if (kind !== "read") return false;
  const { senders, subjects = [], query, order, date, quantity, state, folder } = objects;
  return /^(?:search|select)\b/.test(decided) ||
    (/\b(?:inbox|mailbox)\b/i.test(goal) || quantity !== "one" || [state, folder].some((one) => one !== undefined) ||
        /\bfolder\b/i.test(goal)) &&
      subjects.every((one) => /^nothing$/i.test(one)) &&
      [senders, query, order, date].every((one) => one === undefined);
}

const unquotedOf = (goal: string): string => goal.replace(/"[^"]*"|“[^”]*”/g, " ").replace(deed, " ");

/** The words of a goal that turn one of some kinds round, take away what it makes, or speak of another thing; undefined without such. */
export function turnsOf(goal: string, kinds: string): string | undefined {
  const unquoted = unquotedOf(goal);
  for (const [belongs, says] of turned) {
    const found = belongs.test(kinds) ? says.exec(unquoted) : null;
    if (found !== null) return found[0].toLowerCase();
  }
  return undefined;
}

/** Why a reading may be wrong: the goal speaks of something that none of its errands is about. */
export function doubtOf(
  goal: string,
  errands: readonly ReadErrand[],
  { denied, kindless }: { readonly denied: readonly Command[]; readonly kindless: readonly Command[] },
): Unread | undefined {
  const kinds = errands.map(({ kind }) => kind).join(" ");
  const said = [...errands.flatMap(({ objects }) => valuesOf(objects)), ...denied.map(spelledOf)];
  const unquoted = unquotedOf(goal);
  for (const [says, belongs] of decisive) {
    const found = says.exec(unquoted);
    if (found !== null && !belongs.test(kinds)) return refusal(`it says "${found[0].toLowerCase()}"`);
  }
  const turns = turnsOf(goal, kinds);
  if (turns !== undefined) return refusal(`it says "${turns}"`);
  const idle = errands.find((one) => isIdle(one, unquoted));
  if (idle !== undefined) return refusal(`nothing is paid for "${idle.decided}"`);
  let rest = unquoted;
  for (const one of said.sort((a, b) => b.length - a.length)) rest = rest.replaceAll(one, " ");
  const strange = errands.find((one) => isNoMail(one, goal));
  if (strange !== undefined) return { unread: `nothing says that "${strange.objects.subjects?.[0]}" is a mail` };
  if (/\bnothing\b(?! (?:more|else|but|is missing))/.test(rest)) return refusal('it says "nothing"');
  const unread = unsupported({
    kinds,
    rest: rest.toLowerCase().replace(/\s+/g, " ").trim(),
    whole: unquoted.toLowerCase(),
    kindless,
  });
  if (unread !== undefined) return unread;
  for (const [says, belongs, tells] of cues) {
    if (belongs.test(kinds)) continue;
    const found = says.exec(tells === undefined ? rest : rest.replace(tells, " "));
    if (found !== null) return { unread: `it speaks of "${found[0].toLowerCase()}" as well` };
  }
  // "That mail saying that I won is a scam, move it to spam": what reads like a mail to write tells which one is meant.
  const refused = errands.find(({ kind }) =>
    /^(?:delete|archive|spam)$/.test(kind) && denied.some((one) => kindOf(one)?.kind === kind)
  );
  if (refused !== undefined) return refusal(`it denies what it asks for, "${refused.decided}"`);
  const isToNobody = ({ kind, objects }: ReadErrand): boolean => kind === "compose" && objects.addresses === undefined;
  // "She asks whether I can come: say yes": somebody who is not named is to be answered.
  if (errands.some((one) => isToNobody(one) && /^(?:say|confirm|type|request)\b/.test(one.decided))) {
    return { unread: "words to say have no recipient" };
  }
  if (
    errands.some((one) => isToNobody(one)) &&
    /\bwrite (?!.*\b(?:e-?mail|mail|message|note|letter|line|to)\b)/i.test(unquoted)
  ) {
    return { unread: "what is to be written is no mail" };
  }
  const empty = ({ objects }: ReadErrand): boolean => objects.title === undefined && objects.text === undefined;
  if (errands.some((one) => isToNobody(one) && empty(one))) {
    return { unread: "a mail to write has neither recipient nor words" };
  }
  const isNoLetter = ({ kind, objects }: ReadErrand): boolean =>
    /^(?:draft|schedule)$/.test(kind) && objects.addresses === undefined;
  if (
    errands.some(isNoLetter) &&
    !/\b(?:e?-?mail|messages?|notes?|letter|line|drafts|(?:a|as|the|new) draft|draft (?:to|for)|reply|send|writing|subject)\b|@/i
      .test(unquoted)
  ) {
    return { unread: "what is to be written is no mail" };
  }
  if (errands.length > 1 && isToNobody(errands[0]!)) return { unread: "a mail to write has no recipient" };
  return undefined;
}

const valuesOf = (objects: Objects): readonly string[] =>
  Object.values(objects as Readonly<Record<string, unknown>>).flat()
    .filter((one): one is string => typeof one === "string" && one.length > 2);

const spelledOf = ({ goal, tokens }: Command): string =>
  tokens.length === 0 ? "" : goal.slice(tokens[0]!.start, tokens.at(-1)!.end);
