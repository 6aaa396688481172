import type { Action, Target } from "../domain/action.ts";

/** An action as people read it: `click e12 "Star"`, `type e3 "Hello" ⏎`. `target` is what it landed on, when known. */
export function formatAction(action: Action, target?: { readonly role: string; readonly name: string }): string {
  const where = (t: Target): string => {
    const place = t.el ?? (t.at ? `(${t.at[0]}, ${t.at[1]})` : "");
    return [place, target?.name ? quoted(target.name) : ""].filter((part) => part !== "").join(" ");
  };
  return words(action, where).filter((part) => part !== "").join(" ");
}

function words(action: Action, where: (t: Target) => string): readonly string[] {
  switch (action.action) {
    case "click":
    case "double_click":
    case "right_click":
    case "hover":
      return [action.action.replace("_", " "), where(action)];
    case "drag":
      return ["drag", where(action), `to (${action.to[0]}, ${action.to[1]})`];
    case "type":
      return [action.clear ? "replace" : "type", where(action), quoted(action.text), action.submit ? "⏎" : ""];
    case "key":
      return ["press", action.keys.map(bare).join(" ")];
    case "scroll":
      return ["scroll", where(action), `${action.dx ?? 0},${action.dy ?? 0}px`];
    case "select":
      return ["select", where(action), action.options.map(quoted).join(", ")];
    case "goto":
      return ["go to", bare(action.url)];
    case "back":
    case "forward":
    case "noop":
      return [action.action];
    case "wait":
      return ["wait", `${action.ms} ms`];
    case "done":
    case "infeasible":
      return [action.action, action.text === undefined ? "" : quoted(action.text)];
  }
}

/** Quotes and shortens text that came from a page or a policy; control characters are escaped. */
function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
}

/** As `quoted`, without the quotes. */
function bare(text: string): string {
  return quoted(text).slice(1, -1);
}
