import { HaloError } from "halo-agent";

/** Longest gradient of one token's log-probability that any model has; most have one below 100. */
const longest = 1e4;

/**
 * Throws HALO_LORA_SERVER when a server's gradient is longer than weights of these slopes can make one of a sum. Tinker's
 * losses are sums; a server that divides by a datum's weights divides by nearly 0 where they are negative.
 */
export function checkSummed(
  metrics: Readonly<Record<string, number>> | null | undefined,
  { slopes, url }: { readonly slopes: readonly (readonly number[])[]; readonly url: string },
): void {
  const [name, norm] = Object.entries(metrics ?? {}).find(([name]) => /grad(ient)?_norm$/.test(name)) ?? [];
  const most = longest * slopes.flat().reduce((sum, slope) => sum + Math.abs(slope), 0);
  if (norm === undefined || norm <= most) return;
  throw new HaloError(
    "HALO_LORA_SERVER",
    `${url} says ${name} ${norm.toPrecision(3)}, a sum over these tokens has at most ${most.toPrecision(3)}`,
    {
      hint:
        "it divides the loss of each sequence by its weights, which are negative here, as SkyRL's JAX backend does: " +
        "nothing is learned from that; set trainer.options.server_loss: mean",
      option: "server_loss",
    },
  );
}
