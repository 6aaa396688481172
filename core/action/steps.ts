/** The rungs of the repair ladder in their order, each with what it mends. `Parsed.repairs` counts the ones used. */
export const repairSteps = {
  marks: "byte order mark, invisible spaces, a model's end marks",
  think: "a block of thoughts before the answer",
  fence: "a code fence around the action",
  prose: "other text around the action",
  tags: "marks of the dialect that are missing, or tool-call tags where there should be none",
  quotes: "single, typographic or back quotes",
  escapes: "raw newlines, quotes and backslashes inside a text",
  keys: "names and words without quotes",
  literals: "Python's True, False, None and tuples; numbers such as +5 and .5",
  commas: "commas that are too many or missing",
  braces: "brackets that are too many, missing or of the wrong kind",
  repeat: "the same action, or the same field, written more than once",
  list: "a list around the action",
  nesting: "a wrapper around the fields that is missing or not the dialect's",
  dialect: "another dialect than the one agreed on",
  verb: "another name or case of an action",
  field: "another name or case of a field",
  extra: "fields that say nothing: thoughts, null",
  number: "numbers and true/false as text, text as number",
  element: "an element id in another form",
  item: "one item where a list is expected",
  point: "a place as text, map, box, fraction or with decimals",
  pixels: "a place in pixels of the picture",
  limits: "a wait longer than the longest",
} as const;

export type RepairStep = keyof typeof repairSteps;
