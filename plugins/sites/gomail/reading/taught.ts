import { type FreeReader, linked, type Objects, taughtBy, type Told } from "halo-agent/site";
import { examplesIn } from "halo-agent/site/assets";
import { turnsOf } from "./doubt.ts";
import { masked } from "./masked.ts";
import { asCommand, errandOf } from "./objects.ts";
import { readMailGoal, wordsOf } from "./read.ts";

/** Reads a mail goal by its words, weighed against examples. */
export const readTaughtGoal: FreeReader = taughtBy(readMailGoal, {
  examples: examplesIn(new URL("examples.txt", import.meta.url)),
  told: (goal) => masked(wordsOf(goal)),
  errand: (kind, told) => {
    if (turnsOf(told.goal, kind) !== undefined) return undefined;
    const { objects } = errandOf({ kind, decided: "", command: asCommand(linked(told)) });
    return { kind, objects: plainly(kind, objects, told) };
  },
});

const writes = /^(?:compose|draft|schedule|forward|contact)$/;
const onMails = /^(?:archive|delete|spam|not_spam|restore|star|unstar|open_star|mark_read|mark_unread|snooze)$/;

/** The objects of a goal that no rule cut into commands: names are what is written large, subjects what is quoted. */
function plainly(kind: string, { quantity, ...found }: Objects, told: Told): Objects {
  const quoted = rawsOf("§q", told);
  const senders = found.senders?.map(nameIn);
  const isOther = (one: string): boolean => !senders?.includes(one) && !found.labels?.includes(one);
  const loose = found.subjects?.filter((one) => quoted.includes(one) && isOther(one)) ?? [];
  const asked = onMails.test(kind) && senders === undefined ? quoted : loose;
  const subjects = asked.length > 0 || senders !== undefined ? asked : found.subjects?.filter(isOther) ?? [];
  const things = subjects.length + (senders?.length ?? 0);
  const objects: Objects = {
    ...found,
    ...(senders && { senders }),
    subjects,
    ...(writes.test(kind) && written(found, told)),
    ...(quantity !== undefined && { quantity: quantity === "all" ? "all" : things > 1 ? things : "one" }),
  };
  return Object.fromEntries(Object.entries(objects).filter(([, one]) => !Array.isArray(one) || one.length > 0));
}

/** Addresses as they stand there, and a text that is none of them. */
function written({ addresses, cc, bcc, text, name }: Objects, told: Told): Objects {
  const all = rawsOf("§a", told).filter((one) => !cc?.includes(one) && !bcc?.includes(one));
  return {
    addresses: all.length > 0 ? all : addresses ?? [],
    ...(text !== undefined && { text: /^\S+@\S+$/.test(text) ? rawsOf("§q", told).at(-1) : text }),
    ...(name !== undefined && { name: nameIn(name) }),
  } as Objects;
}

const rawsOf = (mark: string, { tokens }: Told): readonly string[] =>
  tokens.filter(({ low }) => low === mark).map(({ raw }) => raw);

/** The name in words before a mail, "opened Hassan Nakamura": the last that are written large, two at most; all where none is. */
function nameIn(said: string): string {
  const large = /\p{Lu}[\p{L}'’.-]+(?: (?:\p{Lu}[\p{L}'’.-]+|van|de|der|von|al))*/gu;
  const last = said.match(large)?.at(-1)?.split(" ");
  if (last === undefined) return said;
  return last.slice(last.length > 2 && !last.some((one) => /^\p{Ll}/u.test(one)) ? -2 : 0).join(" ");
}
