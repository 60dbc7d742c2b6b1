import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import type { NodeTypeInfo, PortInfo } from './node-type.ts';

/** Fewest and most inputs that a number parameter can ask for. */
const INPUTS = { min: 2, max: 10 } as const;

/** The ports of one placed node, in the order in which they are drawn. */
export interface NodePorts {
  readonly inputs: readonly PortInfo[];
  /** Without the error port, which `settings.onError` adds. */
  readonly outputs: readonly PortInfo[];
}

/**
 * The ports that a node has with these parameters. Entries that make no port (an expression, no name)
 * are left out; an entry that repeats a name gives no second port.
 * @param parameters as in the document; defaults of the type are filled in
 */
export function portsOf(info: NodeTypeInfo, parameters: JsonObject): NodePorts {
  const isShown = ({ showIf }: PortInfo): boolean => showIf === undefined || holds(info, parameters, showIf);
  return {
    inputs: [...countedInputs(info, parameters), ...info.inputs.filter(isShown)],
    outputs: onceEach([...listedOutputs(info, parameters), ...info.outputs.filter(isShown)]),
  };
}

function listedOutputs(info: NodeTypeInfo, parameters: JsonObject): PortInfo[] {
  const { outputsFrom } = info;
  const listed = outputsFrom === undefined ? undefined : valueOf(info, parameters, outputsFrom.parameter);
  if (outputsFrom === undefined || !Array.isArray(listed)) return [];
  return listed.flatMap((entry: JsonValue) => {
    const name = isJsonObject(entry) ? entry[outputsFrom.name] : undefined;
    const title = isJsonObject(entry) ? entry[outputsFrom.title] : undefined;
    return typeof name === 'string' && name !== '' ? [{ name, title: typeof title === 'string' && title !== '' ? title : name }] : [];
  });
}

function countedInputs(info: NodeTypeInfo, parameters: JsonObject): PortInfo[] {
  const { inputsFrom } = info;
  if (inputsFrom === undefined) return [];
  const given = valueOf(info, parameters, inputsFrom.parameter);
  const count = typeof given === 'number' && Number.isFinite(given) ? Math.trunc(given) : INPUTS.min;
  const isRequired = inputsFrom.requiredIf !== undefined && holds(info, parameters, inputsFrom.requiredIf);
  return Array.from({ length: Math.min(INPUTS.max, Math.max(INPUTS.min, count)) }, (_, index) => ({
    name: `${inputsFrom.prefix}${index + 1}`,
    title: `Input ${index + 1}`,
    ...(isRequired ? {} : { required: false }),
  }));
}

type Condition = NonNullable<PortInfo['showIf']>;
type Schema = Pick<NodeTypeInfo, 'parameters'>;

function holds(info: Schema, parameters: JsonObject, { parameter, in: allowed }: Condition): boolean {
  const value = valueOf(info, parameters, parameter);
  return allowed.some((one) => one === value);
}

function valueOf({ parameters: schema }: Schema, parameters: JsonObject, name: string): JsonValue | undefined {
  if (parameters[name] !== undefined) return parameters[name];
  const properties = schema['properties'];
  const property = isJsonObject(properties) ? properties[name] : undefined;
  return isJsonObject(property) ? property['default'] : undefined;
}

function onceEach(ports: readonly PortInfo[]): PortInfo[] {
  return ports.filter((port, index) => ports.findIndex((other) => other.name === port.name) === index);
}
