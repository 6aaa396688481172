import type { answers, AnswerTo } from "../answers.ts";

type Name = keyof typeof answers;

/** The token of the page's own address, which every request repeats. */
const token = new URLSearchParams(location.search).get("token") ?? "";

/** The address of something the server answers. */
export function addressOf(name: string, query: Readonly<Record<string, string>>): string {
  return `/api/${name}?${new URLSearchParams({ ...query, token })}`;
}

/** Asks the server for a value. Rejects with its words where there is none. */
export async function ask<K extends Name>(name: K, query: Readonly<Record<string, string>>): Promise<AnswerTo<K>> {
  const response = await fetch(addressOf(name, query));
  if (response.ok) return await response.json();
  const type = response.headers.get("content-type") ?? "";
  if (!type.startsWith("application/json")) throw new Error(await response.text());
  const { code, message, hint } = await response.json();
  throw new Error([`${code}: ${message}`, hint].filter(Boolean).join("\n"));
}

/** The address of a recorded point's picture. */
export const pictureOf = (run: string, of: string, point: string): string => addressOf("picture", { run, of, point });
