import type { ScopeInstance } from '@millwright/workflow';
import { makeList } from './collect.ts';
import { deliver } from './deliver.ts';
import type { ListPart } from './events.ts';
import { given } from './tables/given.ts';
import type { Working } from './working.ts';

/** Hands items to the inside of a container through one of its inner ports; one empty item where there are none. */
export function enter(work: Working, scope: ScopeInstance, entry: { readonly port: string; readonly parts: readonly ListPart[] }): void {
  const { id, nodeId } = scope;
  const isEmpty = entry.parts.every(({ ref, at, error }) => ref?.count === 0 && at === undefined && error === undefined);
  const ref = makeList(work, `${id}:${entry.port}`, isEmpty ? [{}] : entry.parts);
  work.keepOutputs(nodeId, id, { [entry.port]: ref });
  deliver(work, { nodeId, scope: id }, { [entry.port]: ref });
}

/** Opens the inside of a container, or of one item of a map. */
export function openScope(work: Working, scope: ScopeInstance): ScopeInstance {
  work.now.scopes = [...work.now.scopes, scope];
  return scope;
}

/** Closes a scope instance; what is remembered in it is its parent's from now on. */
export function closeScope(work: Working, { id, parent }: ScopeInstance): void {
  work.now.scopes = work.now.scopes.filter((one) => one.id !== id);
  work.forget(new Set([id]));
  work.now.remembered = work.now.remembered.map((one) => (one.scope === id ? given({ ...one, scope: parent }) : one));
}
