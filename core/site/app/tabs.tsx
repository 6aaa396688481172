import type { JSX } from "preact";

/** Pages of which one is shown, as a row of tabs. */
export function Tabs<T extends string>(
  p: {
    readonly name: string;
    readonly value: T;
    readonly offered: readonly (readonly [value: T, name: string])[];
    readonly onChoose: (value: T) => void;
  },
): JSX.Element {
  return (
    <div class="page-tabs" role="tablist" aria-label={p.name}>
      {p.offered.map(([value, name]) => (
        <button
          key={value}
          type="button"
          role="tab"
          class={`page-tab ${value === p.value ? "current" : ""}`}
          aria-selected={value === p.value}
          onClick={() => p.onChoose(value)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
