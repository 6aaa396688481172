import type { Site } from "halo-agent";

/** Where a task begins on a replica: the page of its hosted site, at the replica's origin. */
export function startUrl({ host }: Pick<Site, "host">, hosted: string): string {
  const { pathname, search, hash } = new URL(hosted);
  return `http://${host}/${pathname.replace(/^\/+/, "")}${search}${hash}`;
}
