import { apiProblemSchema, type Endpoint } from '@millwright/contracts';
import type { JsonObject, JsonValue } from '@millwright/core';
import { z } from 'zod';
import { rolesWith } from '../permissions.ts';
import type { Route } from './route.ts';

type Schema = Record<string, JsonValue>;

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'any' }) as Schema;
  return rest;
}

function parametersOf(place: 'path' | 'query', schema: z.ZodObject | undefined): JsonValue[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as { properties?: Record<string, JsonValue>; required?: string[] };
  return Object.entries(properties).map(([name, inner]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: inner,
  }));
}

function answerOf(endpoint: Endpoint): JsonObject {
  const { answer } = endpoint;
  if ('body' in answer)
    return { [answer.status]: { description: 'Done.', content: { 'application/json': { schema: schemaOf(answer.body, 'output') } } } };
  if ('events' in answer) {
    const events = Object.entries(answer.events).map(([name, schema]) => ({ title: name, ...schemaOf(schema, 'output') }));
    const description = `Server-sent events: ${Object.keys(answer.events).join(', ')}; then "end".`;
    return { 200: { description, content: { 'text/event-stream': { schema: { oneOf: events } } } } };
  }
  return { [answer.status]: { description: 'Done; no body.' } };
}

function headersOf(route: Route): JsonValue[] {
  const header = (name: string, description: string, required = true): JsonValue => ({
    name,
    in: 'header',
    required,
    description,
    schema: { type: 'string' },
  });
  return [
    ...(route.csrf === 'required' ? [header('x-millwright-csrf', 'Always "1".')] : []),
    ...(route.contract.ifMatch === true ? [header('if-match', 'The revision that is changed: the ETag of the draft.')] : []),
    ...(route.contract.method === 'POST' && route.tenant === 'session'
      ? [header('idempotency-key', 'The same key with the same body is done once; its answer is kept for 24 hours.', false)]
      : []),
  ];
}

function operationOf(route: Route): JsonObject {
  const { contract } = route;
  const who =
    route.permission === 'anyone'
      ? 'Anybody.'
      : route.permission === 'signedIn'
        ? 'Anybody who is signed in.'
        : `Needs "${route.permission}": ${rolesWith(route.permission).join(', ')}.`;
  return {
    operationId: `${contract.method.toLowerCase()}${contract.path.replaceAll(/[^a-zA-Z0-9]+(.)?/g, (_all, next: string | undefined) => (next ?? '').toUpperCase())}`,
    summary: contract.summary,
    description: who,
    parameters: [...parametersOf('path', contract.params), ...parametersOf('query', contract.query), ...headersOf(route)],
    ...(contract.body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(contract.body, 'input') } } } }),
    responses: {
      ...answerOf(contract),
      default: {
        description: 'A problem (RFC 9457).',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
    security: route.permission === 'anyone' ? [] : [{ session: [] }],
  };
}

/**
 * The OpenAPI 3.1 document of the registry.
 * @param server version of the product and public base URL
 */
export function toOpenApi(routes: readonly Route[], server: { readonly version: string; readonly url: string }): JsonObject {
  const paths: Record<string, Record<string, JsonValue>> = {};
  for (const route of routes) {
    const path = route.contract.path.replaceAll(/:([a-zA-Z]+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.contract.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Millwright', version: server.version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: server.url }],
    paths,
    components: {
      schemas: { Problem: schemaOf(apiProblemSchema, 'output') },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'millwright.session_token' } },
    },
  };
}
