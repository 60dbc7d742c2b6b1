import { MAX_ITEMS_NAME } from '../action-node.ts';
import type { ConnectorAction } from '../connector-action.ts';
import type { ConnectorSpec } from '../connector.ts';
import { durationMs } from '../pages.ts';
import { pathsOf } from '../template.ts';
import { methodAndPath, requestFaults } from './references.ts';

const KEY = /^[a-z][a-zA-Z0-9]*(\.[a-z][a-zA-Z0-9]*)*$/;
const LISTS = /(^|\.)(list|search|all|getAll|listAll)$|[a-z](List|Search)$/;

interface Place {
  readonly at: string;
  readonly spec: ConnectorSpec;
  readonly action: ConnectorAction;
}

function pagingFaults({ at, spec, action }: Place): readonly string[] {
  const { pages, output, effect } = action;
  if (typeof pages === 'string' && spec.pages?.[pages] === undefined)
    return [`${at}.pages "${pages}" is not in pages: write one of ${Object.keys(spec.pages ?? {}).join(', ') || '(there are none yet)'}`];
  const isArray = output.schema.type === 'array';
  if (pages === undefined && effect === 'read' && (isArray || LISTS.test(at)))
    return [
      `${at} gives a list but says not how it goes on: write pages: '<name>', or single({ items: 'body' }) where everything comes at once`,
    ];
  if (pages !== undefined && action.run !== undefined)
    return [`${at} has both pages and run: the runtime pages, run sends by itself: leave one out`];
  if (pages !== undefined && isArray) return [`${at}.output.schema is a list: write what one item looks like, each becomes an item`];
  if (pages !== undefined && MAX_ITEMS_NAME in action.input.shape)
    return [`${at}.input: "${MAX_ITEMS_NAME}" is added to every list: take it out`];
  return [];
}

function idempotencyFaults({ at, action }: Place): readonly string[] {
  const { effect, request } = action;
  const { method } = methodAndPath(request);
  if (effect === 'read')
    return ['PUT', 'PATCH', 'DELETE'].includes(method)
      ? [`${at}.effect is 'read' but it sends ${method}: write idempotent.natural(…), .header(…), .lookup(…) or .unsafe()`]
      : [];
  // What comes from outside TypeScript may have forgotten it.
  if ((effect as unknown) === undefined || !['header', 'natural', 'lookup', 'unsafe'].includes(effect.by))
    return [
      `${at}.effect is missing: write 'read', or what keeps the write from being done twice: idempotent.header('Idempotency-Key'), .natural('id'), .lookup(…), or .unsafe() (never sent again)`,
    ];
  if (method === 'GET' || method === 'HEAD') return [`${at}.effect says that it writes but it sends ${method}: write effect: 'read'`];
  if (effect.by === 'natural') {
    const missing = effect.fields.filter((name) => !(name in action.input.shape));
    if (effect.fields.length === 0)
      return [`${at}.effect: idempotent.natural() names no field: write the input fields that identify what is written`];
    return missing.map((name) => `${at}.effect: idempotent.natural names "${name}", which is not in input`);
  }
  if (effect.by === 'header' && durationMs(effect.ttl) <= 0)
    return [`${at}.effect: "${effect.ttl}" is no time for which the service knows a key: write '24h'`];
  if (
    effect.by === 'header' &&
    effect.header === null &&
    typeof request.body !== 'function' &&
    !pathsOf(request.body).includes('idempotencyKey')
  )
    return [`${at}.effect: the key goes into no header and no body: name the header, or write {{idempotencyKey}} in the body`];
  return [];
}

function nameFaults({ at, spec, action }: Place): readonly string[] {
  const faults: string[] = [];
  if (!KEY.test(at.slice('actions.'.length))) faults.push(`${at}: write the key as words joined by dots, like 'issue.create'`);
  if (action.limit !== undefined && spec.limits?.[action.limit] === undefined)
    faults.push(
      `${at}.limit "${action.limit}" is not in limits: write one of ${Object.keys(spec.limits ?? {}).join(', ') || '(there are none yet)'}`,
    );
  for (const name of action.auth ?? [])
    if (spec.auth[name] === undefined)
      faults.push(`${at}.auth "${name}" is not in auth: write one of ${Object.keys(spec.auth).join(', ')}`);
  for (const [name, field] of Object.entries(action.input.shape)) {
    const load: unknown = (field as { meta?: () => { field?: { load?: { options?: unknown } } } | undefined }).meta?.()?.field?.load
      ?.options;
    if (typeof load === 'string' && spec.options?.[load] === undefined)
      faults.push(`${at}.input.${name}: its list "${load}" is not in options: declare it there`);
  }
  const example = action.input.safeParse(action.example);
  if (!example.success) {
    const issue = example.error.issues[0];
    faults.push(
      `${at}.example does not fit input: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}; write parameters that the service would accept`,
    );
  }
  return faults;
}

/** What is wrong with the actions of a connector. */
export function actionFaults(spec: ConnectorSpec): readonly string[] {
  return Object.entries(spec.actions).flatMap(([key, action]) => {
    const place = { at: `actions.${key}`, spec, action };
    const roots = new Set([...Object.keys(action.input.shape), 'idempotencyKey', ...(action.run === undefined ? [] : ['kept'])]);
    const lookup = action.effect !== 'read' && action.effect?.by === 'lookup' ? action.effect.request : null;
    return [
      ...nameFaults(place),
      ...pagingFaults(place),
      ...idempotencyFaults(place),
      ...requestFaults(`${place.at}.request`, action.request, { spec, roots }),
      ...(lookup === null ? [] : requestFaults(`${place.at}.effect.lookup`, lookup, { spec, roots })),
    ];
  });
}
