import type { ComponentChildren, JSX } from "preact";
import { walk } from "./menu.tsx";

export interface TextProps {
  readonly name: string;
  readonly value: string;
  readonly id?: string;
  /** Kind of input, as HTML names it; plain text when absent. */
  readonly type?: string;
  /** "line" when absent. */
  readonly class?: string;
  readonly placeholder?: string;
  /** Whether what it reads will not do; absent where nobody says so. */
  readonly isWrong?: boolean;
  readonly onInput: (text: string) => void;
  readonly onEnter?: () => void;
}

/** A field of one line of text, without a name beside it. */
export function TextInput(p: TextProps): JSX.Element {
  return (
    <input
      id={p.id}
      type={p.type}
      class={`${p.class ?? "line"}${p.isWrong ? " wrong" : ""}`}
      aria-label={p.name}
      aria-invalid={p.isWrong}
      placeholder={p.placeholder}
      autocomplete="off"
      spellcheck={false}
      value={p.value}
      onInput={(e) => p.onInput(e.currentTarget.value)}
      onKeyDown={(e) => e.key === "Enter" && p.onEnter?.()}
    />
  );
}

/** A field of several lines of text, without a name beside it. */
export function TextArea(p: Omit<TextProps, "type" | "isWrong" | "onEnter">): JSX.Element {
  return (
    <textarea
      id={p.id}
      class={p.class}
      aria-label={p.name}
      placeholder={p.placeholder}
      spellcheck={false}
      value={p.value}
      onInput={(e) => p.onInput(e.currentTarget.value)}
    />
  );
}

/** A line of a form: its name at the left, what is filled in at the right. */
export function TextField(p: Omit<TextProps, "class">): JSX.Element {
  return (
    <div class="field">
      <span class="field-name" aria-hidden="true">{p.name}</span>
      <TextInput {...p} />
    </div>
  );
}

/** One of the lines of an open list; `name` where more is shown than it. */
export function Option(
  p: {
    readonly name?: string;
    readonly class: string;
    readonly isSelected: boolean;
    readonly onChoose: () => void;
    readonly children: ComponentChildren;
  },
): JSX.Element {
  return (
    <button
      type="button"
      role="option"
      class={`${p.class} ${p.isSelected ? "current" : ""}`}
      aria-label={p.name}
      aria-selected={p.isSelected}
      onClick={p.onChoose}
    >
      {p.children}
    </button>
  );
}

/** A line of a form with offered values in a drop-down list. */
export function Choice(
  p: {
    readonly name: string;
    readonly value: string;
    readonly offered: readonly (readonly [value: string, name: string])[];
    readonly isOpen: boolean;
    readonly onToggle: () => void;
    readonly onChoose: (value: string) => void;
    /** The drawing that says there is more; of the site's own. */
    readonly icon: ComponentChildren;
  },
): JSX.Element {
  const shown = p.offered.find(([value]) => value === p.value)?.[1] ?? "";
  return (
    <div class="field">
      <span class="field-name" aria-hidden="true">{p.name}</span>
      <span class="menu-anchor choice">
        <button
          type="button"
          class="line choice-button"
          aria-label={`${p.name}: ${shown}`}
          aria-haspopup="listbox"
          aria-expanded={p.isOpen}
          onClick={p.onToggle}
        >
          <span class="menu-name">{shown}</span>
          {p.icon}
        </button>
        {p.isOpen && (
          <div class="menu wide">
            <div class="menu-items" role="listbox" aria-label={p.name} onKeyDown={walk}>
              {p.offered.map(([value, name]) => (
                <Option
                  key={value}
                  class="menu-item"
                  isSelected={value === p.value}
                  onChoose={() => p.onChoose(value)}
                >
                  {name}
                </Option>
              ))}
            </div>
          </div>
        )}
      </span>
    </div>
  );
}

/** One of several values, as buttons of which one is on. */
export function Radios<T extends string | number>(
  p: {
    readonly name: string;
    readonly value: T;
    readonly offered: readonly (readonly [value: T, name: string])[];
    readonly onChoose: (value: T) => void;
  },
): JSX.Element {
  return (
    <div class="radios" role="radiogroup" aria-label={p.name}>
      {p.offered.map(([value, name]) => (
        <label key={value} class="radio">
          <input
            type="radio"
            name={p.name}
            aria-label={`${p.name}: ${name}`}
            checked={value === p.value}
            onChange={() => p.onChoose(value)}
          />
          {name}
        </label>
      ))}
    </div>
  );
}
