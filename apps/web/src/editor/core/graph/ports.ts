import type { NodeTypeInfo, PortInfo, WorkflowNode } from '@millwright/workflow';

/** The port that a node gains when its errors take their own branch. */
export const ERROR_PORT: PortInfo = { name: 'error', title: 'Error' };

const UNKNOWN: readonly PortInfo[] = [{ name: 'main', title: 'Main' }];

/** Input ports of a type. A type that is not installed keeps one, so that its edges stay drawn. */
export function inputsOf(info: NodeTypeInfo | undefined): readonly PortInfo[] {
  return info?.inputs ?? UNKNOWN;
}

/** Output ports of a placed node: its type's, and the error port where its settings ask for one. */
export function outputsOf(node: WorkflowNode, info: NodeTypeInfo | undefined): readonly PortInfo[] {
  const outputs = info?.outputs ?? UNKNOWN;
  return node.settings.onError === 'branch' ? [...outputs, ERROR_PORT] : outputs;
}
