import { PartMissing, type Parts, providePart } from '../parts/parts.ts';

const loaders: Readonly<Record<keyof Parts, () => Promise<void>>> = {
  patterns: async () => {
    const { RE2JS } = await import('re2js');
    providePart('patterns', RE2JS);
  },
  queries: async () => {
    const { searchJson } = await import('../jmespath/search.ts');
    providePart('queries', searchJson);
  },
  digests: async () => {
    const { digest, digestNames } = await import('../digest/digest.ts');
    providePart('digests', { digest, digestNames });
  },
  dates: async () => {
    const { dates } = await import('../methods/date/part.ts');
    providePart('dates', dates);
  },
};

/**
 * What a piece of work with expressions gives. Where one needs a part of the language that is not loaded, it is loaded, and the work done
 * again from the start: expressions change nothing.
 * @param onWait called when something has to be loaded: what was shown before is old by then
 * @throws whatever the work throws, and what loading throws when the server cannot be reached
 */
export async function withParts<Result>(work: () => Result, onWait?: () => void): Promise<Result> {
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof PartMissing)) throw error;
      onWait?.();
      await loaders[error.part]();
    }
  }
}
