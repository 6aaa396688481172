/**
 * JSON Schemas of records, tied to their types: the compiler refuses a shape that lacks a property of its type, calls an
 * optional one required or gives it another type. Properties that a type does not have are let through, so that a file
 * of a later halo with the same schema name can still be read.
 */

/** The schema of values of type T. */
export interface Shape<T> {
  readonly schema: object;
  /** Never set: it carries T. */
  readonly of?: T;
}

/** The schema of a property that may be absent. */
export interface OptionalShape<T> extends Shape<T> {
  readonly isOptional: true;
}

type IsOptional<T, K extends keyof T> = Record<never, never> extends Pick<T, K> ? true : false;

type PropertiesOf<T> = {
  readonly [K in keyof T]-?: IsOptional<T, K> extends true ? OptionalShape<Exclude<T[K], undefined>> : Shape<T[K]>;
};

export const text: Shape<string> = { schema: { type: "string" } };
export const number: Shape<number> = { schema: { type: "number" } };
/** An integer from 0 up. */
export const count: Shape<number> = { schema: { type: "integer", minimum: 0 } };
export const flag: Shape<boolean> = { schema: { type: "boolean" } };
/** A part that is not looked into. */
export const anything: Shape<never> = { schema: {} };

export const optional = <T>({ schema }: Shape<T>): OptionalShape<T> => ({ schema, isOptional: true });

export const nullable = <T>({ schema }: Shape<T>): Shape<T | null> => ({ schema: { ...schema, nullable: true } });

export const list = <T>({ schema }: Shape<T>): Shape<readonly T[]> => ({ schema: { type: "array", items: schema } });

/** Two values in a list. */
export function pair<T>({ schema }: Shape<T>): Shape<readonly [T, T]> {
  return { schema: { type: "array", items: [schema, schema], minItems: 2, maxItems: 2 } };
}

/** A map from names to values of one shape. */
export function mapOf<T>({ schema }: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return { schema: { type: "object", additionalProperties: schema } };
}

/** One of these texts; the compiler asks for all of them. */
export function oneOf<T extends string>(values: Readonly<Record<T, true>>): Shape<T> {
  return { schema: { type: "string", enum: Object.keys(values) } };
}

export function object<T>(properties: PropertiesOf<T>): Shape<T> {
  const all = Object.entries<Shape<unknown>>(properties);
  return {
    schema: {
      type: "object",
      properties: Object.fromEntries(all.map(([name, { schema }]) => [name, schema])),
      required: all.filter(([, shape]) => !("isOptional" in shape)).map(([name]) => name),
    },
  };
}

/** An object whose property `tag` says which shape it has. */
export function variants<T extends object, K extends keyof T & string>(
  tag: K,
  shapes: { readonly [V in T[K] & string]: Shape<Omit<Extract<T, Readonly<Record<K, V>>>, K>> },
): Shape<T> {
  const branches = Object.entries<Shape<unknown>>(shapes).map(([value, { schema }]) => {
    const { properties, required = [] } = schema as { readonly properties?: object; readonly required?: string[] };
    return { properties: { ...properties, [tag]: { const: value } }, required: [tag, ...required] };
  });
  const discriminator = { propertyName: tag };
  return {
    schema: { type: "object", discriminator, required: [tag], properties: { [tag]: text.schema }, oneOf: branches },
  };
}
