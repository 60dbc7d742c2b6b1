import type { JsonObject, JsonValue } from '@millwright/core';
import { analyzeParameters, closest, type FieldMention } from '@millwright/expressions';
import type { Mentions, NodeTypeCatalog, NodeTypeInfo, Problem, WorkflowDocument, WorkflowNode } from '@millwright/workflow';
import { parametersOf } from './catalog-fields.ts';
import { readDrawing, type Drawing } from './drawing.ts';

/** Names that expressions can read beside their items. */
export interface KnownNames {
  /** Keys of the workspace's variables. */
  readonly vars: readonly string[];
  /** Environment names that an admin allowed. */
  readonly env: readonly string[];
}

/** What the expressions of a node mention; of programs only that they do. */
interface NodeMentions {
  readonly vars: readonly FieldMention[];
  readonly env: readonly FieldMention[];
  readonly programs: { readonly vars: boolean; readonly env: boolean };
}

function mentionsOf(node: WorkflowNode, info: NodeTypeInfo): NodeMentions {
  const parameters = parametersOf(node, info);
  const entries = Object.entries(parameters);
  const evaluated: JsonObject = Object.fromEntries(entries.filter(([field]) => !info.raw.includes(field)));
  const programs = entries.filter(([field, value]) => info.raw.includes(field) && typeof value === 'string').map(([, value]) => value);
  const { vars, env } = analyzeParameters(evaluated);
  return { vars, env, programs: { vars: anyHolds(programs, /[$_]vars\b/), env: anyHolds(programs, /[$_]env\b/) } };
}

function anyHolds(texts: readonly JsonValue[], name: RegExp): boolean {
  return texts.some((text) => typeof text === 'string' && name.test(text));
}

/** The names that a plan's nodes mention; undefined where they mention none. */
export function planMentions(drawing: Drawing, isPlanned: (nodeId: string) => boolean): Mentions | undefined {
  const vars = new Set<string>();
  const env = new Set<string>();
  for (const node of drawing.nodes) {
    const info = drawing.types.get(node.id);
    if (info === undefined || !isPlanned(node.id)) continue;
    const found = mentionsOf(node, info);
    for (const { name = '*' } of found.vars) vars.add(name);
    for (const { name = '*' } of found.env) env.add(name);
    if (found.programs.vars) vars.add('*');
    if (found.programs.env) env.add('*');
  }
  return vars.size + env.size === 0 ? undefined : { vars: namesOf(vars), env: namesOf(env) };
}

function namesOf(names: ReadonlySet<string>): readonly string[] {
  return names.has('*') ? ['*'] : [...names].toSorted();
}

/** The names that a document's nodes mention, wherever they stand: `*` for a name that is computed. */
export function documentMentions(document: WorkflowDocument, catalog: NodeTypeCatalog): Mentions {
  return (
    planMentions(
      readDrawing(document, catalog, () => undefined),
      () => true,
    ) ?? { vars: [], env: [] }
  );
}

/** Variables that are not there and environment names that are not allowed. What is optional, or never runs, is a warning. */
export function checkMentions(drawing: Drawing, node: WorkflowNode, known: KnownNames): Problem[] {
  const info = drawing.types.get(node.id);
  if (info === undefined) return [];
  const { vars, env } = mentionsOf(node, info);
  const isLive = drawing.reached.has(node.id) && !node.settings.disabled;
  const level = ({ isOptional }: FieldMention): Problem['level'] => (isLive && !isOptional ? 'error' : 'warning');
  return [
    ...unknown(vars, known.vars).map((one) => ({ ...missingVariable(one, known.vars), level: level(one.mention), nodeId: node.id })),
    ...unknown(env, known.env).map((one) => ({ ...envNotAllowed(one, known.env), level: level(one.mention), nodeId: node.id })),
  ];
}

interface Unknown {
  readonly mention: FieldMention;
  readonly name: string;
}

/** Each name once per field. */
function unknown(mentions: readonly FieldMention[], names: readonly string[]): readonly Unknown[] {
  const found = new Map<string, Unknown>();
  for (const mention of mentions) {
    const { name, path } = mention;
    const key = `${path} ${name ?? ''}`;
    if (name === undefined || names.includes(name)) continue;
    if (found.get(key)?.mention.isOptional !== false) found.set(key, { mention, name });
  }
  return [...found.values()];
}

function missingVariable({ mention, name }: Unknown, names: readonly string[]): Omit<Problem, 'level' | 'nodeId'> {
  const suggestion = closest(name, names) ?? '';
  return {
    code: 'variable_unknown',
    field: `parameters.${mention.path}`,
    text: `There is no variable "${name}" in this workspace.`,
    hint: `${suggestion === '' ? '' : `Did you mean "${suggestion}"? `}Add it in Settings › Variables, or write \`?? ''\` behind it for a default.`,
    values: { field: mention.path, name, suggestion },
  };
}

function envNotAllowed({ mention, name }: Unknown, names: readonly string[]): Omit<Problem, 'level' | 'nodeId'> {
  const suggestion = closest(name, names) ?? '';
  return {
    code: 'env_not_allowed',
    field: `parameters.${mention.path}`,
    text: `The environment name "${name}" is not allowed in expressions.`,
    hint: `${suggestion === '' ? '' : `Did you mean "${suggestion}"? `}An admin allows it with MILLWRIGHT_EXPRESSION_ENV=${[...names, name].join(',')} in the server's settings.`,
    values: { field: mention.path, name, suggestion, allowed: [...names, name].join(',') },
  };
}
