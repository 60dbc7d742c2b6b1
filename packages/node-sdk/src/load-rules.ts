import { isJsonObject, UserError } from '@millwright/core';
import type { NodeTypeInfo } from '@millwright/workflow';
import type { z } from 'zod';
import { parameterProperties, type NodePackage, type PackageLocales } from './definition.ts';

const TYPE = /^[a-z][a-zA-Z0-9]*(\.[a-z][a-zA-Z0-9]*)+$/;
const PORT = /^[a-zA-Z][a-zA-Z0-9_-]{0,63}$/;
const CATEGORIES = ['triggers', 'logic', 'data', 'apps', 'code', 'ai', 'human'];

/** What a definition must meet; each fault says what to write. */
export interface CheckedDefinition {
  readonly info: Omit<NodeTypeInfo, 'locales'>;
  readonly outputSchema: z.ZodType;
  /** Whether the author said what to do when an answer is lost. */
  readonly saysOnLostAnswer: boolean;
}

function namingFaults({ info }: CheckedDefinition): string[] {
  const faults: string[] = [];
  if (!TYPE.test(info.type)) faults.push(`type "${info.type}": write lower-case words joined by dots, like 'http.request'`);
  if (!Number.isInteger(info.version) || info.version < 1)
    faults.push(`version ${info.version}: write a whole number from 1; new behaviour is a new version`);
  for (const field of ['title', 'description', 'icon'] as const) {
    if (info[field].trim() === '')
      faults.push(`${field} is empty: write the English ${field === 'icon' ? 'lucide name or an <svg>' : field}`);
  }
  if (!CATEGORIES.includes(info.category)) faults.push(`category "${info.category}": write one of ${CATEGORIES.join(', ')}`);
  return faults;
}

function portFaults({ info }: CheckedDefinition): string[] {
  const faults: string[] = [];
  for (const side of ['inputs', 'outputs'] as const) {
    const names = info[side].map((port) => port.name);
    for (const name of names)
      if (!PORT.test(name)) faults.push(`${side}: "${name}" is no port name: write a letter, then letters, digits, _ or -`);
    if (new Set(names).size !== names.length) faults.push(`${side}: each port name may be used once`);
    if (side === 'outputs' && names.includes('error'))
      faults.push(`outputs: "error" is the port that onError 'branch' adds: take another name`);
  }
  if (info.kind === 'trigger' && info.inputs.length > 0) faults.push('inputs: a trigger has none: leave the field out');
  return faults;
}

function effectFaults({ info, saysOnLostAnswer }: CheckedDefinition): string[] {
  const faults: string[] = [];
  const classes = [info.effect, ...Object.values(info.effectBy?.classes ?? {}), ...(info.effectBy ? [info.effectBy.otherwise] : [])];
  if (classes.includes('write') && !saysOnLostAnswer) {
    faults.push(
      `onLostAnswer is missing: a write says what to do when its answer is lost: 'resend' where the service honours keys or repeating is harmless, 'lookup' where it can be looked up, else 'ask'`,
    );
  }
  for (const by of ['effectBy', 'onLostAnswerBy'] as const) {
    const parameter = info[by]?.parameter;
    if (parameter !== undefined && !(parameter in parameterProperties(info.parameters)))
      faults.push(`${by}.parameter "${parameter}" is not in input: name one of its fields`);
  }
  if (!Number.isInteger(info.window) || info.window < 1 || info.window > 100)
    faults.push(`window ${info.window}: write 1 to 100 items side by side`);
  if (info.timeoutMs < 100 || info.timeoutMs > 86_400_000) faults.push(`timeoutMs ${info.timeoutMs}: write 100 to 86400000 milliseconds`);
  return faults;
}

function parameterFaults({ info }: CheckedDefinition): string[] {
  const faults: string[] = [];
  const properties = parameterProperties(info.parameters);
  for (const list of ['once', 'raw'] as const) {
    for (const path of info[list]) {
      if (path !== '*' && !((path.split('.')[0] ?? '') in properties))
        faults.push(`${list}: "${path}" is not in input: name one of its fields`);
    }
  }
  for (const [name, property] of Object.entries(properties)) {
    const hints = property['field'];
    const showIf = isJsonObject(hints) ? hints['showIf'] : undefined;
    const parameter = isJsonObject(showIf) ? showIf['parameter'] : undefined;
    if (typeof parameter === 'string' && !(parameter in properties))
      faults.push(`input.${name}: showIf names "${parameter}", which is not in input`);
    if (typeof property['title'] !== 'string') faults.push(`input.${name} has no title: write .meta({ title: '…' })`);
  }
  return faults;
}

function sampleFaults({ info, outputSchema }: CheckedDefinition): string[] {
  const result = outputSchema.safeParse(info.sample);
  return result.success ? [] : result.error.issues.map((issue) => `sample.${issue.path.join('.')} does not fit output: ${issue.message}`);
}

/**
 * Checks one definition.
 * @throws UserError `node_definition_invalid` with every fault and what to write instead
 */
export function assertDefinition(checked: CheckedDefinition): void {
  const faults = [namingFaults, portFaults, effectFaults, parameterFaults, sampleFaults].flatMap((rule) => rule(checked));
  if (faults.length > 0) throw definitionError(`${checked.info.type || 'a node type'} cannot be loaded`, faults);
}

/** Paths of texts that a node type has: what a translation may and, for ours, must hold. */
function textPaths(info: Omit<NodeTypeInfo, 'locales'>): readonly string[] {
  const paths = ['title', 'description'];
  if (info.outputs.length > 1) for (const port of info.outputs) paths.push(`outputs.${port.name}`);
  for (const [name, property] of Object.entries(parameterProperties(info.parameters))) {
    paths.push(`parameters.${name}.title`);
    if (typeof property['description'] === 'string') paths.push(`parameters.${name}.description`);
    const hints = property['field'];
    if (!isJsonObject(hints)) continue;
    if (typeof hints['placeholder'] === 'string') paths.push(`parameters.${name}.placeholder`);
    const options = hints['options'];
    if (isJsonObject(options)) for (const value of Object.keys(options)) paths.push(`parameters.${name}.options.${value}`);
  }
  return paths;
}

function localeFaults(key: string, nodes: NodePackage['nodes'], locales: PackageLocales): string[] {
  const faults: string[] = [];
  if (key.startsWith('core-') && locales['de'] === undefined) faults.push('locales.de is missing: built-in packages need locales/de.json');
  for (const [language, byType] of Object.entries(locales)) {
    for (const type of Object.keys(byType)) {
      if (!nodes.some((node) => node.info.type === type)) faults.push(`locales.${language}: "${type}" is no node type of this package`);
    }
    for (const { info } of nodes) {
      const expected = new Set(nodes.filter((node) => node.info.type === info.type).flatMap((node) => textPaths(node.info)));
      const given = Object.keys(byType[info.type] ?? {});
      for (const path of given)
        if (!expected.has(path))
          faults.push(`locales.${language}.${info.type}: "${path}" names nothing: write one of ${[...expected].join(', ')}`);
      if (key.startsWith('core-'))
        for (const path of expected) if (!given.includes(path)) faults.push(`locales.${language}.${info.type}: "${path}" is missing`);
    }
  }
  return faults;
}

/**
 * Checks a package as a whole.
 * @throws UserError `node_definition_invalid` with every fault and what to write instead
 */
export function assertPackage(nodePackage: NodePackage): void {
  const { key, nodes, locales } = nodePackage;
  const faults = localeFaults(key, nodes, locales);
  if (!/^[a-z0-9@][a-z0-9@/._-]*$/.test(key)) faults.push(`key "${key}": write the package's folder name`);
  if (nodes.length === 0) faults.push('nodes is empty: list at least one action or trigger');
  const names = nodes.map(({ info }) => `${info.type}@${info.version}`);
  for (const name of new Set(names))
    if (names.filter((other) => other === name).length > 1) faults.push(`${name} is defined twice: raise the version of the newer one`);
  if (faults.length > 0) throw definitionError(`package ${key} cannot be loaded`, faults);
}

/** A package or definition that cannot be loaded. */
export function definitionError(subject: string, faults: readonly string[]): UserError {
  return new UserError('invalid', {
    code: 'node_definition_invalid',
    message: `${subject}:\n${faults.map((fault) => `- ${fault}`).join('\n')}`,
    hint: faults[0],
    details: { faults },
  });
}
