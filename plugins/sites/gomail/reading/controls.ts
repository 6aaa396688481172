import type { Told } from "halo-agent/site";
import type { Kind } from "./kinds.ts";

/** What buttons of the site are called, and what they are for. */
const labels: readonly (readonly [kind: string, says: string])[] = [
  ["not_spam", "not spam"],
  ["spam", "(?:report )?(?:as )?spam"],
  ["archive", "archive"],
  ["delete", "(?:move to )?trash|delete"],
  ["mark_unread", "mark(?: it)? (?:as )?unread"],
  ["mark_read", "mark(?: it)? (?:as )?read"],
  ["snooze", "snooze"],
  ["schedule", "schedule send|send later"],
  ["reply", "reply(?: all)?"],
  ["forward", "forward"],
  ["compose", "compose|new mail"],
  [
    "create_label",
    "plus(?: (?:sign|symbol|button|icon))? (?:at|beside|by|near|next to|behind|of) (?:the )?(?:word )?labels",
  ],
  ["label", "labels?"],
  ["star", "(?:\\p{L}+ )?star"],
];
/** What says of a star that it is there, or is to go. */
const goes = /\b(?:empty|off|away|grey|gray|hollow|filled|solid|no longer|not|any ?more|remove|un-?starred)\b/;
const press =
  "(?:use|click|press|tap|hit|toggle|choose|pick|select|with|via)(?: on)?(?: (?:the|its|that|a|little|small))*";
const thing = "(?: (?:button|icon|symbol|option|item|entry|command|action|control|feature|function))";
const known = labels.map(([kind, says]) =>
  [
    kind,
    new RegExp(
      `^${press} (?:${says})(?:(${thing}+)|(?=$| (?:on|for|of|beside|next to|at|to|,|(?!mails)\\p{L}+[^s]s)(?! the (?:left|right|side|top))\\b))`,
      "u",
    ),
  ] as const
);

/** What a command asks for that only presses a button, and whether it says no more. */
export function controlOf(
  { tokens }: Pick<Told, "tokens">,
  acts: string,
): Kind & { readonly isBare: boolean } | undefined {
  const [verb = "", next = "", ...rest] = acts.split(" ");
  const at = tokens.findIndex(({ low }) => low === "§q");
  // 'Press "Archive"' has the name of a button in quotation marks.
  const plain = next === "§q" && at >= 0 ? [verb, tokens[at]!.raw.toLowerCase(), ...rest].join(" ") : acts;
  for (const [kind, says] of known) {
    const found = says.exec(plain);
    if (found === null) continue;
    const isBare = /^(?: (?:to|on|in) (?:it|that|this|them))?$/.test(plain.slice(found[0].length));
    return { kind: kind === "star" && goes.test(plain) ? "unstar" : kind, decided: found[0], isBare };
  }
  return undefined;
}
