import { type CompiledTemplate, type CompileOptions, compileTemplate } from './template.ts';

/** Longer sources are compiled each time: a cache must not hold megabytes. */
const longestSource = 20_000;

/** Compiled templates by source; the least recently used goes first. */
export interface TemplateCache {
  /** @throws ExpressionError as {@link compileTemplate}; errors are not kept */
  readonly compile: (source: string, options?: CompileOptions) => CompiledTemplate;
}

/**
 * A cache of compiled templates.
 * @param capacity how many are kept of each profile; default 500
 */
export function createTemplateCache(capacity = 500): TemplateCache {
  const byProfile = { millwright: new Map<string, CompiledTemplate>(), n8n: new Map<string, CompiledTemplate>() };
  return {
    compile: (source, options) => {
      const kept = byProfile[options?.profile ?? 'millwright'];
      const known = kept.get(source);
      const template = known ?? compileTemplate(source, options);
      if (source.length > longestSource) return template;
      if (known !== undefined) kept.delete(source);
      else if (kept.size >= capacity) dropOldest(kept);
      kept.set(source, template);
      return template;
    },
  };
}

function dropOldest(kept: Map<string, CompiledTemplate>): void {
  const oldest = kept.keys().next();
  if (oldest.done !== true) kept.delete(oldest.value);
}

/** The cache of this process. Templates hold no data, only source. */
export const templateCache: TemplateCache = createTemplateCache();
