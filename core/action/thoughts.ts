/** Tags that thinking models put around their thoughts. Names such as `think_never_used_51bc` are Seed's. */
const opening = /^\s*<(think\w{0,40}|thought|reasoning)>/;

/**
 * Where the thoughts at the start of an output end: after the first closing tag, so that a text of the action may hold one.
 * The opening tag may stand in the prompt. Undefined when there are none; the length of `text` when they do not end.
 */
export function thoughtEnd(text: string): number | undefined {
  let end: number | undefined;
  for (let rest = text;;) {
    const tag = opening.exec(rest)?.[1];
    if (tag === undefined) break;
    const close = rest.indexOf(`</${tag}>`);
    if (close < 0) return text.length;
    rest = rest.slice(close + tag.length + 3);
    end = text.length - rest.length;
  }
  if (end !== undefined) return end;
  const close = text.indexOf("</think>");
  return close < 0 || isInsideAction(text.slice(0, close)) ? undefined : close + 8;
}

/** True when an action opened in `before` and has not ended there. */
function isInsideAction(before: string): boolean {
  if (/^\s*(?:[{[]|```)/.test(before) || isInsideObject(before)) return true;
  if (before.lastIndexOf("<parameter") > before.lastIndexOf("</parameter>")) return true;
  const tag = before.lastIndexOf("<tool_call>");
  if (tag >= 0 && before.indexOf("</tool_call>", tag) < 0 && /^\s*[{<]/.test(before.slice(tag + 11))) return true;
  const mark = Math.max(before.lastIndexOf("Action:"), before.lastIndexOf("Action："));
  const call = mark < 0 ? "" : before.slice(mark + 7);
  const end = call.search(/[)）]/);
  return /^\s*\w+\s*[(（]/.test(call) && (end < 0 || call.indexOf("\n", end) < 0);
}

/** True when more braces open in a text than close. */
export function isInsideObject(text: string): boolean {
  let depth = 0;
  for (const c of text) depth += "{｛".includes(c) ? 1 : "}｝".includes(c) ? -1 : 0;
  return depth > 0;
}
