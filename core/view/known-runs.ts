import { basename, dirname, join, resolve } from "node:path";
import { armPath } from "../record/arm-path.ts";
import { type FileSign, fileSign, isUntouched } from "../record/file-sign.ts";
import type { RunFolder } from "../record/run-folder.ts";
import { listRuns, openRun, type RunListing } from "../record/runs.ts";
import { armNames } from "../report/compared-side.ts";
import { HaloError, isHaloError } from "../util/errors.ts";
import { FollowedRun, ViewMemory } from "./followed-run.ts";

/** A run that the viewer may show. */
export interface KnownRun {
  /** Its `id` is what addresses name it by: the name of its folder, for an arm "FOLDER/ARM". */
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
  readonly #memory = new ViewMemory();
  readonly #followed = new Map<string, { readonly sign: FileSign | undefined; readonly run: RunFolder }>();

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
    const [folder, arm] = name.split("/", 2) as [string, string?];
    const run = await this.#shown(folder);
    if (run && arm === undefined) return run;
    if (run && armNames(run).includes(arm!)) return await this.#at(armPath(run.path, arm!));
    throw new HaloError("HALO_RUN_NOT_FOUND", `the viewer shows no run "${name}"`, { hint: "halo runs" });
  }

  /** The run in the folder of that name, where it is shown. */
  async #shown(name: string): Promise<RunFolder | undefined> {
    const path = resolve(this.#runsDir, name);
    const isInside = basename(path) === name && dirname(path) === resolve(this.#runsDir);
    if (!isInside || !(this.#only?.includes(path) ?? true)) return undefined;
    return await this.#at(path).catch((e: unknown) => {
      if (isHaloError(e, "HALO_RUN_CORRUPT")) throw e;
      return undefined;
    });
  }

  /** The run of that folder, followed since it was opened first; another one where its run.json was replaced. */
  async #at(path: string): Promise<RunFolder> {
    const sign = await fileSign(join(path, "run.json"));
    const known = this.#followed.get(path);
    if (known && sign && isUntouched(known.sign, sign)) return known.run;
    const run = new FollowedRun(await openRun(path, dirname(path)), this.#memory);
    this.#followed.set(path, { sign, run });
    return run;
  }

  async #withArms(listing: RunListing): Promise<readonly KnownRun[]> {
    if (listing.damage) return [{ listing }];
    const folder = await this.#at(listing.path);
    const arms = await Promise.all(
      armNames(folder).map(async (arm): Promise<readonly KnownRun[]> => {
        const own = await this.#at(armPath(folder.path, arm)).catch(() => undefined);
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
