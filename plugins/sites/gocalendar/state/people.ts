/** People that guests are chosen from; the user is not among them. */
export const people: readonly string[] = `
Alexa Richardson, Amelia Stone, Angela White, Ashley Campbell, Barbara Thomas, Brandon Martinez, Brian King, Carol Adams,
Charles Davis, Danielle Foster, Elena Petrova, Ethan Brooks, Grace Howell, Hana Suzuki, Isaac Moreno, James Anderson,
Jasper Quill, Kevin Moore, Leila Haddad, Lucas Ferreira, Marcus Boyd, Marta Nilsson, Naomi Clarke, Oliver Grant, Paula Reyes,
Priya Raman, Rafael Costa, Sophie Taylor, Tara Singh, Victor Hale, Wei Chen, Yara Osman
`.trim().split(/,\s+/);

/** Address of a person. */
export const addressOf = (name: string): string =>
  name.includes("@") ? name : `${name.toLowerCase().replace(" ", ".")}@example.com`;

/** People whose name has a word that begins so, without those already there; at most five. */
export function suggestions(typed: string, without: readonly string[]): readonly string[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") return [];
  return people.filter((name) => !without.includes(name) && ` ${name.toLowerCase()}`.includes(` ${wanted}`)).slice(
    0,
    5,
  );
}
