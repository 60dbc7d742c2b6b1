import { endpoints } from '@millwright/contracts';
import { ConnectorError, UserError, type JsonValue } from '@millwright/core';
import type { FieldHints, NodeTypeInfo } from '@millwright/workflow';
import { FORBIDDEN, judgeCredentials } from '../../credentials/judge.ts';
import type { ApiDeps } from '../../deps.ts';
import { notFound } from '../../problems.ts';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';

type Load = NonNullable<FieldHints['load']>;

/** Longer, and people take the list for broken. */
const LONGEST_MS = 15_000;
const TEMPLATE = /\{\{/;

function fieldOf(info: NodeTypeInfo, name: string): { readonly title?: string; readonly field?: FieldHints } | undefined {
  const properties = info.parameters['properties'] as Readonly<Record<string, object>> | undefined;
  return properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
}

/** Whose lists they are: the type begins with the connector's key. */
function connectorOf({ type }: NodeTypeInfo): string {
  return type.split('.')[0] ?? type;
}

/** What the list depends on. @throws UserError `options_need_field`, `options_need_value` */
function given(info: NodeTypeInfo, { dependsOn = [] }: Load, parameters: Readonly<Record<string, JsonValue>>): Record<string, JsonValue> {
  return Object.fromEntries(
    dependsOn.map((name) => {
      const value = parameters[name];
      const title = fieldOf(info, name)?.title ?? name;
      const about = { details: { field: `parameters.${name}` } };
      if (value === undefined || value === null || value === '') {
        throw new UserError('unprocessable', {
          ...about,
          code: 'options_need_field',
          message: `The list depends on "${title}", which is empty.`,
          hint: `Fill in "${title}" first.`,
        });
      }
      if (TEMPLATE.test(JSON.stringify(value))) {
        throw new UserError('unprocessable', {
          ...about,
          code: 'options_need_value',
          message: `The list depends on "${title}", whose value only a run knows.`,
          hint: 'Enter the value by its id, or as an expression.',
        });
      }
      return [name, value];
    }),
  );
}

/** Says what the service said, too, where a credential turned out to be of no use. */
function told(loadOptions: NonNullable<ApiDeps['loadOptions']>): NonNullable<ApiDeps['loadOptions']> {
  return async (query) => {
    try {
      return await loadOptions(query);
    } catch (thrown) {
      const answer = thrown instanceof ConnectorError ? thrown.details?.['answer'] : undefined;
      if (!(thrown instanceof ConnectorError) || typeof answer !== 'string') throw thrown;
      const { kind, code, message, hint, retry, details } = thrown;
      throw new ConnectorError(kind, { code, message: `${message} ${answer}`, hint, retry, details, cause: thrown });
    }
  };
}

/** `POST /api/v1/node-types/options`: reads with a credential that the caller may use. */
export const listNodeTypeOptions = defineRoute(
  endpoints.nodeTypes.options,
  { ...WRITE_RULES, permission: 'workflows.edit', audit: 'none' },
  async ({ body, principal, read }, { catalog, loadOptions }) => {
    const info = catalog.get(body.type, body.version);
    const load = info === undefined ? undefined : fieldOf(info, body.parameter)?.field?.load;
    if (info === undefined || load === undefined || loadOptions === undefined) throw notFound('options');
    const node = { id: body.type, type: body.type, version: body.version, credentials: body.credentials };
    const [wrong] = (await read((tx) => judgeCredentials(tx, [node], { catalog, principal }))).filter(({ level }) => level === 'error');
    if (wrong !== undefined) {
      const { code, text, hint, field } = wrong;
      throw new UserError(code === FORBIDDEN ? 'forbidden' : 'unprocessable', { code, message: text, hint, details: { field } });
    }
    const [slot] = info.credentials ?? [];
    const credentialId = slot === undefined ? undefined : body.credentials[slot.name];
    const options = await told(loadOptions)({
      connectorKey: connectorOf(info),
      name: load.options,
      credential: credentialId === undefined ? null : { workspaceId: principal.workspaceId, credentialId },
      parameters: given(info, load, body.parameters),
      search: body.search,
      maxItems: body.limit + 1,
      isFresh: body.refresh,
      signal: AbortSignal.timeout(LONGEST_MS),
    });
    return { options: options.slice(0, body.limit).map((option) => ({ ...option })), more: options.length > body.limit };
  },
);
