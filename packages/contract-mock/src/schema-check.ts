import { isJsonObject, messageOf, type JsonObject, type JsonValue } from '@millwright/core';
import { toJsonSchema, type Description } from '@millwright/openapi';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Fault } from './exchange.ts';

/** A schema that cannot be compiled: nothing can be said about requests that it should judge. */
export class SchemaFault extends Error {
  readonly at: string;
  constructor(at: string, cause: unknown) {
    super(`the schema of ${at} cannot be used: ${messageOf(cause)}`, { cause });
    this.at = at;
  }
}

/** A judge of one value. */
export interface Judge {
  /** The schema that stands alone. */
  readonly schema: JsonObject;
  /** @returns what is wrong, and the value with texts turned into what the schema wants where that was asked for */
  readonly check: (value: JsonValue, at: string) => { readonly faults: readonly Fault[]; readonly value: JsonValue };
}

/** `exact`: values as they are. `text`: numbers and booleans may come as text. */
export type Reading = 'exact' | 'text';

const MAX_FAULTS = 20;

function makeAjv(reading: Reading): Ajv2020 {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    validateFormats: true,
    logger: false,
    addUsedSchema: false,
    inlineRefs: false,
    coerceTypes: reading === 'text',
  });
  // The package is CommonJS: its function is the default export's `default` to TypeScript.
  formats.default(ajv);
  return ajv;
}

/** A text cannot say whether it is a number: where one of several kinds is wanted, more than one may hold. */
function withAnyOf<T extends JsonValue>(schema: T): T {
  if (typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map((one: JsonValue) => withAnyOf(one)) as unknown as T;
  const { oneOf, ...rest } = schema as JsonObject;
  const isKeyword = Array.isArray(oneOf);
  const inner = Object.entries(isKeyword ? rest : (schema as JsonObject)).map(([name, value]): readonly [string, JsonValue] => [
    name,
    withAnyOf(value),
  ]);
  const { anyOf, ...others } = Object.fromEntries(inner);
  const choices = isKeyword ? [{ anyOf: withAnyOf(oneOf) }, ...(anyOf === undefined ? [] : [{ anyOf }])] : [];
  if (choices.length === 0) return Object.fromEntries(inner) as unknown as T;
  const allOf: readonly JsonValue[] = Array.isArray(others['allOf']) ? others['allOf'] : [];
  return { ...others, allOf: [...allOf, ...choices] } as unknown as T;
}

function toFaults(validate: ValidateFunction, at: string): readonly Fault[] {
  return (validate.errors ?? []).slice(0, MAX_FAULTS).map((error) => {
    const extra = isJsonObject(error.params as JsonValue) ? Object.values(error.params as JsonObject)[0] : undefined;
    const named = ['additionalProperties', 'unevaluatedProperties', 'enum', 'const'].includes(error.keyword)
      ? `: ${JSON.stringify(extra)}`
      : '';
    return { at: `${at}${error.instancePath.replace(/^\/value/, '')}`, message: `${error.message ?? error.keyword}${named}` };
  });
}

/** A schema that contains itself without end overflows the stack: that says nothing of the value. */
function isValid(validate: ValidateFunction, held: { readonly value: JsonValue }, at: string): boolean {
  try {
    return validate(held);
  } catch (thrown) {
    throw new SchemaFault(at, thrown);
  }
}

/** Judges by the schemas of one description; each is compiled when it is first needed. */
export class SchemaChecks {
  readonly #description: Description;
  readonly #isStrict: boolean;
  readonly #ajv: Partial<Record<Reading, Ajv2020>> = {};
  readonly #judges = new Map<string, Judge | SchemaFault>();

  constructor(description: Description, isStrict: boolean) {
    this.#description = description;
    this.#isStrict = isStrict;
  }

  /**
   * The judge of a schema.
   * @param at names it: the same name gives the same judge
   * @throws SchemaFault when it cannot be compiled, each time
   */
  judge(at: string, schema: JsonValue | null, reading: Reading): Judge {
    const key = `${reading} ${at}`;
    const known = this.#judges.get(key) ?? this.#make(at, schema, reading);
    this.#judges.set(key, known);
    if (known instanceof SchemaFault) throw known;
    return known;
  }

  #make(at: string, schema: JsonValue | null, reading: Reading): Judge | SchemaFault {
    try {
      const standing = toJsonSchema(this.#description, schema, { purpose: 'request', closed: this.#isStrict });
      const { $defs = {}, ...inner } = standing;
      const ajv = (this.#ajv[reading] ??= makeAjv(reading));
      const whole: JsonObject = { type: 'object', properties: { value: inner }, $defs };
      const validate = ajv.compile(reading === 'text' ? withAnyOf(whole) : whole);
      return {
        schema: standing,
        check: (value, place) => {
          const held = { value: structuredClone(value) };
          return isValid(validate, held, at) ? { faults: [], value: held.value } : { faults: toFaults(validate, place), value };
        },
      };
    } catch (thrown) {
      return new SchemaFault(at, thrown);
    }
  }
}
