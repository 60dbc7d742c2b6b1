import type { NodeTypeInfo } from '@millwright/workflow';

/** A text of a node type in a language; English where it is not translated. */
function localised(info: NodeTypeInfo, language: string, path: string, english: string): string {
  return info.locales[language.slice(0, 2)]?.[path] ?? english;
}

/** Title of a node type. */
export function typeTitle(info: NodeTypeInfo, language: string): string {
  return localised(info, language, 'title', info.title);
}

/** What a node type does. */
export function typeDescription(info: NodeTypeInfo, language: string): string {
  return localised(info, language, 'description', info.description);
}

/** Title of an output port. */
export function portTitle(info: NodeTypeInfo, language: string, port: { readonly name: string; readonly title: string }): string {
  return localised(info, language, `outputs.${port.name}`, port.title);
}

/** Title, description or option label of a parameter. */
export function parameterText(info: NodeTypeInfo, language: string, at: { readonly path: string; readonly english: string }): string {
  return localised(info, language, `parameters.${at.path}`, at.english);
}
