import type { Site } from "halo-agent";

/** Where a task begins on a replica: the page of its hosted site, at the replica's origin. */
export function startUrl({ host }: Pick<Site, "host">, hosted: string): string {
  const { pathname, search, hash } = new URL(hosted);
  return `http://${host}/${pathname.replace(/^\/+/, "")}${search}${hash}`;
}

/** Where a task begins on its hosted site: the address in its file, at another host where one is named. */
export function hostedUrl(url: string, host?: string): string {
  // As written: whether it ends with a slash decides how the harness appends to it.
  return host === undefined ? url : url.replace(/^(https?:\/\/)[^/?#]+/, `$1${host}`);
}
