import { createHmac, timingSafeEqual } from 'node:crypto';
import { durationMs, type VerifySpec } from '@millwright/node-sdk';
import { fillToText } from '../request/fill.ts';
import { readText } from '../request/paths.ts';

/** A delivery as it came. */
export interface Delivery {
  readonly method: string;
  /** Whole address that was called. */
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Secrets that deliveries are proved with. */
export interface DeliverySecrets {
  /** What subscribing kept, our own secret among it. */
  readonly kept: Readonly<Record<string, string>>;
  readonly credential?: Readonly<Record<string, string>>;
  /** The instance's client app. */
  readonly client?: Readonly<Record<string, string>>;
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function secretAt(place: string, secrets: DeliverySecrets): string | null {
  return readText(secrets, place);
}

const ANY = /[.*+?^${}()|[\]\\]/g;

/** Pieces of a signature header by the connector's format: `t={{timestamp}},v1={{signature}}`. Services sign with two secrets while they change one. */
function readSignatures(header: string, format: string): { readonly signatures: readonly string[]; readonly timestamp: string | null } {
  const signatures: string[] = [];
  let timestamp: string | null = null;
  // A format of several parts is a list in any order, and the same part may come twice.
  for (const part of format.split(',')) {
    const pattern = new RegExp(
      `^${part
        .trim()
        .split(/(\{\{\w+\}\})/)
        .map((piece) => (piece === '{{signature}}' || piece === '{{timestamp}}' ? '(.+)' : piece.replaceAll(ANY, String.raw`\$&`)))
        .join('')}$`,
    );
    for (const given of format.includes(',') ? header.split(',') : [header]) {
      const found = pattern.exec(given.trim())?.[1];
      if (found !== undefined && part.includes('{{signature}}')) signatures.push(found);
      else if (found !== undefined) timestamp ??= found;
    }
  }
  return { signatures, timestamp };
}

function timeOf(text: string | null): number {
  if (text === null) return Number.NaN;
  return /^\d+$/.test(text) ? Number(text) * (text.length > 11 ? 1 : 1000) : Date.parse(text);
}

/** What a proof comes to; `late`: it is genuine, and too old or too far ahead to be taken. */
export type Proof = 'genuine' | 'forged' | 'late';

function signatureProof(
  spec: Extract<VerifySpec, { kind: 'hmac' }>,
  delivery: Delivery,
  { secrets, nowMs }: { readonly secrets: DeliverySecrets; readonly nowMs: number },
): Proof {
  const secret = secretAt(spec.secret, secrets);
  const header = delivery.headers[spec.header.toLowerCase()];
  if (secret === null || header === undefined) return 'forged';
  const { signatures, timestamp: inHeader } = readSignatures(header, spec.format);
  const timestamp = spec.timestampHeader === undefined ? inHeader : (delivery.headers[spec.timestampHeader.toLowerCase()] ?? null);
  const ageMs = spec.maxAge === undefined ? 0 : Math.abs(nowMs - timeOf(timestamp));
  if (Number.isNaN(ageMs)) return 'forged';
  // Bytes go through untouched: what is signed need be no text.
  const raw = Buffer.from(delivery.body).toString('latin1');
  const over = fillToText(spec.over, { raw, method: delivery.method, url: delivery.url, h: delivery.headers, timestamp: timestamp ?? '' });
  const expected = createHmac(spec.algorithm, secret).update(over, 'latin1').digest(spec.as);
  if (!signatures.some((one) => same(one, expected))) return 'forged';
  return spec.maxAge !== undefined && ageMs > durationMs(spec.maxAge) ? 'late' : 'genuine';
}

/** Whether a delivery comes from where it says, and in time. */
export function isGenuine(
  spec: VerifySpec,
  delivery: Delivery,
  at: { readonly secrets: DeliverySecrets; readonly nowMs: number },
): boolean {
  return proofOf(spec, delivery, at) === 'genuine';
}

/** Judges where a delivery comes from. Needs nothing but its bytes; a missing secret proves nothing. */
export function proofOf(spec: VerifySpec, delivery: Delivery, at: { readonly secrets: DeliverySecrets; readonly nowMs: number }): Proof {
  switch (spec.kind) {
    case 'hmac':
      return signatureProof(spec, delivery, at);
    case 'token': {
      const [part = '', ...rest] = spec.from.split('.');
      const name = rest.join('.');
      const body = part === 'body' ? readText(parsedBody(delivery), spec.from) : null;
      const given =
        part === 'header'
          ? (delivery.headers[name.toLowerCase()] ?? null)
          : part === 'query'
            ? new URL(delivery.url).searchParams.get(name)
            : body;
      const secret = secretAt(spec.secret, at.secrets);
      return given !== null && secret !== null && same(given, secret) ? 'genuine' : 'forged';
    }
    // Nothing is believed of it: what it names is fetched with the credential.
    case 'fetch':
      return 'genuine';
  }
}

/** The body with the name that paths give it. */
function parsedBody({ body }: Delivery): { readonly body: unknown } {
  try {
    return { body: JSON.parse(new TextDecoder().decode(body)) };
  } catch {
    return { body: null };
  }
}
