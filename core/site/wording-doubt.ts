/** What turns a goal's words round, or asks for more than one thing of a kind, in what is not quoted. */
const doubts: readonly RegExp[] = [
  /\b(?:do not|don['’]?t|does not|doesn['’]?t|must not|mustn['’]?t|should not|shouldn['’]?t|not|never|nothing|nobody|without|instead of|rather than|except|apart from|but for)\b/i,
  /\b(?:everything|everyone|everybody|all (?:of )?(?:my|the|these|those|i|that)|both of|each of|every one|every single)\b/i,
];

/**
 * Why a reading by words alone may be wrong, for a goal in a wording that is none of a site's own: what it denies ("don't cancel
 * it, move it"), or that it means many things where a family means one. Undefined when there is no such word. Pure.
 */
export function wordingDoubt(text: string): string | undefined {
  const plain = unquotedOf(text);
  const found = doubts.map((one) => one.exec(plain)?.[0]).find((one) => one !== undefined);
  return found === undefined ? undefined : `it says "${found.toLowerCase()}"`;
}

/** A text with straight quotation marks, whatever marks it has: a single one opens before a word and closes behind one. */
export function straightQuotes(text: string): string {
  return text.replace(/[“”„]/g, '"').replace(/(?<=^|[\s(:])['‘]([^'‘’"]+?)['’](?=$|[\s).,;:!?])/g, '"$1"');
}

const unquotedOf = (text: string): string => straightQuotes(text).replace(/"[^"]*"/g, " ");
