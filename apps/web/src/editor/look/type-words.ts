import type { NodeTypeInfo } from '@millwright/workflow';

/** A text of a node type in a language; English where it is not translated. */
function localised(info: NodeTypeInfo, language: string, at: { readonly path: string; readonly english: string }): string {
  return info.locales[language.slice(0, 2)]?.[at.path] ?? at.english;
}

/** Title of a node type. */
export function typeTitle(info: NodeTypeInfo, language: string): string {
  return localised(info, language, { path: 'title', english: info.title });
}

/** What a node type does. */
export function typeDescription(info: NodeTypeInfo, language: string): string {
  return localised(info, language, { path: 'description', english: info.description });
}

/** Title of a port. */
export function portTitle(
  info: NodeTypeInfo,
  language: string,
  port: { readonly name: string; readonly title: string; readonly side?: 'input' | 'output' },
): string {
  return localised(info, language, { path: `${port.side ?? 'output'}s.${port.name}`, english: port.title });
}

/** Title, description or option label of a parameter. */
export function parameterText(info: NodeTypeInfo, language: string, at: { readonly path: string; readonly english: string }): string {
  return localised(info, language, { path: `parameters.${at.path}`, english: at.english });
}
