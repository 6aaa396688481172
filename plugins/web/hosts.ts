import { HaloError } from "halo-agent";

const form = /^([a-z0-9_-]+(?:\.[a-z0-9_-]+)*)(?::(\d{1,5}))?$/i;

/**
 * The hosts of a list, each with its ports, mapped to themselves: a name alone stands for the ports of http and https. Throws
 * HALO_WEB_OPTION for anything but `name` or `name:port`.
 */
export function hostMap(hosts: readonly string[], option: string): Readonly<Record<string, string>> {
  const ported = hosts.flatMap((host, i) => {
    const [, name = "", port] = form.exec(host) ?? [];
    if (name === "") {
      throw new HaloError("HALO_WEB_OPTION", `"${host}" is no host such as shop.example or localhost:3000`, {
        option: `${option}.${i}`,
        hint: "name each host; a pattern of hosts cannot be guarded",
      });
    }
    const lower = name.toLowerCase();
    return port === undefined ? [`${lower}:80`, `${lower}:443`] : [`${lower}:${port}`];
  });
  return Object.fromEntries(ported.map((host) => [host, host]));
}

/** The host of a site's address as `hostMap` takes it. Throws HALO_WEB_OPTION for an address that is not http or https. */
export function hostOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol === "http:" || parsed?.protocol === "https:") return parsed.host;
  throw new HaloError("HALO_WEB_OPTION", `"${url}" is no http or https address`, { option: "url" });
}
