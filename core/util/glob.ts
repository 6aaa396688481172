/** A test for texts that match a glob as a whole; `*` stands for any text, line breaks excepted, all else for itself. */
export function globTest(glob: string): (text: string) => boolean {
  const parts = glob.split("*").map((part) => part.replace(/[\\^$.+?()[\]{}|/]/g, "\\$&"));
  const pattern = new RegExp(`^${parts.join(".*")}$`, "u");
  return (text) => pattern.test(text);
}
