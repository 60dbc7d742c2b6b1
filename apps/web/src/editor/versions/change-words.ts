import type { JsonValue } from '@millwright/core';
import type { Edge, NodeTypeCatalog, NodeTypeInfo, WorkflowNode } from '@millwright/workflow';
import { CREDENTIAL_KEY, type DocumentChange } from '@millwright/workflow/difference';
import { optionName, parametersOf } from '../core/graph/parameters.ts';
import { parameterText, typeTitle } from '../look/type-words.ts';
import type { useTexts } from '../texts.ts';

/** What one change says in a table: which field, and both values; null where there is none. */
export interface ChangeWords {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Where names come from. */
export interface Naming {
  readonly texts: Pick<ReturnType<typeof useTexts>, 't' | 'say' | 'has' | 'language'>;
  readonly catalog: NodeTypeCatalog;
  /** Steps of both states, by id. */
  readonly nodes: ReadonlyMap<string, WorkflowNode>;
  /** Names of connections, by id. */
  readonly connections: ReadonlyMap<string, string>;
}

/** A list or structure with nothing in it. */
function isEmpty(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** A value as people read it; structures as indented JSON. */
function plain(value: JsonValue | undefined, { t }: Naming['texts']): string | null {
  if (value === undefined || value === null || value === '' || isEmpty(value)) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return t(value ? 'versions.yes' : 'versions.no');
  return JSON.stringify(value, null, 2);
}

function infoOf(nodeId: string, { nodes, catalog }: Naming): NodeTypeInfo | undefined {
  const node = nodes.get(nodeId);
  return node && catalog.get(node.type, node.version);
}

/** A parameter by the title of its field, options by their labels; of types that are not installed by its key. */
function parameterWords(change: DocumentChange & { kind: 'parameterChanged' }, naming: Naming): ChangeWords {
  const { texts } = naming;
  const info = infoOf(change.nodeId, naming);
  const spec = info && parametersOf(info).find(({ key }) => key === change.key);
  if (!info || !spec) return { field: change.key, before: plain(change.before, texts), after: plain(change.after, texts) };
  const shown = (value: JsonValue | undefined): string | null => {
    const option = value === undefined ? undefined : spec.options.find((candidate) => candidate.value === value);
    return option
      ? parameterText(info, texts.language, { path: `${spec.key}.options.${optionName(option.value)}`, english: option.label })
      : plain(value, texts);
  };
  return {
    field: parameterText(info, texts.language, { path: `${spec.key}.title`, english: spec.title }),
    before: shown(change.before),
    after: shown(change.after),
  };
}

function settingWords(change: DocumentChange & { kind: 'settingChanged' }, naming: Naming): ChangeWords {
  const { texts, connections } = naming;
  const isConnection = change.key.startsWith(CREDENTIAL_KEY);
  const shown = (value: JsonValue | undefined): string | null =>
    isConnection && typeof value === 'string' ? (connections.get(value) ?? texts.t('versions.unknownConnection')) : plain(value, texts);
  const key = `versions.setting.${change.key}`;
  const field = isConnection ? texts.t('versions.connection') : texts.has(key) ? texts.say(key) : change.key;
  return { field, before: shown(change.before), after: shown(change.after) };
}

function typeName(node: WorkflowNode, { catalog, texts }: Naming): string {
  const info = catalog.get(node.type, node.version);
  return info ? typeTitle(info, texts.language) : node.type;
}

/** A line by the names of its ends: "Form → Reply". */
function lineName({ from, to, output, input }: Edge, { nodes }: Naming): string {
  const end = (id: string, port: string): string => `${nodes.get(id)?.name ?? id}${port === 'main' ? '' : ` (${port})`}`;
  return `${end(from, output)} → ${end(to, input)}`;
}

function edgeWords(change: DocumentChange & { kind: 'edgeAdded' | 'edgeRemoved' }, naming: Naming): ChangeWords {
  const { t } = naming.texts;
  const { label } = change.edge;
  const name = lineName(change.edge, naming);
  const line = label === undefined ? name : t('versions.labelledLine', { line: name, label });
  return change.kind === 'edgeAdded'
    ? { field: t('versions.line'), before: null, after: line }
    : { field: t('versions.line'), before: line, after: null };
}

function place([x, y]: readonly [number, number]): string {
  return `${Math.round(x)}, ${Math.round(y)}`;
}

function noteText(value: JsonValue | undefined): string | null {
  const text = typeof value === 'object' && value !== null && 'text' in value ? value.text : undefined;
  if (typeof text === 'string' && text !== '') return text;
  return value === undefined ? null : JSON.stringify(value, null, 2);
}

/** One change in words. */
export function changeWords(change: DocumentChange, naming: Naming): ChangeWords {
  const { t, say, has } = naming.texts;
  const nameOf = (id: string | null): string | null => (id === null ? null : (naming.nodes.get(id)?.name ?? id));
  switch (change.kind) {
    case 'nodeAdded':
      return { field: t('versions.step'), before: null, after: typeName(change.node, naming) };
    case 'nodeRemoved':
      return { field: t('versions.step'), before: typeName(change.node, naming), after: null };
    case 'nodeRenamed':
    case 'workflowRenamed':
      return { field: t('versions.name'), before: change.before, after: change.after };
    case 'nodeMoved':
      return { field: t('versions.position'), before: place(change.before), after: place(change.after) };
    case 'parentChanged':
      return { field: t('versions.frame'), before: nameOf(change.before), after: nameOf(change.after) };
    case 'parameterChanged':
      return parameterWords(change, naming);
    case 'settingChanged':
      return settingWords(change, naming);
    case 'edgeAdded':
    case 'edgeRemoved':
      return edgeWords(change, naming);
    case 'edgeLabelChanged':
      return {
        field: t('versions.lineLabel', { line: lineName(change.edge, naming) }),
        before: change.before ?? null,
        after: change.after ?? null,
      };
    case 'workflowSettingChanged': {
      const key = `workflowSettings.${change.key}`;
      return {
        field: has(key) ? say(key) : change.key,
        before: plain(change.before, naming.texts),
        after: plain(change.after, naming.texts),
      };
    }
    case 'annotationChanged':
      return { field: t('versions.note'), before: noteText(change.before), after: noteText(change.after) };
  }
}
