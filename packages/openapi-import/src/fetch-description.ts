import { UserError } from '@millwright/core';
import { readDescription, type Description } from '@millwright/openapi';

/** The one way out, as far as it is needed here. */
export interface FetchPort {
  readonly request: (request: {
    readonly method: string;
    readonly url: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly timeoutMs?: number;
  }) => Promise<{ readonly status: number; readonly body: Uint8Array; readonly url: string }>;
}

/**
 * Fetches the text of a description, unread.
 * @param port the egress: it judges the address and bounds the size
 * @returns the text, and where it was found in the end: relative servers are below that
 * @throws UserError `description_not_found` when the address gives no file; whatever the port throws
 */
export async function fetchDescriptionText(url: string, port: FetchPort): Promise<{ readonly text: string; readonly origin: string }> {
  const answer = await port.request({
    method: 'GET',
    url,
    headers: { accept: 'application/json, application/yaml, text/yaml, */*;q=0.5' },
    timeoutMs: 60_000,
  });
  if (answer.status < 200 || answer.status >= 300)
    throw new UserError('unprocessable', {
      code: 'description_not_found',
      message: `the address answered with status ${answer.status}`,
      hint: 'Open the address in a browser: it must show the JSON or YAML file without signing in.',
      details: { status: answer.status },
    });
  return { text: new TextDecoder().decode(answer.body), origin: answer.url };
}

/** Fetches a description and reads it. @throws as `fetchDescriptionText` and `readDescription` */
export async function fetchDescription(
  url: string,
  port: FetchPort,
): Promise<{ readonly description: Description; readonly origin: string }> {
  const { text, origin } = await fetchDescriptionText(url, port);
  return { description: readDescription(text), origin };
}
