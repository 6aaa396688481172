import type { Action } from "../../domain/action.ts";
import type { Element, Observation } from "../../domain/observation.ts";
import type { Goal } from "../../domain/task.ts";
import { HaloError } from "../../util/errors.ts";
import { sha256 } from "../../util/sha256.ts";

/** Steps that were tried at one point of an episode, and which of them it went on with. */
export interface RecordedPoint {
  readonly taken: number;
  readonly candidates: readonly {
    readonly action: Action;
    readonly to: Observation;
    /** Steps that the scripted solution still needs from there; more than any that it can need where it cannot. */
    readonly left: number;
  }[];
}

/** An episode whose points know which of their steps was better. */
export interface RecordedTrack {
  readonly goal: Goal;
  readonly first: Observation;
  readonly points: readonly RecordedPoint[];
}

/** A page in the file: its elements as numbers of the file's table. */
interface PageRow {
  readonly url: string;
  readonly title: string;
  readonly elements: readonly number[];
}

interface TracksFile {
  readonly schema: typeof schema;
  /** Where the tracks are from. */
  readonly about: string;
  readonly elements: readonly Omit<Element, "id">[];
  readonly tracks: readonly {
    readonly goal: Goal;
    readonly first: PageRow;
    readonly points: readonly {
      readonly taken: number;
      readonly candidates: readonly { readonly action: Action; readonly left: number; readonly to: PageRow }[];
    }[];
  }[];
}

const schema = "halo.tracks/1";

/** Tracks as the text of a file; every element is written once. */
export function writeTracks(about: string, tracks: readonly RecordedTrack[]): string {
  const numbers = new Map<string, number>();
  const numberOf = ({ id: _, ...element }: Element): number => {
    const text = JSON.stringify(element);
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  };
  const row = ({ url, title, elements }: Observation): PageRow => ({ url, title, elements: elements.map(numberOf) });
  const rows = tracks.map(({ goal, first, points }) => ({
    goal,
    first: row(first),
    points: points.map(({ taken, candidates }) => ({
      taken,
      candidates: candidates.map(({ action, left, to }) => ({ action, left, to: row(to) })),
    })),
  }));
  const lines = (list: readonly string[]) => `[\n${list.join(",\n")}\n]`;
  const parts = [
    `"schema":${JSON.stringify(schema)}`,
    `"about":${JSON.stringify(about)}`,
    `"elements":${lines([...numbers.keys()])}`,
    `"tracks":${lines(rows.map((one) => JSON.stringify(one)))}`,
  ];
  return `{\n${parts.join(",\n")}\n}\n`;
}

/** Reads such a file. Throws HALO_CLI_USAGE for another one. */
export function readTracks(text: string, file: string): readonly RecordedTrack[] {
  const { elements, tracks } = parsed(text, file);
  const page = ({ url, title, elements: numbers }: PageRow): Observation => {
    const shown = numbers.map((n, i): Element => ({ id: `e${i}`, ...elements[n]! }));
    return { url, title, elements: shown, stateKey: sha256(JSON.stringify([url, title, numbers])) };
  };
  return tracks.map(({ goal, first, points }) => ({
    goal,
    first: page(first),
    points: points.map(({ taken, candidates }) => ({
      taken,
      candidates: candidates.map(({ action, left, to }) => ({ action, left, to: page(to) })),
    })),
  }));
}

function parsed(text: string, file: string): TracksFile {
  let value: Partial<TracksFile> | undefined;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (value?.schema === schema && Array.isArray(value.elements) && Array.isArray(value.tracks)) {
    return value as TracksFile;
  }
  throw new HaloError("HALO_CLI_USAGE", `${file} holds no recorded steps`, {
    hint: `expected JSON with {"schema":"${schema}"}; without --recorded those that come with halo are taken`,
  });
}
