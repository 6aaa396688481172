/** Who does not do something tells of it; who says "don't" asks for something else. */
const told = "(?:they|he|she|it|that|who|which|this)";

/** What turns a goal's words round. */
const denials: readonly RegExp[] = [
  new RegExp(`(?<!\\b${told}\\s)\\b(?:do not|don['’]?t|never|must not|mustn['’]?t|should not|shouldn['’]?t)\\b`, "i"),
  /(?:,|\bbut|\band|\bor) not\b|\bnot to\b|\bwithout \w+ing\b|\b(?:nothing|instead of|rather than|except|apart from)\b/i,
];

/** A command for all of a kind: "cancel everything", "delete every meeting", "I want both moved". */
const many =
  /^(?:(?:please|just|now|then|can you|could you|i want to|i need to|i want|i need) )*(?:\p{L}+ (?:(?:me|off|out|up|away|of) )?)?(?:everything|everyone|everybody|all|both|each|every)\b/u;

/**
 * Why a reading by words alone may be wrong, for a goal in a wording that is none of a site's own: what it denies ("don't cancel
 * it, move it"), or that it means many things where a family means one. Undefined when there is no such word. Pure.
 */
export function wordingDoubt(text: string): string | undefined {
  const plain = unquotedOf(text);
  const denial = denials.map((one) => one.exec(plain)?.[0]).find((one) => one !== undefined);
  const clauses = plain.toLowerCase().split(/[.,;:!?]|\b(?:and|then|as|because|since|so|but)\b/).map((one) =>
    one.trim()
  );
  const found = denial ?? clauses.filter((one) => !/^(?:i|we) (?!want|need)|^all[- ]day\b/.test(one))
    .map((one) => many.exec(one)?.[0]).find((one) => one !== undefined);
  return found === undefined ? undefined : `it says "${found.toLowerCase().replace(/^, /, "")}"`;
}

/** A text with straight quotation marks, whatever marks it has: a single one opens before a word and closes behind one. */
export function straightQuotes(text: string): string {
  return text.replace(/[“”„]/g, '"').replace(/(?<=^|[\s(:])['‘]([^'‘’"]+?)['’](?=$|[\s).,;:!?])/g, '"$1"');
}

const unquotedOf = (text: string): string => straightQuotes(text).replace(/"[^"]*"/g, " ");
