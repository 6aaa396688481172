import type { Secret } from "../util/secret.ts";
import type { PluginKinds } from "./kinds.ts";

interface Described {
  readonly description?: string;
  /** Names a nested plugin of this kind; the value in `create` is the built plugin. */
  readonly "x-plugin"?: keyof PluginKinds;
  /** Marks a value that is never printed or recorded; accepts `${secret:NAME}` only and arrives as a `Secret`. */
  readonly writeOnly?: true;
}

/** The part of JSON Schema that plugin options may use; checked by ajv in strict mode. */
export type Schema =
  | (Described & {
    readonly type: "string";
    readonly enum?: readonly string[];
    readonly default?: string;
    readonly pattern?: string;
    readonly minLength?: number;
    readonly examples?: readonly string[];
    /** A file or folder: `./` and `../` start from the YAML that writes them, any other path from the working directory. */
    readonly "x-path"?: true;
  })
  | (Described & {
    readonly type: "number" | "integer";
    readonly default?: number;
    readonly minimum?: number;
    readonly maximum?: number;
    readonly exclusiveMinimum?: number;
    readonly exclusiveMaximum?: number;
  })
  | (Described & { readonly type: "boolean"; readonly default?: boolean })
  | (Described & {
    readonly type: "array";
    readonly items: Schema;
    readonly default?: readonly unknown[];
    readonly minItems?: number;
    readonly maxItems?: number;
  })
  | ObjectSchema;

export interface ObjectSchema extends Described {
  readonly type: "object";
  readonly properties: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties: false | Schema;
  readonly default?: Readonly<Record<string, unknown>>;
}

type Required_<S> = S extends { readonly required: readonly (infer R)[] } ? R : never;
type Value<S> = S extends { readonly "x-plugin": infer K extends keyof PluginKinds } ? PluginKinds[K]
  : S extends { readonly type: "string"; readonly writeOnly: true } ? Secret
  : S extends { readonly enum: readonly (infer E)[] } ? E
  : S extends { readonly type: "string" } ? string
  : S extends { readonly type: "number" | "integer" } ? number
  : S extends { readonly type: "boolean" } ? boolean
  : S extends { readonly type: "array"; readonly items: infer I } ? readonly Value<I>[]
  : S extends { readonly type: "object"; readonly properties: infer P }
    ? OptionsOf<{ properties: P } & Pick<S, keyof S & "required">>
  : never;
type Present<P, R> = {
  [K in keyof P]: P[K] extends { readonly default: unknown } ? K : K extends R ? K : never;
}[keyof P];

/** The TypeScript type of options that passed a schema: keys with a default or listed in `required` are present. */
export type OptionsOf<S> = S extends { readonly properties: infer P } ?
    & { readonly [K in Present<P, Required_<S>>]: Value<P[K]> }
    & { readonly [K in Exclude<keyof P, Present<P, Required_<S>>>]?: Value<P[K]> }
  : never;
