import { isJsonObject, MillwrightError } from '@millwright/core';
import { codeError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import type { BrokeredRequest, CodeCall } from '../types.ts';

const METHOD = /^[A-Z]{1,20}$/;

/** What the code sees of a failure: never more than code and message. */
const failed = (code: string, message: string): string => JSON.stringify({ error: { code, message } });

/** Sends requests of one call, through the caller's `fetch` only. */
export class Broker {
  readonly #fetch: CodeCall['fetch'];
  /** Made with the first request: most calls send none. */
  #ended: AbortController | undefined;
  #count = 0;
  #open = 0;

  constructor(fetch: CodeCall['fetch']) {
    this.#fetch = fetch;
  }

  /** What is under way stops. */
  end(): void {
    this.#ended?.abort();
  }

  /**
   * Sends one request.
   * @param text what the code asks for, as JSON; nothing in it is trusted
   * @returns the answer, or why there is none, as JSON
   */
  async send(text: string): Promise<string> {
    this.#count += 1;
    if (this.#fetch === undefined) {
      const { code, message } = codeError('code_no_network', 'This code may send no requests');
      return failed(code, message);
    }
    if (this.#count > LIMITS.fetches) return failed('code_failed', `More than ${LIMITS.fetches} requests in one call`);
    if (this.#open >= LIMITS.fetchesAtOnce) return failed('code_failed', `More than ${LIMITS.fetchesAtOnce} requests at a time`);
    const request = this.#read(text);
    if (typeof request === 'string') return failed('code_failed', request);
    this.#open += 1;
    try {
      const { status, headers, body, url } = await this.#fetch(request);
      if (body.length > LIMITS.responseBytes) return failed('code_failed', `The answer is larger than ${LIMITS.responseBytes} bytes`);
      return JSON.stringify({ status, headers, url, body: Buffer.from(body).toString('base64') });
    } catch (thrown) {
      // Errors of ours are made for people; of others nobody knows what they hold.
      return thrown instanceof MillwrightError ? failed(thrown.code, thrown.message) : failed('code_failed', 'The request failed');
    } finally {
      this.#open -= 1;
    }
  }

  /** @returns why it is refused, where it is */
  #read(text: string): BrokeredRequest | string {
    const asked: unknown = JSON.parse(text);
    if (!isJsonObject(asked)) return 'a request is an object';
    const { method, url, headers, body } = asked;
    if (typeof method !== 'string' || !METHOD.test(method)) return 'a request needs a method';
    if (typeof url !== 'string') return 'a request needs a URL';
    if (headers === undefined || !isJsonObject(headers)) return 'headers are an object';
    const fields: Record<string, string> = {};
    for (const [name, value] of Object.entries(headers)) {
      if (typeof value !== 'string') return `the header ${name} is no text`;
      Object.defineProperty(fields, name, { value, enumerable: true });
    }
    const bytes = typeof body === 'string' ? Buffer.from(body, 'base64') : null;
    if (bytes !== null && bytes.length > LIMITS.requestBytes) return `a body has at most ${LIMITS.requestBytes} bytes`;
    this.#ended ??= new AbortController();
    return { method, url, headers: fields, body: bytes, signal: this.#ended.signal, maxBytes: LIMITS.responseBytes };
  }
}
