import type { RunStatus } from '@millwright/workflow';

/** Run statuses in the order in which they are offered as filters. */
export const runStatuses = ['running', 'waiting', 'failed', 'succeeded', 'canceled', 'queued'] as const satisfies readonly RunStatus[];

/** Filters of the run list, as they stand in its address. */
export interface RunFilter {
  readonly status?: RunStatus;
  readonly workflow?: string;
}

/** Reads the run list's address; what is not understood is left out. */
export function parseRunFilter(search: Readonly<Record<string, unknown>>): RunFilter {
  const status = runStatuses.find((known) => known === search['status']);
  const workflow = search['workflow'];
  return { ...(status ? { status } : {}), ...(typeof workflow === 'string' && workflow !== '' ? { workflow } : {}) };
}

/** The workflow list's address. */
export interface WorkflowSearch {
  readonly query?: string;
}

/** Reads the workflow list's address. */
export function parseWorkflowSearch(search: Readonly<Record<string, unknown>>): WorkflowSearch {
  const query = search['query'];
  if (typeof query === 'number') return { query: String(query) };
  return typeof query === 'string' && query !== '' ? { query } : {};
}

/** The editor's address. */
export interface EditorSearch {
  /** 1: without the canvas, for a workflow that the editor cannot draw. */
  readonly safe?: 1;
}

/** Reads the editor's address. */
export function parseEditorSearch(search: Readonly<Record<string, unknown>>): EditorSearch {
  return search['safe'] === 1 || search['safe'] === '1' ? { safe: 1 } : {};
}

/** The address of a comparison of two states of a workflow; an id of the history, or `draft`. */
export interface VersionsSearch {
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  /** `hide`: what was only put elsewhere counts as the same. */
  readonly moved?: 'hide' | undefined;
}

/** Reads the address of a comparison. */
export function parseVersionsSearch(search: Readonly<Record<string, unknown>>): VersionsSearch {
  const id = (value: unknown): value is string => typeof value === 'string' && /^[a-z]+(_[0-9a-z]+)?$/.test(value);
  const { before, after, moved } = search;
  return {
    ...(id(before) ? { before } : {}),
    ...(id(after) ? { after } : {}),
    ...(moved === 'hide' ? { moved } : {}),
  };
}

/** The connection list's address. */
export interface ConnectionSearch {
  readonly query?: string;
  /** The connection that is shown over the list. */
  readonly connection?: string;
}

/** Reads the connection list's address. */
export function parseConnectionSearch(search: Readonly<Record<string, unknown>>): ConnectionSearch {
  const connection = search['connection'];
  return { ...parseWorkflowSearch(search), ...(typeof connection === 'string' && connection !== '' ? { connection } : {}) };
}

/** The client apps' address: the app whose dialog is open. */
export interface ClientAppSearch {
  readonly app?: string;
}

/** Reads the client apps' address. */
export function parseClientAppSearch(search: Readonly<Record<string, unknown>>): ClientAppSearch {
  const app = search['app'];
  return typeof app === 'string' && app !== '' ? { app } : {};
}

/** The sign-in page's address. */
export interface SignInSearch {
  readonly next?: string;
  /** Why the page is shown: the session ended by itself, or the person left. */
  readonly reason?: 'expired' | 'left';
}

/** Reads the sign-in page's address. */
export function parseSignInSearch(search: Readonly<Record<string, unknown>>): SignInSearch {
  const { next, reason } = search;
  return {
    ...(typeof next === 'string' ? { next } : {}),
    ...(reason === 'expired' || reason === 'left' ? { reason } : {}),
  };
}
