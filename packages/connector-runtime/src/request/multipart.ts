import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import { hashHex } from '@millwright/core/hash';

/** A part that is a file. */
type FilePart = JsonObject & { readonly fileName: string; readonly base64: string };

function isFile(value: JsonValue): value is FilePart {
  return isJsonObject(value) && typeof value['fileName'] === 'string' && typeof value['base64'] === 'string';
}

/** Names as browsers write them into quotes (HTML, multipart/form-data encoding algorithm). */
function quoted(name: string): string {
  return `"${name.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22')}"`;
}

function headOf(name: string, value: JsonValue): string {
  const disposition = `content-disposition: form-data; name=${quoted(name)}`;
  if (!isFile(value)) return isJsonObject(value) ? `${disposition}\r\ncontent-type: application/json\r\n\r\n` : `${disposition}\r\n\r\n`;
  const contentType = typeof value['contentType'] === 'string' ? value['contentType'] : 'application/octet-stream';
  return `${disposition}; filename=${quoted(value.fileName)}\r\ncontent-type: ${contentType.replaceAll(/[\r\n]/g, ' ')}\r\n\r\n`;
}

function contentOf(value: JsonValue): Uint8Array {
  if (isFile(value)) return Buffer.from(value.base64, 'base64');
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
}

/**
 * Fields and files as `multipart/form-data` (RFC 7578). Lists repeat the name, null is left out.
 * @param key the write's key, or any text: the same key gives the same bytes (durability.md §2.2)
 */
export function encodeMultipart(
  fields: Readonly<Record<string, JsonValue>>,
  key: string,
): { readonly body: Uint8Array; readonly contentType: string } {
  const boundary = `millwright${hashHex(key).slice(0, 32)}`;
  const pieces: Uint8Array[] = [];
  for (const [name, given] of Object.entries(fields)) {
    for (const value of Array.isArray(given) ? (given as readonly JsonValue[]) : [given]) {
      if (value === null) continue;
      pieces.push(Buffer.from(`--${boundary}\r\n${headOf(name, value)}`), contentOf(value), Buffer.from('\r\n'));
    }
  }
  pieces.push(Buffer.from(`--${boundary}--\r\n`));
  return { body: Buffer.concat(pieces), contentType: `multipart/form-data; boundary=${boundary}` };
}
