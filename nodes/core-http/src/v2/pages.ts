import { parsePath, UserError, type PageSpec, type RequestPlace } from '@millwright/node-sdk';
import type { Parameters } from './parameters.ts';

function refuse(field: keyof Parameters, message: string, hint: string): UserError {
  return new UserError('invalid', { code: 'parameter_invalid', message, hint, details: { field: `parameters.${field}`, sent: false } });
}

/** A path below the body; the body itself where none is written. */
function below(path: string, field: 'listPath' | 'nextPath'): string {
  const written = path.trim();
  const whole = written === '' ? 'body' : `body${written.startsWith('[') ? '' : '.'}${written}`;
  if (parsePath(whole) !== null) return whole;
  throw refuse(field, `"${written.slice(0, 100)}" is no path`, 'Write names joined by dots, such as data.items or data[0].next.');
}

/** Where the next page is named. */
function next({ nextPath }: Parameters): string {
  if (nextPath.trim() !== '') return below(nextPath, 'nextPath');
  throw refuse(
    'nextPath',
    'it is not said where the answer names the next page',
    'Write where it stands in the body, such as paging.next.',
  );
}

function place({ pageIn }: Parameters, name: string): RequestPlace {
  return `${pageIn}.${name.trim()}`;
}

/**
 * How the list goes on, as the form says.
 * @throws UserError `parameter_invalid`
 */
export function pagesOf(parameters: Parameters): PageSpec {
  const { paging, listPath, pageParameter, sizeParameter, pageSize, firstPage: first, maxPages } = parameters;
  const items = below(listPath, 'listPath');
  const send = place(parameters, pageParameter.trim() === '' ? paging : pageParameter);
  const size = sizeParameter.trim() === '' ? {} : { size: [place(parameters, sizeParameter), pageSize] as const };
  switch (paging) {
    case 'none':
      return { kind: 'single', items };
    case 'link':
      return { kind: 'link', items, maxPages };
    case 'nextUrl':
      return { kind: 'nextUrl', items, maxPages, from: next(parameters) };
    case 'page':
      return { kind: 'page', items, maxPages, send, first, ...size };
    case 'offset':
      return { kind: 'offset', items, maxPages, send, ...size };
    case 'cursor':
      return { kind: 'cursor', items, maxPages, send, from: next(parameters) };
  }
}
