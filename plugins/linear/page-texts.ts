import type { Element, Point } from "halo-agent";
import { type GoalParts, type Span, wordsOf } from "./spans.ts";

/** Texts that could be typed besides the goal's own, and what stands before each field. */
export interface Found {
  readonly spans: readonly Span[];
  /** Lower-case words before a field of the page, joined by blanks. */
  readonly captions: ReadonlyMap<Element, string>;
}

/** Texts of a page that are offered; more of them would only hide each other. */
const maxTexts = 16;
const maxLength = 200;

/** Reads a page's texts from its accessibility tree, and the goal's texts in other cases. */
export function pageTexts(at: Point, goal: GoalParts): Found {
  const { elements, axtree = "" } = at.observation;
  const fields = elements.filter((e) => e.states.includes("editable"));
  const captions = new Map<Element, string>();
  const spans: Span[] = goal.spans.flatMap((span): Span[] =>
    span.kind !== "quoted" ? [] : [
      { ...span, kind: "upper", text: span.text.toUpperCase() },
      { ...span, kind: "lower", text: span.text.toLowerCase() },
    ]
  );
  const texts: Span[] = [];
  const add = (text: string, o: Pick<Span, "kind"> & Partial<Span>) => {
    if (text === "" || text.length > maxLength || texts.length >= maxTexts) return;
    texts.push({ text, before: "", rank: texts.length, around: new Map(), ...o });
  };
  for (const source of fields) if (source.value) add(source.value, { kind: "held", source });
  let before = "";
  let isAfterField = false;
  let field = 0;
  for (const { role, text: written } of linesOf(axtree)) {
    if (fieldRoles.has(role)) {
      const element = fields[field++];
      if (element) captions.set(element, before);
      isAfterField = true;
      continue;
    }
    const text = withoutGoal(written, at.task.text);
    if (text === "") continue;
    if (textRoles.has(role)) {
      // What stands after a field is not said beside the caption of that field.
      const caption = isAfterField ? "" : before;
      add(text, { kind: "shown", caption });
      if (/^\S(?: \S)+$/.test(text)) add(text.replaceAll(" ", ""), { kind: "joined", caption });
    }
    before = wordsOf(text).join(" ");
    isAfterField = false;
  }
  return { spans: [...spans, ...texts], captions };
}

/**
 * Which texts of a page a field takes: where the page says something beside the words of the field's caption, that alone. Texts of
 * the goal are taken everywhere.
 */
export function lookedUp({ spans, captions }: Found): (field: Element, text: Span) => boolean {
  const said = new Set(spans.flatMap(({ caption }) => caption ? [caption] : []));
  return (field, { kind, caption }) => {
    const wanted = captions.get(field) ?? "";
    return (kind !== "shown" && kind !== "joined") || !said.has(wanted) || caption === wanted;
  };
}

const fieldRoles: ReadonlySet<string> = new Set(["textbox", "searchbox", "combobox", "spinbutton"]);
const textRoles: ReadonlySet<string> = new Set([
  "text",
  "cell",
  "paragraph",
  "listitem",
  "heading",
  "code",
  "emphasis",
]);

/** The goal is often written on the page; what is left is the page's own. */
function withoutGoal(text: string, goal: string): string {
  return text.startsWith(goal) ? text.slice(goal.length).trim() : text;
}

interface Line {
  readonly role: string;
  readonly text: string;
}

/** Role and own text of each line of an accessibility tree; lines that only hold others have no text. */
function linesOf(axtree: string): readonly Line[] {
  return axtree.split("\n").flatMap((line): Line[] => {
    const [, role = "", name, rest = ""] =
      /^\s*- ([a-z]+)(?: ("(?:[^"\\]|\\.)*"))?(?: \[[^\]]*\])*(?::(.*))?$/.exec(line) ?? [];
    if (role === "") return [];
    const value = rest.trim();
    const isHolder = line.trimEnd().endsWith(":");
    return [{ role, text: isHolder ? "" : unquoted(value === "" ? name ?? "" : value) }];
  });
}

function unquoted(text: string): string {
  if (!/^".*"$/s.test(text)) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    return text.slice(1, -1);
  }
}
