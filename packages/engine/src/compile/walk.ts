import type { Edge } from '@millwright/workflow';

/** Nodes reached from these, themselves included, without entering the closed ones. */
export function walk(
  from: readonly string[],
  outgoing: ReadonlyMap<string, readonly Edge[]>,
  closed: ReadonlySet<string>,
): ReadonlySet<string> {
  const open = [...from];
  const found = new Set<string>();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (closed.has(id) || found.has(id)) continue;
    found.add(id);
    for (const { to } of outgoing.get(id) ?? []) open.push(to);
  }
  return found;
}
