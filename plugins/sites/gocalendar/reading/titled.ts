import { type Token, type Told, toldOf } from "halo-agent/site";
import { begins } from "./lexicon.ts";

const before =
  /^(?:task|event|item|entry|the|my|create|complete|delete|put|mark|tick|check|write|note|enter|add|as|of|title)$/;
const ends =
  /^(?:[.,;:!?()–—] |(?:is|are|was|has|can|should|must|may|needs?|please|because|so|then|today|tomorrow|at)\b|(?:and|then) (?:\p{L}+ )|as (?:complete|an?|my|the)\b|(?:to|in|on|onto|from|off|into|out of) (?:the |my |our )?(?:new )?(?:§?\p{L}+ )?(?:task|list|to do|calendar)\b)/u;
const told = /^(?:(?:can|should|must|may) (?:now )?be|is|was|has been) (?:complete|delete)\b/;

/** A verb with a capital inside of a sentence begins a title: "the task Buy stamps" has one quoted text. Pure. */
export function titled({ goal, tokens }: Told): Told {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const end = endOf(tokens, i);
    if (end === undefined) out.push(tokens[i]!);
    else {
      const [start, last] = [tokens[i]!.start, tokens[end - 1]!.end];
      out.push({ low: "§q", raw: goal.slice(start, last), start, end: last });
      i = end - 1;
    }
  }
  return toldOf(goal, out);
}

/** Where the title that begins at a token is over; undefined where none begins. */
function endOf(tokens: readonly Token[], i: number): number | undefined {
  const { low, raw } = tokens[i]!;
  const previous = tokens[i - 1]?.low ?? "";
  if (i === 0 || low.startsWith("§") || !/^\p{Lu}\p{Ll}/u.test(raw) || !begins.test(raw.toLowerCase())) {
    return undefined;
  }
  const plainAt = (at: number): string => `${tokens.slice(at, at + 5).map((one) => one.low).join(" ")} `;
  let end = i + 1;
  while (end < tokens.length && !ends.test(plainAt(end))) end++;
  if (end - i < 2 || end - i > 7) return undefined;
  return before.test(previous) || (/^(?:and|,|:|but)$/.test(previous) && told.test(plainAt(end))) ? end : undefined;
}

const fields = /^(?:description|note|location|title|guest|place)$/;
const asks = /^(?:need|want|put|enter|create|have|note|mark|save|for)$/;

/** Says by which name a thing is known, and asks for nothing: "the event titled …". */
const known = /^(?:titled|named|entitled)$/i;

/**
 * The words without "field" behind the name of one and "titled" before the name of a thing, and with what is done at an event as a
 * name: "put moving boxes in". Pure.
 */
export function plainly({ goal, tokens }: Told): Told {
  const kept = tokens.filter(({ low, raw }, i) => {
    const [before = "", behind = ""] = [tokens[i - 1]?.low, tokens[i + 1]?.low];
    if (known.test(raw) && /^(?:event|task)$/.test(before) && behind.startsWith("§")) return false;
    return !(/^(?:field|box|line|section|text)$/.test(low) && fields.test(before));
  });
  return toldOf(
    goal,
    kept.map((token, i) => {
      const [previous, next = ""] = [kept[i - 1], kept[i + 1]?.low];
      const isDoing = /^(?:move|color|create)$/.test(token.low) && /^\p{L}+ing$/u.test(token.raw) &&
        asks.test(previous?.low ?? "") && !/s$/i.test(previous!.raw) &&
        !kept.slice(i + 1, i + 4).some(({ low }) => /^§(?:event|calendar|q)$|^(?:calendar|event|it)$/.test(low)) &&
        !(/^(?:the|my|our|that|this|them)$/.test(next) && token.low !== "color");
      return isDoing ? { ...token, low: token.raw.toLowerCase() } : token;
    }),
  );
}
