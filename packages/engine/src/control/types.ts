/** Control node types by their key in the engine's tables. */
const CONTROL_TYPES: Readonly<Record<string, string>> = {
  'core.if': 'if',
  'core.wait': 'wait',
  'core.respond': 'respond',
  'core.switch': 'switch',
  'core.filter': 'filter',
  'core.merge': 'merge',
  'core.loop': 'loop',
  'core.stop': 'stop',
  'core.noOp': 'noOp',
  'core.map': 'map',
  'core.try': 'try',
  'core.compensate': 'compensate',
};

/** Key of a control node type in the engine's tables; null for every other type. */
export function controlKeyOf(type: string): string | null {
  return Object.hasOwn(CONTROL_TYPES, type) ? (CONTROL_TYPES[type] ?? null) : null;
}
