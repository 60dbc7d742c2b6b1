import { UserError, type JsonValue } from '@millwright/core';
import type { Request } from 'express';
import type { Item } from '@millwright/workflow';
import { fieldsOf, parseBody } from './parse-body.ts';

/** Headers that never become data: they authenticate the caller or describe the hop. */
const DROPPED = new Set([
  'cookie',
  'authorization',
  'proxy-authorization',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
]);

function tooLarge(maxBytes: number): UserError {
  return new UserError('tooLarge', {
    code: 'body_too_large',
    message: `the body is larger than ${maxBytes} bytes`,
    hint: `Send at most ${Math.floor(maxBytes / 1024 / 1024)} MiB, or a link to the data instead of the data.`,
    details: { maxBytes },
  });
}

/**
 * Reads a body whole.
 * @throws UserError `body_too_large` as soon as the bound is passed, `body_incomplete` when the caller went away
 */
export async function readBody(request: Request, maxBytes: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      chunks.push(chunk);
    }
  } catch (thrown) {
    if (thrown instanceof UserError) throw thrown;
    throw new UserError('invalid', { code: 'body_incomplete', message: 'the body ended early', hint: 'Send it again.', cause: thrown });
  }
  return Buffer.concat(chunks);
}

function one(value: unknown): JsonValue {
  return Array.isArray(value) ? value.map(String) : String(value);
}

/**
 * A request as the item that the webhook trigger emits: method, path, query, headers and body.
 * @throws UserError as `parseBody`
 */
export function itemOf(request: Request, body: Buffer): Item {
  const headers = Object.entries(request.headers).filter(([name, value]) => value !== undefined && !DROPPED.has(name));
  const url = new URL(request.originalUrl, 'http://localhost');
  return {
    json: {
      method: request.method,
      path: url.pathname,
      query: fieldsOf(url.searchParams),
      headers: Object.fromEntries(headers.map(([name, value]) => [name, one(value)])),
      body: parseBody(request.headers, body),
    },
  };
}
