import type { JsonObject } from '@millwright/core';
import { analyzeParameters, type Profile } from '@millwright/expressions';

/** What the expressions of a node's parameters say, without running them. */
export interface ReadExpressions {
  /** `$('…')`: what is named, and the parameter that names it. */
  readonly nodes: readonly { readonly field: string; readonly name: string }[];
  readonly errors: readonly {
    readonly field: string;
    readonly code: string;
    readonly text: string;
    readonly hint?: string;
    /** For translated texts. */
    readonly values?: Readonly<Record<string, string | number>>;
  }[];
}

/**
 * Looks through a node's parameters.
 * @param options `raw`: names of parameters that are not evaluated; `profile`: how the workflow's expressions are read
 */
export function readExpressions(
  parameters: JsonObject,
  { raw, profile }: { readonly raw: readonly string[]; readonly profile?: Profile | undefined },
): ReadExpressions {
  const nodes: { field: string; name: string }[] = [];
  const errors: ReadExpressions['errors'][number][] = [];
  for (const [field, value] of Object.entries(parameters)) {
    if (raw.includes(field)) continue;
    const found = analyzeParameters({ [field]: value }, { profile });
    for (const name of found.refs) nodes.push({ field, name });
    for (const { path, code, message, hint } of found.problems)
      errors.push({ field: path, code, text: sentence(message), ...(hint === undefined ? {} : { hint }) });
  }
  return { nodes, errors };
}

function sentence(text: string): string {
  const start = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(start) ? start : `${start}.`;
}
