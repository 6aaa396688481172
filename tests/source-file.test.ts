import { assert, suite } from "./harness.ts";
import { scan } from "./source-file.ts";

const test = suite("source-file");
const specifiers = (text: string) => scan("x.ts", text).imports.map((i) => i.specifier);

test("scan finds every form of import with its line and kind", () => {
  const text = [
    'import "a";',
    'import b, { type B } from "b";',
    "import type { C } from 'c';",
    'import { type D } from "d";',
    "export {",
    "  e,",
    '} from "e";',
    'const f = await import("f");',
    'type G = import("g").G;',
    'const h: typeof import("h") = f;',
    'export * from "i";',
  ].join("\n");
  const found = scan("x.ts", text).imports.map((i) =>
    `${i.specifier}${i.line}${i.typeOnly ? " type" : ""}${i.dynamic ? " dynamic" : ""}`
  );
  assert.equal(found, [
    "a1",
    "b2",
    "c3 type",
    "d4 type",
    "e7",
    "f8 dynamic",
    "g9 dynamic",
    "h10 type dynamic",
    "i11",
  ]);
});

test("scan passes over comments, strings, templates and patterns", () => {
  const text = [
    "// import 'x';",
    "/* import 'x'; */",
    "const a = \"import y from 'x'\";",
    "const b = `import 'x' ${c ? `from 'x' ${'d'}` : {e: '}'}} import 'x'`;",
    "const f = /['\"`]/.test(g) || h.split(/\\//);",
    "import z from 'z';",
  ].join("\n");
  assert.equal(specifiers(text), ["z"]);
});

test("scan blanks what is not code and keeps the places", () => {
  const text = 'a(); // Math.exp(1)\nb("Math.log(2)"); `Math.pow ${Math.tanh(3)} {`; c();';
  const { code } = scan("x.ts", text);
  assert.is(code, 'a();               \nb("           "); `         ${Math.tanh(3)}  `; c();');
  assert.is(code.length, text.length);
});

test("scan survives words with apostrophes in page markup", () => {
  assert.equal(specifiers("const a = <p>don't import {b}</p>;\nimport c from 'c';"), ["c"]);
});

test("scan keeps strings and blanks comments in what is said", () => {
  const text = 'const a = "x"; // y\n/* z */ const b = `t ${a /* u */} v`;';
  assert.is(scan("x.ts", text).said, 'const a = "x";     \n        const b = `t ${a        } v`;');
});
