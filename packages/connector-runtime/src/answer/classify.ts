import { ConnectorError, isJsonObject, type ConnectorErrorKind } from '@millwright/core';
import type { ErrorMatch, ErrorSpec, ServiceAnswer } from '@millwright/node-sdk';
import { readPath, readText } from '../request/paths.ts';

const HINTS: Readonly<Record<ConnectorErrorKind, string>> = {
  auth: 'The service refused the sign-in: reconnect the connection.',
  rate: 'The service asks to slow down. It is tried again when retries are on.',
  transient: 'The service has a problem of its own. It is tried again when retries are on.',
  permanent: 'The service refused it. Check the fields of the step against what the service says.',
  partial: 'Some of it was done. Look at the answer before you send it again.',
};

const LONGEST_MESSAGE = 500;

/** What a failed answer says, beside its status. */
interface Said {
  readonly status: number;
  readonly code: string | null;
  readonly message: string | null;
}

function matches(list: readonly ErrorMatch[] | undefined, { status, code, message }: Said): boolean {
  return (list ?? []).some((one) => {
    if (typeof one === 'number') return one === status;
    if (typeof one === 'string') return one === code;
    if (one.status !== status || (one.code !== undefined && one.code !== code)) return false;
    return one.text === undefined || (message ?? '').toLowerCase().includes(one.text.toLowerCase());
  });
}

function kindOf(said: Said, spec: ErrorSpec): ConnectorErrorKind {
  // What the connector names exactly goes before what statuses usually mean.
  if (matches(spec.auth ?? [401], said)) return 'auth';
  if (matches(spec.rate ?? [429], said)) return 'rate';
  if (said.code !== null && spec.never?.includes(said.code) === true) return 'permanent';
  if (matches(spec.transient, said)) return 'transient';
  if (said.status === 429) return 'rate';
  return said.status === 408 || said.status === 425 || said.status >= 500 ? 'transient' : 'permanent';
}

/** Whether an answer with a good status says that it failed. */
function saysFailed(answer: ServiceAnswer, { failedWhen }: ErrorSpec): boolean {
  return failedWhen !== undefined && readPath(answer, failedWhen.path) === failedWhen.equals;
}

function partialFailure(answer: ServiceAnswer, spec: ErrorSpec, target: string): ConnectorError | null {
  const { partial } = spec;
  const results = partial === undefined ? undefined : readPath(answer, partial.at);
  if (partial === undefined || !Array.isArray(results)) return null;
  const failed = results.flatMap((one, index) => (isJsonObject(one) && (one[partial.failed] ?? null) !== null ? [index] : []));
  if (failed.length === 0) return null;
  return new ConnectorError('partial', {
    code: 'partly_done',
    message: `${target}: ${failed.length} of ${results.length} failed`,
    hint: HINTS.partial,
    details: { status: answer.status, sent: true, failed },
  });
}

/** A page in place of an answer says nothing to people. */
function messageOf(answer: ServiceAnswer, spec: ErrorSpec): string | null {
  return readText(answer, spec.message)?.slice(0, LONGEST_MESSAGE) ?? null;
}

/**
 * What an answer means.
 * @param target method and path template: what a failure is shown with; never the address, which may hold data
 * @returns null when it is a success
 */
export function classify(answer: ServiceAnswer, spec: ErrorSpec, target: string): ConnectorError | null {
  const isFailure = answer.status >= 300 || saysFailed(answer, spec);
  if (!isFailure) return partialFailure(answer, spec, target);
  const said = { status: answer.status, code: readText(answer, spec.code), message: messageOf(answer, spec) };
  if (matches(spec.done, said)) return null;
  const kind = kindOf(said, spec);
  const field = readText(answer, spec.field);
  const { status, code, message } = said;
  return new ConnectorError(kind, {
    code: kind === 'auth' ? 'credential_refused' : `http_status_${status}`,
    message: `${target} answered with status ${status}${code === null ? '' : ` (${code.slice(0, 100)})`}${message === null ? '' : `: ${message}`}`,
    hint: HINTS[kind],
    ...(kind === 'rate' || kind === 'transient' ? { retry: { afterMs: 1000 } } : {}),
    details: {
      status,
      sent: true,
      ...(code === null ? {} : { vendorCode: code.slice(0, 100) }),
      ...(field === null ? {} : { vendorField: field.slice(0, 200) }),
      ...(code !== null && spec.newKey?.includes(code) === true ? { newKey: true } : {}),
    },
  });
}
