import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import type { NodeTypeInfo, WorkflowNode } from '@millwright/workflow';
import { outputsOf } from '../../../core/graph/edges/ports.ts';
import { optionName, parametersOf } from '../../../core/graph/parameters.ts';
import { parameterText, portTitle } from '../../../look/type-words.ts';
import type { Naming } from '../../../versions/change-words.ts';

/** What holds where the other does not. */
const OPPOSITES: Readonly<Record<string, string>> = {
  equals: 'notEquals',
  notEquals: 'equals',
  contains: 'notContains',
  notContains: 'contains',
  greater: 'lessOrEqual',
  lessOrEqual: 'greater',
  less: 'greaterOrEqual',
  greaterOrEqual: 'less',
  isEmpty: 'isNotEmpty',
  isNotEmpty: 'isEmpty',
  isTrue: 'isFalse',
  isFalse: 'isTrue',
};

/** Operators that compare with nothing. */
const ONE_SIDED = new Set(['isEmpty', 'isNotEmpty', 'isTrue', 'isFalse']);

/** Ways out that say whether the conditions hold. */
const HOLDS: Readonly<Record<string, Readonly<Record<string, boolean>>>> = {
  'core.if': { true: true, false: false },
  'core.filter': { main: true, discarded: false },
};

/** `{{ $json.body.company }}` → `company`; otherwise with the names of steps for their ids; other values as they are written. */
function sideWords(value: JsonValue | undefined, { nodes }: Pick<Naming, 'nodes'>): string {
  if (typeof value !== 'string') return value === undefined ? '' : JSON.stringify(value);
  const whole = /^\s*\{\{\s*(.+?)\s*\}\}\s*$/.exec(value)?.[1];
  const field = whole === undefined ? undefined : /^(?:\$json|\$\((['"`])[\w-]+\1\)\.item\.json)((?:\??\.[A-Za-z_]\w*)+)$/.exec(whole)?.[2];
  if (field !== undefined) return field.slice(field.lastIndexOf('.') + 1);
  return value.replaceAll(/\$\((['"`])([\w-]+)\1\)/g, (all, quote: string, id: string) => {
    const name = nodes.get(id)?.name;
    return name === undefined ? all : `$(${quote}${name}${quote})`;
  });
}

/** One row of conditions in words, or of what holds where it does not; null where its opposite has no word. */
export function conditionWords(
  row: JsonObject,
  holds: boolean,
  { info, naming }: { readonly info: NodeTypeInfo; readonly naming: Naming },
): { readonly kind: 'with' | 'without' | 'where'; readonly text: string } | null {
  const given = typeof row['operator'] === 'string' ? row['operator'] : 'equals';
  const operator = holds ? given : OPPOSITES[given];
  if (operator === undefined) return null;
  const left = sideWords(row['left'], naming);
  if (operator === 'isEmpty') return { kind: 'without', text: left };
  if (operator === 'isNotEmpty') return { kind: 'with', text: left };
  const spec = parametersOf(info).find(({ key }) => key === 'conditions');
  const items = spec?.schema['items'];
  const properties = isJsonObject(items) ? items['properties'] : undefined;
  const schema = isJsonObject(properties) ? properties['operator'] : undefined;
  const hints = isJsonObject(schema) && isJsonObject(schema['field']) ? schema['field']['options'] : undefined;
  const english = isJsonObject(hints) ? hints[operator] : undefined;
  const word = parameterText(info, naming.texts.language, {
    path: `conditions.operator.options.${optionName(operator)}`,
    english: typeof english === 'string' ? english : operator,
  });
  const right = ONE_SIDED.has(operator) ? '' : ` ${sideWords(row['right'], naming)}`;
  return { kind: 'where', text: `${left} ${word}${right}` };
}

/** Which items leave by a way out: in words of its condition where it has one, else by the name of the way out. */
export function branchWords(node: WorkflowNode, output: string, naming: Naming): string {
  const { t, language } = naming.texts;
  const info = naming.catalog.get(node.type, node.version);
  const step = t('publishing.step', { name: node.name });
  if (output === 'error' && node.settings.onError === 'branch') return t('publishing.failing', { step });
  const holds = HOLDS[node.type]?.[output];
  const conditions = node.parameters['conditions'];
  const [only, ...more] = Array.isArray(conditions) ? conditions : [];
  if (info !== undefined && holds !== undefined && isJsonObject(only) && more.length === 0) {
    const words = conditionWords(only, holds, { info, naming });
    if (words !== null) return t(`publishing.items.${words.kind}`, { text: words.text });
  }
  const port = outputsOf(node, info).find(({ name }) => name === output);
  const title = info && port ? portTitle(info, language, { ...port, side: 'output' }) : output;
  return t('publishing.sent', { step, port: title });
}
