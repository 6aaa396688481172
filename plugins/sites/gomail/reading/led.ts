import type { Kind } from "./kinds.ts";

/** "I binned X, get it back": what the words before decide. */
export function ledKind(plain: string, lead: string): Kind | undefined {
  const set = /^(?:say|read|be|make|use|set|put|switch|turn|have)\b/.test(plain) &&
    /\b(?:signature|vacation|out of office)\b/.exec(lead)?.[0];
  if (set) return { kind: set === "signature" ? "signature" : "vacation", decided: set };
  const made = /^(?:set|make|create|add|start|get|need|want)(?: (?:me|us|up))* (?:one|it)\b/.test(plain) &&
    /\b(?:no|not|without|lacks?|missing)\b[^.;!?]*\b(label|contact|signature)\b|\blabels?\b[^.;!?]*\b(?:not exist|not there|missing|not have|lacks?)\b/
      .exec(lead);
  if (made) return { kind: made[1] === "label" || made[1] === undefined ? "create_label" : made[1], decided: made[0] };
  if (/^(?:add|put|save|enter|include)\b.*§a/.test(plain) && /\b(?:contacts?|address book)\b/.test(lead)) {
    return { kind: "contact", decided: "contacts" };
  }
  if (
    /^(?:take|remove|get|clear|drop|lose|delete)\b.*\b(?:it|that)\b/.test(plain) &&
    /^the stars? (?:of|on|at|next to|by)\b/.test(lead)
  ) {
    return { kind: "unstar", decided: "the star" };
  }
  const isBack = /\bmove to inbox\b/.test(plain) ||
    /^(?:get|bring|put|take|move|want|need|undo|have)\b.*\b(?:back|out)\b|^(?:get|bring|put|move|have) (?:\S+ )?back\b/
      .test(plain) ||
    /^(?:move|put|send|return|bring|take|get)\b.*\binbox\b/.test(plain) ||
    /^(?:undo|free|release|correct|fix|rescue|recover|restore|retrieve)\b/.test(plain);
  // "… is spam, mark it accordingly."
  const isSo =
    /^(?:flag|report|mark|treat|handle) (?:it|that|this|them)(?: (?:so|as such|as one|accordingly|like that))*$/
      .test(plain);
  if (!(isBack || isSo) || /\b(?:tomorrow|until|next week)\b/.test(plain)) return undefined;
  const was = [
    ["not_spam", /\b(?:not|no) (?:\S+ )?spam\b|\b(?:in|into|to|from)(?: (?:the|my))? spam\b|\bas spam\b/],
    ["spam", /\b(?:is|are|looks?|like) (?:\S+ )?spam\b|[:,] spam$/],
    ["", /\b(?:in|into|to|from) (?:the |my )?archive\b|\barchived\b/],
    ["restore", /\b(?:deleted?|deleting|trash(?:ed)?|binned|threw|thrown|tossed|erased)\b/],
  ] as const;
  for (const [kind, says] of isSo ? was.slice(0, 2) : was) {
    const found = says.exec(lead);
    if (found !== null) return { kind, decided: `${found[0]} … ${plain.split(" ").slice(0, 3).join(" ")}` };
  }
  return undefined;
}
