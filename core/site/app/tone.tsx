import type { JSX } from "preact";

/** The class of one of six pairs of colours, `--tone` and `--tone-ink`; the same for equal text. */
export function toneOf(text: string): string {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum = (sum * 31 + text.charCodeAt(i)) % 9973;
  return `tone-${sum % 6}`;
}

/** The first letter of a person's name on a round of the name's colour. */
export function Avatar({ name }: { readonly name: string }): JSX.Element {
  return <span class={`avatar ${toneOf(name)}`} aria-hidden="true">{name.charAt(0)}</span>;
}
