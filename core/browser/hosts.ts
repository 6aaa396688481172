/**
 * True for http and https addresses on one of the hosts. A host is a name, on which every port is meant, or `name:port`; the
 * port of a scheme counts as written: `http://a.test/` is on `a.test:80`.
 */
export function isOnHosts(url: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, port } = new URL(url);
  if (protocol !== "http:" && protocol !== "https:") return false;
  return hosts.includes(hostname) || hosts.includes(`${hostname}:${port || (protocol === "http:" ? 80 : 443)}`);
}
