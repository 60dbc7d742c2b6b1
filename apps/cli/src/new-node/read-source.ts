import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { unreachable } from '@millwright/core';
import { createEgress } from '@millwright/egress';
import { readDescription, type Description } from '@millwright/openapi';
import { describeRequest, fetchDescription } from '@millwright/openapi-import';
import { readCurl } from '@millwright/workflow/curl';

/** What a new connector is made from. */
export type NodeSource =
  | { readonly kind: 'openapi'; /** A file or an address. */ readonly from: string }
  | { readonly kind: 'curl'; readonly command: string }
  | { readonly kind: 'empty' };

/** A description, and where it was found. */
export interface ReadSource {
  readonly description: Description;
  readonly origin?: string;
}

/** A service with one thing to read and one to write: to be replaced. */
function emptyDescription(title: string): string {
  const thing = {
    type: 'object',
    required: ['id'],
    properties: { id: { type: 'string', example: 't1' }, name: { type: 'string', example: 'Ada' } },
  };
  const answer = { description: 'ok', content: { 'application/json': { schema: thing } } };
  const id = { name: 'thingId', in: 'path', required: true, schema: { type: 'string', example: 't1' } };
  const body = {
    type: 'object',
    required: ['name'],
    additionalProperties: false,
    properties: { name: { type: 'string', example: 'Ada' } },
  };
  return JSON.stringify({
    openapi: '3.1.0',
    info: { title, version: '1' },
    servers: [{ url: 'https://api.example.com/v1' }],
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    paths: {
      '/things/{thingId}': { get: { tags: ['Things'], summary: 'Get a thing', parameters: [id], responses: { 200: answer } } },
      '/things': {
        post: {
          tags: ['Things'],
          summary: 'Create a thing',
          requestBody: { required: true, content: { 'application/json': { schema: body } } },
          responses: { 201: answer },
        },
      },
    },
  });
}

async function fetchFrom(address: string): Promise<ReadSource> {
  const { hostname, port, protocol } = new URL(address);
  // The developer named this address: it may be on their own machine or in their own network. Where it redirects to may not.
  const egress = createEgress({ allow: [`${hostname}:${port === '' ? (protocol === 'https:' ? 443 : 80) : port}`] });
  try {
    return await fetchDescription(address, egress);
  } finally {
    await egress.close();
  }
}

/**
 * Reads what a connector is made from.
 * @param cwd what relative files are relative to
 * @throws UserError `description_not_found`, `curl_invalid` and whatever the readers say of what they were given
 */
export async function readSource(
  source: NodeSource,
  { title, cwd }: { readonly title: string; readonly cwd: string },
): Promise<ReadSource> {
  switch (source.kind) {
    case 'empty':
      return { description: readDescription(emptyDescription(title)) };
    case 'curl':
      return { description: describeRequest(readCurl(source.command), title) };
    case 'openapi':
      return /^https?:\/\//i.test(source.from)
        ? fetchFrom(source.from)
        : { description: readDescription(await readFile(resolve(cwd, source.from), 'utf8')) };
    default:
      return unreachable(source);
  }
}
