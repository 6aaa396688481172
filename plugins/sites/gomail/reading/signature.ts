import type { Told } from "halo-agent/site";

/** What says of words before it that they are the signature. */
const afterSignature =
  /^(?:(?:as|for) (?:my|the|a) (?:mail )?signature\b|at (?:the )?(?:bottom|end|foot) of\b|in (?:the |my )?(?:signature|settings))/;

/** The signature that a command wants; undefined where it says none. */
export function signatureOf(told: Told): string | undefined {
  const quoted = told.tokens.find(({ low }) => low === "§q");
  if (quoted !== undefined) return quoted.raw;
  const tail = [
    /\b(?:signature|sign-off|mails?|mail)(?: (?:to|should be|should read|should say|that says|saying|says|as|is|so (?:that )?it (?:says|reads)|with|reads|that reads|reading|be))+(?: (?:just|say|read))*(?: :)?(?= )/,
    /\b(?:to|with|use|add|set|put)(?= (?!my signature|a signature|signature|the signature))/,
    / : (?=\S)/,
  ];
  for (const one of tail) {
    const found = one.exec(told.plain);
    if (found === null) continue;
    const rest = told.plain.slice(found.index + found[0].length).trim();
    const n = told.plain.slice(0, found.index + found[0].length).trim().split(" ").length;
    const text = told.tokens.slice(n);
    const end = text.findIndex((_, i) => afterSignature.test(text.slice(i).map(({ low }) => low).join(" ")));
    const own = end < 0 ? text : text.slice(0, end);
    if (rest !== "" && own.length > 0) return told.goal.slice(own[0]!.start, own.at(-1)!.end).replace(/^[:,]\s*/, "");
  }
  return undefined;
}
