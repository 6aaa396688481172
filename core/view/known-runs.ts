import { armPath } from "../record/arm-path.ts";
import type { RunFolder } from "../record/run-folder.ts";
import { listRuns, openRun, type RunListing } from "../record/runs.ts";
import { armNames } from "../report/compared-side.ts";
import { HaloError } from "../util/errors.ts";

/** A run that the viewer may show; its addresses name it by the id of its listing, for an arm "ID/ARM". */
export interface KnownRun {
  readonly listing: RunListing;
  /** Absent for a damaged run. */
  readonly folder?: RunFolder;
}

/** Runs that answers are taken from. */
export type Runs = Pick<KnownRuns, "list" | "open">;

/** The runs of a folder, or only some of it: nothing outside them is ever opened, whatever an address says. */
export class KnownRuns {
  readonly #runsDir: string;
  readonly #only: readonly string[] | undefined;

  /** `only` are paths of run folders; without it every run of the folder is shown. */
  constructor(runsDir: string, only?: readonly string[]) {
    this.#runsDir = runsDir;
    this.#only = only;
  }

  /** Newest first, arms behind their run. */
  async list(): Promise<readonly KnownRun[]> {
    const listings = (await listRuns(this.#runsDir)).filter(({ path }) => this.#only?.includes(path) ?? true);
    const runs = await Promise.all([...listings].reverse().map((listing) => this.#withArms(listing)));
    return runs.flat();
  }

  /** The run of that name. Throws HALO_RUN_NOT_FOUND. */
  async open(name: string): Promise<RunFolder> {
    const [id, arm] = name.split("/", 2) as [string, string?];
    const listing = (await listRuns(this.#runsDir)).find((run) => run.id === id && !run.damage);
    const isShown = listing && (this.#only?.includes(listing.path) ?? true);
    const run = isShown ? await openRun(listing.path, this.#runsDir) : undefined;
    if (run && arm === undefined) return run;
    if (run && armNames(run).includes(arm!)) return await openRun(armPath(run.path, arm!), run.path);
    throw new HaloError("HALO_RUN_NOT_FOUND", `the viewer shows no run "${name}"`, { hint: "halo runs" });
  }

  async #withArms(listing: RunListing): Promise<readonly KnownRun[]> {
    if (listing.damage) return [{ listing }];
    const folder = await openRun(listing.path, this.#runsDir);
    const arms = await Promise.all(
      armNames(folder).map(async (arm): Promise<readonly KnownRun[]> => {
        const own = await openRun(armPath(folder.path, arm), folder.path).catch(() => undefined);
        if (!own) return [];
        const { id, name, seed, created } = own.info;
        const status = (await own.readStatus())?.status;
        const armListing = {
          id: `${listing.id}/${id}`,
          path: own.path,
          name,
          seed,
          created,
          ...(status && { status }),
        };
        return [{ listing: armListing, folder: own }];
      }),
    );
    return [{ listing, folder }, ...arms.flat()];
  }
}
