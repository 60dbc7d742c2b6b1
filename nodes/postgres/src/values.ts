import type { JsonValue, z } from '@millwright/node-sdk';
import pg from 'pg';

/** What a column holds, as items have it. */
export type Cell = z.infer<ReturnType<typeof z.json>>;

/** Types by their numbers in `pg_type.dat`, which never change. */
const OID = {
  bool: 16,
  bytea: 17,
  int8: 20,
  int2: 21,
  int4: 23,
  oid: 26,
  json: 114,
  float4: 700,
  float8: 701,
  timestamptz: 1184,
  jsonb: 3802,
};
/** Arrays of types whose elements pg reads as numbers, truth values or objects. */
const ARRAYS = new Set([1000, 1005, 1007, 1009, 1014, 1015, 1016, 1021, 1022, 1231, 199, 3807, 2951, 1182]);

function number(text: string): JsonValue {
  const value = Number(text);
  // NaN and Infinity have no JSON.
  return Number.isFinite(value) ? value : text;
}

/** Whole numbers as long as they are exact; beyond that text, which is. */
function whole(text: string): JsonValue {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
}

/** `2026-11-21 10:00:00.123456+02` as RFC 3339, to the microsecond, in the session's zone. */
function instant(text: string): string {
  const [, date, time, offset = ''] = /^(\d{4,}-\d\d-\d\d) ([\d:.]+)([+-][\d:]+)$/.exec(text) ?? [];
  if (date === undefined) return text;
  return `${date}T${time ?? ''}${/^[+-]\d\d$/.test(offset) ? `${offset}:00` : offset}`;
}

const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  [OID.bool]: (text) => text === 't',
  [OID.int2]: number,
  [OID.int4]: number,
  [OID.oid]: number,
  [OID.int8]: whole,
  [OID.float4]: number,
  [OID.float8]: number,
  [OID.timestamptz]: instant,
  [OID.bytea]: (text) => Buffer.from(text.slice(2), 'hex').toString('base64'),
  [OID.json]: (text) => JSON.parse(text) as unknown,
  [OID.jsonb]: (text) => JSON.parse(text) as unknown,
};

const asText = (text: string): string => text;

/** How columns become JSON: dates, decimals and whatever is not known stay the text that PostgreSQL writes. */
export const types = {
  getTypeParser: (oid: number): ((text: string) => unknown) => {
    const own = PARSERS[oid];
    if (own !== undefined) return own;
    return ARRAYS.has(oid) ? (pg.types.getTypeParser(oid) as (text: string) => unknown) : asText;
  },
};

/** Types whose values are sent as JSON text. */
function isJsonType(oid: number): boolean {
  return oid === OID.json || oid === OID.jsonb;
}

/** A value as a parameter: objects as JSON, lists as arrays unless the column holds JSON. */
export function toParameter(value: JsonValue, oid?: number): unknown {
  if (oid !== undefined && isJsonType(oid)) return value === null ? null : JSON.stringify(value);
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return JSON.stringify(value);
  return value;
}
