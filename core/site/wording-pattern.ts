/**
 * A wording, 'Find "{query}"', as a pattern for whole goals. `valueOf` says what may stand for a value, by its name and by
 * whether the wording has it in quotation marks.
 */
export function wordingPattern(text: string, valueOf: (name: string, isQuoted: boolean) => string): RegExp {
  const parts = text.split(/(\{\w+\})/).map((part, i, all) => {
    if (!/^\{\w+\}$/.test(part)) return part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const isQuoted = all[i - 1]?.endsWith('"') === true && all[i + 1]?.startsWith('"') === true;
    return valueOf(part.slice(1, -1), isQuoted);
  });
  return new RegExp(`^${parts.join("")}$`, "u");
}
