import { endpoints } from '@millwright/contracts';
import { UserError } from '@millwright/core';
import { clipboardFault, type ClipboardFault, MAX_CLIPBOARD, readClipboard } from '@millwright/workflow';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';

/** A person waits for it. */
const TIMEOUT_MS = 15_000;

function unusable(code: string, message: string, hint: string): UserError {
  return new UserError('unprocessable', { code, message, hint });
}

function faultOf(fault: ClipboardFault): UserError {
  if (fault === 'newer')
    return unusable('address_newer', 'What is at this address comes from a newer version of Millwright.', 'Upgrade this one first.');
  if (fault === 'other')
    return unusable(
      'address_no_steps',
      'There is no workflow at this address.',
      'It must show the JSON of a workflow or of copied steps, without signing in.',
    );
  return unusable(
    'address_invalid',
    'What is at this address looks like steps, but cannot be read.',
    'Export the workflow once more, and put it there unchanged.',
  );
}

/** `POST /api/v1/workflows/fetch` */
export const fetchSteps = defineRoute(
  endpoints.workflows.fetch,
  { ...WRITE_RULES, permission: 'workflows.edit', audit: 'none' },
  async ({ body, signal }, { egress }) => {
    if (egress === undefined)
      throw new UserError('forbidden', {
        code: 'fetch_unavailable',
        message: 'this process fetches nothing',
        hint: 'Open the address in a browser, copy the text, and paste that.',
      });
    const headers = { accept: 'application/json, text/plain;q=0.9, */*;q=0.5' };
    const answer = await egress.request({ method: 'GET', url: body.url, headers, signal, timeoutMs: TIMEOUT_MS, maxBytes: MAX_CLIPBOARD });
    if (answer.status < 200 || answer.status >= 300)
      throw unusable(
        'address_not_found',
        `The address answered with status ${answer.status}.`,
        'Open it in a browser: it must show the JSON of a workflow without signing in.',
      );
    const text = new TextDecoder().decode(answer.body);
    const content = readClipboard(text);
    if (content === null) throw faultOf(clipboardFault(text));
    return content;
  },
);
