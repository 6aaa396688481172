import type { answers, AnswerTo } from "../answers.ts";
import type { OpenedPage } from "../openable.ts";
import { staticName } from "../static-name.ts";
import { isStatic, staticAnswer, staticPicture } from "./static.ts";

type Name = keyof typeof answers;

/** The token of the page's own address, which every request repeats. */
const token = new URLSearchParams(location.search).get("token") ?? "";

/** The address of something the server answers. */
export function addressOf(name: string, query: Readonly<Record<string, string>>): string {
  return `/api/${name}?${new URLSearchParams({ ...query, token })}`;
}

/** Asks the server, or the files that the page came with, for a value. Rejects with words where there is none. */
export async function ask<K extends Name>(name: K, query: Readonly<Record<string, string>>): Promise<AnswerTo<K>> {
  if (isStatic) return JSON.parse(await staticAnswer(staticName(name, query)));
  const response = await fetch(addressOf(name, query));
  if (response.ok) return await response.json();
  throw await errorOf(response);
}

/** What the server said instead of an answer. */
async function errorOf(response: Response): Promise<Error> {
  const type = response.headers.get("content-type") ?? "";
  if (!type.startsWith("application/json")) return new Error(await response.text());
  const { code, message, hint } = await response.json();
  return new Error([`${code}: ${message}`, hint].filter(Boolean).join("\n"));
}

/** Starts a browser of this machine at a recorded point. Rejects with words where none can stand there. */
export async function openPage(query: Readonly<Record<"run" | "of" | "point", string>>): Promise<OpenedPage> {
  const response = await fetch(addressOf("open", query), { method: "POST" });
  if (response.ok) return await response.json();
  throw await errorOf(response);
}

/** The address of a recorded point's picture; undefined where none can be had. */
export function pictureOf(run: string, of: string, point: string): string | undefined {
  const query = { run, of, point };
  return isStatic ? staticPicture(staticName("picture", query)) : addressOf("picture", query);
}
