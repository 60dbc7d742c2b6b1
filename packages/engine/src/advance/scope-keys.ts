/** What `RunState.arrivals`, `outputs` and `memory` call a node of a scope instance; of the run itself its plain id. */
export function keyIn(nodeId: string, scope: string | undefined): string {
  return scope === undefined ? nodeId : `${nodeId}@${scope}`;
}

/** The scope instance that such a key belongs to. */
export function scopeOf(key: string): string | undefined {
  const at = key.indexOf('@');
  return at < 0 ? undefined : key.slice(at + 1);
}
