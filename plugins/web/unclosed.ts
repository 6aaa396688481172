const closing: Readonly<Record<string, string>> = { "[": "]", "(": ")" };

/** The first bracket or quote of a CSS selector that nothing closes; undefined when all are closed. */
export function unclosed(selector: string): string | undefined {
  const open: string[] = [];
  let quote: string | undefined;
  for (let i = 0; i < selector.length; i++) {
    const char = selector[i]!;
    if (char === "\\") i++;
    else if (quote !== undefined) quote = char === quote ? undefined : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char in closing) open.push(char);
    else if (open.length > 0 && char === closing[open.at(-1)!]) open.pop();
  }
  return open[0] ?? quote;
}
