import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { overLimit } from './errors.ts';

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Encodings that are asked for. */
export const ACCEPT_ENCODING = 'gzip, deflate, br';

function decoded(stream: Readable, encoding: string): Readable {
  const name = encoding.trim().toLowerCase();
  if (name === '' || name === 'identity') return stream;
  const make = DECODERS[name];
  if (make === undefined)
    throw overLimit(
      'egress_encoding',
      `the answer is encoded as "${name.slice(0, 40)}"`,
      'The service has to answer with gzip, deflate, br, or none.',
    );
  // The reader below sees the failure through the decoder, which pipeline destroys with it.
  return pipeline(stream, make(), () => undefined);
}

/**
 * Reads an answer's body, decompressed, up to a bound; stops the transfer at the bound.
 * @throws ConnectorError `egress_too_large`, `egress_encoding`
 */
export async function readBody(stream: Readable, encoding: string, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  try {
    for await (const chunk of decoded(stream, encoding) as AsyncIterable<Uint8Array>) {
      total += chunk.byteLength;
      if (total > maxBytes)
        throw overLimit('egress_too_large', `the answer is larger than ${maxBytes} bytes`, 'Ask the service for fewer items at a time.');
      chunks.push(chunk);
    }
  } finally {
    stream.destroy();
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, total);
}
