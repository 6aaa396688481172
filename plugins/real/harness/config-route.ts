import { type Asset, HaloError } from "halo-agent";

/**
 * A replica's files, of which `/config` takes settings besides those in its address: what the harness cannot be told to ask
 * for. Throws HALO_CLI_USAGE for anything but `name=value`.
 */
export function withSettings(
  assets: ReadonlyMap<string, Asset>,
  settings: readonly string[],
): ReadonlyMap<string, Asset> {
  const page = assets.get("/config");
  const wrong = settings.find((one) => !/^\w+=[\w.-]+$/.test(one));
  if (wrong !== undefined) {
    throw new HaloError("HALO_CLI_USAGE", `--config expects name=value, got "${wrong}"`, {
      hint: "halo agisdk --help",
    });
  }
  if (page === undefined || settings.length === 0) return assets;
  // Before the page's own script reads its address.
  const added = JSON.stringify(`&${settings.join("&")}`);
  const script = `<!doctype html><script>history.replaceState(null, "", location.href + ${added})</script>`;
  const body = new TextEncoder().encode(script + new TextDecoder().decode(page.body));
  return new Map(assets).set("/config", { ...page, body });
}
