import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { endpoints } from './endpoints.ts';

const all: readonly (readonly [string, Endpoint])[] = Object.entries(endpoints).flatMap(([group, members]) =>
  Object.entries(members).map(([name, endpoint]) => [`${group}.${name}`, endpoint as Endpoint] as const),
);

describe('every contract', () => {
  it('has a schema for each path parameter and for nothing else', () => {
    for (const [name, endpoint] of all) {
      const inPath = new Set([...endpoint.path.matchAll(/:([a-zA-Z]+)/g)].map((match) => match[1]));
      expect({ name, params: new Set(Object.keys(endpoint.params?.shape ?? {})) }).toEqual({ name, params: inPath });
    }
  });

  it('has method and path of its own', () => {
    const keys = all.map(([, endpoint]) => `${endpoint.method} ${endpoint.path}`);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it('takes a body only where something is written', () => {
    expect(all.filter(([, endpoint]) => endpoint.body !== undefined && ['GET', 'DELETE'].includes(endpoint.method))).toEqual([]);
  });

  it('uses no name twice among path, query and body, since callers pass them side by side', () => {
    for (const [name, endpoint] of all) {
      const names = [...Object.keys(endpoint.params?.shape ?? {}), ...Object.keys(endpoint.query?.shape ?? {}), 'body', 'revision'];
      expect({ name, unique: new Set(names).size }).toEqual({ name, unique: names.length });
    }
  });

  it('can be written as JSON Schema, for the OpenAPI document', () => {
    const schemas = all.flatMap(([, endpoint]) => [
      endpoint.params,
      endpoint.query,
      endpoint.body,
      'body' in endpoint.answer ? endpoint.answer.body : undefined,
    ]);
    const written = schemas.filter((schema) => schema !== undefined).map((schema) => z.toJSONSchema(schema, { io: 'input' }));
    expect(written.length).toBeGreaterThan(all.length);
  });
});
