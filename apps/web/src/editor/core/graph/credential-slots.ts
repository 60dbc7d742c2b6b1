import type { NodeTypeInfo, WorkflowNode } from '@millwright/workflow';

/** A place of a node for a credential. */
export type CredentialSlot = NonNullable<NodeTypeInfo['credentials']>[number];

/** Names of required slots that hold nothing. */
export function emptySlots(node: Pick<WorkflowNode, 'credentials'>, info: NodeTypeInfo | undefined): readonly string[] {
  return (info?.credentials ?? [])
    .filter(({ name, required }) => required && (node.credentials[name] ?? '') === '')
    .map(({ name }) => name);
}

/** Whether a slot takes connections of a kind; `*` among its kinds takes all. */
export function takesKind(slot: CredentialSlot, type: string): boolean {
  return slot.types.includes(type) || slot.types.includes('*');
}
