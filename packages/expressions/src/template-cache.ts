import { type CompiledTemplate, compileTemplate } from './template.ts';

/** Longer sources are compiled each time: a cache must not hold megabytes. */
const longestSource = 20_000;

/** Compiled templates by source; the least recently used goes first. */
export interface TemplateCache {
  /** @throws ExpressionError as {@link compileTemplate}; errors are not kept */
  readonly compile: (source: string) => CompiledTemplate;
}

/**
 * A cache of compiled templates.
 * @param capacity how many are kept; default 500
 */
export function createTemplateCache(capacity = 500): TemplateCache {
  const kept = new Map<string, CompiledTemplate>();
  return {
    compile: (source) => {
      const known = kept.get(source);
      const template = known ?? compileTemplate(source);
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
