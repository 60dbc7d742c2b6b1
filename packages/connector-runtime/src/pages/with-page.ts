import type { HttpRequest } from '@millwright/node-sdk';
import { placedIn, withPlaced } from '../request/build-request.ts';
import { asText } from '../request/fill.ts';
import type { PageRequest } from './pager.ts';

/** A request that a node wrote itself, for one page: what paging puts in replaces what it holds by the same name. */
export function withPage(request: HttpRequest, { placed, url }: PageRequest): HttpRequest {
  if (url !== null) {
    const { query: _, ...rest } = request;
    return { ...rest, url };
  }
  const query = placedIn('query', placed);
  const headers = Object.fromEntries(Object.entries(placedIn('header', placed)).map(([name, value]) => [name, asText(value)]));
  const target = URL.parse(request.url);
  for (const [name, value] of Object.entries(query)) target?.searchParams.set(name, asText(value));
  const others = Object.entries(request.query ?? {}).filter(([name]) => !(name in query));
  const body = withPlaced(request.body, placedIn('body', placed));
  return {
    ...request,
    url: target?.href ?? request.url,
    query: Object.fromEntries(others),
    headers: { ...request.headers, ...headers },
    ...(body === undefined ? {} : { body }),
  };
}
