import { defineAction, InvariantError, z, type HttpPage, type HttpPort, type HttpResponse } from '@millwright/node-sdk';
import { httpRequest as first } from '../http-request.ts';
import { statusError } from '../status-error.ts';
import { ANY_CREDENTIAL, credentialTypes } from './credential-types.ts';
import { pagesOf } from './pages.ts';
import { parameters, type Parameters } from './parameters.ts';
import { requestOf } from './request.ts';

/** What the schema of the output takes. */
type Json = z.input<ReturnType<typeof z.json>>;

/** Most entries of one answer. */
const MAX_ENTRIES = 10_000;

function handedOn(output: Parameters['output'], { response, items }: HttpPage): Json[] {
  const { status, headers, body } = response;
  switch (output) {
    case 'full':
      return [{ status, headers: { ...headers }, body: body as Json }];
    case 'body':
      return [body as Json];
    case 'items':
      return [...items] as Json[];
  }
}

function listOf({ list }: HttpPort): NonNullable<HttpPort['list']> {
  if (list !== undefined) return list;
  throw new InvariantError({ code: 'connector_runtime_missing', message: 'http.request: this process reads no lists' });
}

const { aliases, effect, effectBy, onLostAnswer, onLostAnswerBy, window, timeoutMs } = first.info;

/**
 * Any HTTP request, signed by a connection where one is chosen, page by page where it is a list. Beside version 1: what writes, what is
 * sent again and how long it may take are the same.
 */
export const httpRequest = defineAction({
  type: 'http.request',
  version: 2,
  title: first.info.title,
  description: first.info.description,
  category: 'apps',
  icon: first.info.icon,
  aliases,
  effect: effect === 'write' ? effect : 'write',
  ...(effectBy === undefined ? {} : { effectBy }),
  onLostAnswer,
  ...(onLostAnswerBy === undefined ? {} : { onLostAnswerBy }),
  window,
  timeoutMs,
  credentials: [{ name: 'auth', types: [...credentialTypes.map(({ type }) => type), ANY_CREDENTIAL], required: false }],
  input: parameters,
  output: z.json(),
  sample: { status: 200, headers: { 'content-type': 'application/json' }, body: { id: 42, name: 'Ada Lovelace' } },
  run: async ({ input, http, connected = [], nowMs }): Promise<Json[]> => {
    const request = requestOf(input, connected.includes('auth'));
    const checked = (response: HttpResponse): boolean => {
      if (response.status < 400) return true;
      if (input.failOnStatus) throw statusError(response, `${input.method} ${input.url.split(/[?#]/, 1)[0] ?? ''}`, nowMs);
      return false;
    };
    if (input.paging === 'none' && input.output !== 'items') {
      const response = await http.request(request);
      checked(response);
      return handedOn(input.output, { response, items: [] });
    }
    const out: Json[] = [];
    const pages = pagesOf(input);
    for await (const page of listOf(http)(request, { pages, maxItems: input.paging === 'none' ? MAX_ENTRIES : input.maxItems })) {
      const isFine = checked(page.response);
      // A failed page holds no entries: it is handed on as what it is, and nothing can come after it.
      out.push(...handedOn(isFine ? input.output : 'full', page));
      if (!isFine) break;
    }
    return out;
  },
});
