import type { JsonValue } from '@millwright/core';

/** One part of a multipart body. */
export interface Part {
  readonly name: string;
  readonly fileName: string | null;
  readonly contentType: string | null;
  readonly text: string;
}

function parameterOf(header: string, name: string): string | null {
  const match = new RegExp(`(?:^|[;\\s])${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]+))`, 'i').exec(header);
  return match ? (match[1] ?? match[2] ?? null) : null;
}

function readPart(raw: string): Part | null {
  const end = raw.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const headers = new Map(
    raw
      .slice(0, end)
      .split('\r\n')
      .map((line) => [line.slice(0, line.indexOf(':')).trim().toLowerCase(), line.slice(line.indexOf(':') + 1).trim()] as const),
  );
  const disposition = headers.get('content-disposition') ?? '';
  const name = parameterOf(disposition, 'name');
  if (name === null || !/^form-data/i.test(disposition)) return null;
  return {
    name,
    fileName: parameterOf(disposition, 'filename'),
    contentType: headers.get('content-type') ?? null,
    text: raw.slice(end + 4),
  };
}

/**
 * The parts of a `multipart/form-data` body (RFC 7578); texts are read byte by byte as Latin-1.
 * @returns null where the body does not keep to its boundary
 */
export function readMultipart(contentType: string, body: Uint8Array): readonly Part[] | null {
  const boundary = parameterOf(contentType, 'boundary');
  if (boundary === null) return null;
  const text = `\r\n${Buffer.from(body).toString('latin1')}`;
  const pieces = text.split(`\r\n--${boundary}`);
  const last = pieces.at(-1);
  if (pieces.length < 2 || last === undefined || !last.startsWith('--')) return null;
  const parts = pieces.slice(1, -1).map((piece) => (piece.startsWith('\r\n') ? readPart(piece.slice(2)) : null));
  return parts.every((part) => part !== null) ? parts : null;
}

/** A part's value: JSON where it says so; of a file its text. */
export function partValue(part: Part): JsonValue {
  const text = part.fileName === null ? Buffer.from(part.text, 'latin1').toString('utf8') : part.text;
  if (part.contentType?.includes('json') !== true || part.fileName !== null) return text;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}
