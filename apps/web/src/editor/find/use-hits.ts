import type { JsonValue } from '@millwright/core';
import type * as Expressions from '@millwright/expressions/browser';
import { useEffect, useMemo, useState } from 'react';
import { piecesOf } from '../core/find/expression-pieces.ts';
import { findHits, type FindQuery, type Hit } from '../core/find/find-hits.ts';
import { inSlices } from '../core/find/in-slices.ts';
import { plainPieces, type ReadPieces } from '../core/find/searchable.ts';
import { textIndexOf } from '../core/find/text-index.ts';
import { usePreviewState } from '../inspector/preview-context.ts';
import { useTokenNames } from '../inspector/expression/use-token-names.ts';
import { typeTitle } from '../look/type-words.ts';
import { useDocument, useEditor } from '../session-context.ts';
import { useTexts } from '../texts.ts';

/** Letters typed quickly are one search, ms. */
const PAUSE_MS = 60;

/** What a search has found so far. */
export interface Found {
  readonly hits: readonly Hit[];
  readonly isDone: boolean;
}

const NOTHING: Found = { hits: [], isDone: true };

/** Reads expressions by the names that people see. The reader of expressions is fetched with the first search. */
function useReadPieces(): ReadPieces | null {
  const names = useTokenNames();
  const [expressions, setExpressions] = useState<typeof Expressions | null>(null);
  useEffect(() => {
    let isHere = true;
    void import('@millwright/expressions/browser').then(
      (loaded) => (isHere ? setExpressions(loaded) : undefined),
      () => undefined,
    );
    return () => {
      isHere = false;
    };
  }, []);
  return useMemo(() => {
    if (expressions === null) return null;
    const { tokensOf, tokenText } = expressions;
    return (source) => piecesOf(tokensOf(source, { ...names, input: undefined }), tokenText);
  }, [expressions, names]);
}

function itemsOf(samples: Readonly<Record<string, unknown>>): Readonly<Record<string, JsonValue>> {
  return samples as Readonly<Record<string, JsonValue>>;
}

/** Searches the workflow in slices, again whenever it changes: a thousand steps never hold up the page. */
export function useHits(query: FindQuery, withData: boolean): Found {
  const { catalog, draft } = useEditor();
  const { language } = useTexts();
  const document = useDocument();
  const samples = usePreviewState()?.samples;
  const read = useReadPieces();
  const [found, setFound] = useState<Found>(NOTHING);
  useEffect(() => {
    if (query.text === '') {
      // oxlint-disable-next-line react/set-state-in-effect -- an emptied field takes its hits along
      setFound(NOTHING);
      return undefined;
    }
    const stop = new AbortController();
    const timer = setTimeout(() => {
      const pieces = read ?? plainPieces;
      const words = JSON.stringify([language, read !== null, document.nodes.map(({ id, name }) => [id, name])]);
      const titleOf = (node: (typeof document.nodes)[number]): string => {
        const info = catalog.get(node.type, node.version);
        return info ? typeTitle(info, language) : node.type;
      };
      const work = findHits({
        document,
        query,
        known: textIndexOf(draft, { catalog, words }),
        reading: { catalog, titleOf, pieces },
        ...(withData && samples ? { samples: itemsOf(samples) } : {}),
      });
      void inSlices(work, (hits, isDone) => (stop.signal.aborted ? undefined : setFound({ hits, isDone })), stop.signal);
    }, PAUSE_MS);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [document, draft, catalog, language, query, read, samples, withData]);
  return found;
}
