import { type Told, toldOf } from "halo-agent/site";

/** What a text without quotation marks stands behind: "subject lunch, body …", "an out-of-office saying …". */
const leads = [
  /(?:\b(?:subject|titled?|re|headed|called)\b|§a)[^]*?(?:[,;.:]|\band|\bwith)(?: (?:the|its|a|as))* (?:body|text|mail)(?: (?:is|being|reads?|says?|should (?:be|read|say)))*(?: :)? (?=[^ §,.;:!?])/,
  /\b(?:vacation|out of (?:the )?office|responder|auto reply|automatic (?:reply|answer))\b[^.;!?]*?\b(?:saying|says?|reads?|reading)(?: that)?(?: :)? (?=[^ §,.;:!?])/,
];
/** Behind it something else is said. */
const ends =
  /^(?:\)|(?:[.,;!?]|and|but|[,.;!?] (?:and|but))(?: (?:then|please|also|just|only))* (?:do not|without|schedule|save|keep it|leave it|store|send|cc|bcc|use|(?:with )?(?:the )?subject|deliver|have it|let it|queue|set|hold|then|also|afterwards|after that|finally|plus|archive|delete|star|mark|forward|label|snooze|turn|switch|from|scheduled|delivered|sent|timed|to go out|going out|i (?:just|only))\b)/;

/** A goal in which a text without quotation marks is one word, as one with them is. Pure. */
export function masked(told: Told): Told {
  for (const lead of leads) {
    const found = lead.exec(told.plain);
    if (found === null) continue;
    const from = found[0].trim().split(" ").length + wordsIn(told.plain.slice(0, found.index));
    const before = told.tokens[from - 1]!;
    if (told.tokens.slice(0, from).findLast(({ low }) => /^(?:body|text|mail|sayi?n?g?s?|reads?|reading)$/.test(low))?.raw.match(/^e?-?mails?$/i)) continue;
    let to = from;
    const isEnd = (at: number): boolean =>
      ends.test(told.tokens.slice(at, at + 5).map(({ low }) => low).join(" "));
    while (to < told.tokens.length && told.tokens[to]!.low !== "§q" && !isEnd(to)) to++;
    if (told.tokens[to]?.low === "§q" || to - from < 2) continue;
    while (/^[.!?]$/.test(told.tokens[to - 1]!.low)) to--;
    const [start, end] = [told.tokens[from]!.start, told.tokens[to - 1]!.end];
    const text = { low: "§q", raw: told.goal.slice(start, end), start, end };
    return toldOf(told.goal, [...told.tokens.slice(0, from), text, ...told.tokens.slice(to)]);
  }
  return told;
}

const wordsIn = (text: string): number => text.split(" ").filter((one) => one !== "").length;
