import type { JsonObject } from '@millwright/core';
import { portsOf, type NodeTypeInfo, type PortInfo, type WorkflowNode } from '@millwright/workflow';

/** The port that a node gains when its errors take their own branch. */
export const ERROR_PORT: PortInfo = { name: 'error', title: 'Error' };

/** The parts of a node that decide which ports it has. */
export type PortOwner = Pick<WorkflowNode, 'parameters' | 'settings'>;

const UNKNOWN: readonly PortInfo[] = [{ name: 'main', title: 'Main' }];

/** Input ports of a placed node. A type that is not installed keeps one, so that its edges stay drawn. */
export function inputsOf(node: PortOwner, info: NodeTypeInfo | undefined): readonly PortInfo[] {
  return info ? portsOf(info, node.parameters as JsonObject).inputs : UNKNOWN;
}

/** Output ports of a placed node: its type's, and the error port where its settings ask for one. */
export function outputsOf(node: PortOwner, info: NodeTypeInfo | undefined): readonly PortInfo[] {
  const outputs = info ? portsOf(info, node.parameters as JsonObject).outputs : UNKNOWN;
  return node.settings.onError === 'branch' ? [...outputs, ERROR_PORT] : outputs;
}

/** Whether a port belongs to the inside of a container. */
export function isInner(port: PortInfo): boolean {
  return port.inner === true;
}
