/** The sites of the benchmark that halo has a replica of, with the origin the replica's page sees. */
export const replicas = {
  gomail: "http://gomail.halo.test",
} as const;

export type ReplicaName = keyof typeof replicas;

/** Where a task begins on the replica: the page of its hosted site, at the replica's origin. */
export function startUrl(site: ReplicaName, hosted: string): string {
  const { pathname, search, hash } = new URL(hosted);
  return `${replicas[site]}/${pathname.replace(/^\/+/, "")}${search}${hash}`;
}
