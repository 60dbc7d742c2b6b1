/** A webhook delivery as the service would send it. */
export interface Delivery {
  readonly name: 'first' | 'duplicate' | 'forged' | 'altered' | 'unsigned' | 'late';
  /** Whether a receiver may start something from it. */
  readonly expect: 'accepted' | 'ignored' | 'refused';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** How a service signs. */
export interface DeliveryOptions {
  readonly body: string;
  /** Headers that belong to the event, its id for one. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly nowMs: number;
  /** The headers that prove the body at a time, made with a secret. */
  readonly sign: (body: string, secret: string, atMs: number) => Readonly<Record<string, string>>;
  readonly secret: string;
  /** Ms after which a delivery is too old. Absent: the service signs no time, and no late one is made. */
  readonly maxAgeMs?: number;
}

/** The deliveries that every receiver must tell apart, in the order in which they are sent. */
export function deliveries({ body, headers = {}, nowMs, sign, secret, maxAgeMs }: DeliveryOptions): readonly Delivery[] {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const common = { 'content-type': 'application/json', ...headers };
  const good = { headers: { ...common, ...sign(body, secret, nowMs) }, body: bytes(body) };
  const altered = body.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10));
  const made: readonly Delivery[] = [
    { name: 'first', expect: 'accepted', ...good },
    { name: 'duplicate', expect: 'ignored', ...good },
    { name: 'forged', expect: 'refused', headers: { ...common, ...sign(body, `${secret}x`, nowMs) }, body: bytes(body) },
    { name: 'altered', expect: 'refused', headers: good.headers, body: bytes(altered === body ? `${body} ` : altered) },
    { name: 'unsigned', expect: 'refused', headers: common, body: bytes(body) },
  ];
  if (maxAgeMs === undefined) return made;
  return [
    ...made,
    { name: 'late', expect: 'refused', headers: { ...common, ...sign(body, secret, nowMs - maxAgeMs - 60_000) }, body: bytes(body) },
  ];
}
