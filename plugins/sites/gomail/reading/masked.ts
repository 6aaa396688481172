import { type Told, toldOf } from "halo-agent/site";

/** What a text without quotation marks stands behind: "subject lunch, body …", "an out-of-office saying …". */
const leads = [
  /(?:\b(?:subject|titled?|re|headed|called)\b|§a).*?(?:[,;.:]|\band|\bwith)(?: (?:the|its|a|as))* (?:body|text|mail)(?: (?:is|being|reads?|says?|should (?:be|read|say)))*(?: :)? (?=[^ §,.;:!?])/,
  /\b(?:vacation|out of (?:the )?office|responder|auto reply|automatic (?:reply|answer))\b[^.;!?]*?\b(?:saying|says?|reads?|reading)(?: that)?(?: :)? (?=[^ §,.;:!?])/,
];
/** Behind it something else is said. */
const ends =
  /^(?:\)|(?:[.,;!?]|and|but|[,.;!?] (?:and|but))(?: (?:then|please|also|just|only))* (?:do not|without|schedule|save|keep it|leave it|store|send|cc|bcc|use|(?:with )?(?:the )?subject|deliver|have it|let it|queue|set|hold|then|also|afterwards|after that|finally|plus|(?:archive|delete|star|mark|forward|label|snooze|turn|switch)(?=.*\b(?:mails?|it|them|that|inbox|responder|§q)\b)|from|scheduled|delivered|sent|timed|to go out|going out|i (?:just|only))\b)/;
/** What names a text by a word that stands for a mail too. */
const textWord = /^(?:body|text|mail|say|says|saying|reads?|reading)$/;

/** A goal in which a text without quotation marks is one word, as one with them is. Pure. */
export function masked(told: Told): Told {
  const { goal, tokens, plain } = told;
  for (const lead of leads) {
    const found = lead.exec(plain);
    if (found === null) continue;
    const from = plain.slice(0, found.index + found[0].length).trim().split(" ").length;
    const named = tokens.slice(0, from).findLast(({ low }) => textWord.test(low));
    // "Message" names a text, "mail" an address.
    if (named?.low === "mail" && !/^message$/i.test(named.raw)) continue;
    const rest = (at: number): string => tokens.slice(at, at + 12).map(({ low }) => low).join(" ");
    let to = from;
    while (to < tokens.length && tokens[to]!.low !== "§q" && !ends.test(rest(to))) to++;
    if (tokens[to]?.low === "§q" || to - from < 2) continue;
    while (/^[.!?]$/.test(tokens[to - 1]!.low)) to--;
    const [start, end] = [tokens[from]!.start, tokens[to - 1]!.end];
    const text = { low: "§q", raw: goal.slice(start, end), start, end };
    return toldOf(goal, [...tokens.slice(0, from), text, ...tokens.slice(to)]);
  }
  return told;
}
