import type { OptionView } from '@millwright/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api } from '../../../api/client.ts';
import { useEditor } from '../../session-context.ts';
import { optionsQuestion, type OptionsField, type OptionsLack, type OptionsQuestion } from './options-question.ts';

/** Pause in typing before the service is asked, ms. */
const ASK_AFTER_MS = 250;
/** How long a list is shown again without asking, ms; Refresh asks at once. */
const KEPT_MS = 300_000;
/** Values that a list begins with, and by which it grows. */
const PAGE = 100;
/** Values at most; beyond them people search. */
const MOST = 1000;

/** A list of values while it is worked with. */
export interface OptionList {
  readonly lack: OptionsLack | null;
  /** For what is typed now. */
  readonly options: readonly OptionView[];
  /** Values without a search; null while they are not known. */
  readonly all: readonly OptionView[] | null;
  /** Whether there are values that are not in `all`. */
  readonly hasMore: boolean;
  /** Shows more values; null: there are none, or too many to look through. */
  readonly showMore: (() => void) | null;
  readonly isLoading: boolean;
  readonly error: unknown;
  readonly search: string;
  readonly setSearch: (search: string) => void;
  /** Asks the service again. */
  readonly refresh: () => void;
}

/** What is typed, once typing rests. */
function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), ASK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return text === '' ? '' : rested;
}

/** One answer of the service, kept by connection, fields it depends on, and search; a question that nobody waits for is canceled. */
function useAnswer(
  question: OptionsQuestion | null,
  about: { readonly search: string; readonly limit: number; readonly isWanted: boolean },
) {
  const { search, limit, isWanted } = about;
  const isFresh = useRef(false);
  const queryClient = useQueryClient();
  const query = useQuery({
    queryKey: ['options', question, search, limit],
    queryFn: async ({ signal }) => {
      const refresh = isFresh.current;
      isFresh.current = false;
      if (question === null) return { options: [], more: false };
      const { credentials, parameters, ...rest } = question;
      const body = { ...rest, credentials: { ...credentials }, parameters: { ...parameters }, search, limit, refresh };
      return api.nodeTypes.options({ body }, { signal });
    },
    enabled: question !== null && isWanted,
    // Somebody who comes back from connecting anew expects the list.
    staleTime: ({ state }) => (state.status === 'error' ? 0 : KEPT_MS),
    retry: false,
    placeholderData: (previous, asked) =>
      JSON.stringify(asked?.queryKey[1]) === JSON.stringify(question) && asked?.queryKey[2] === search ? previous : undefined,
  });
  const refetch = (): void => {
    isFresh.current = true;
    // Other searches and pages of the same list are not to be trusted any more either.
    void queryClient.invalidateQueries({ queryKey: ['options', question], refetchType: 'none' }).then(() => query.refetch());
  };
  return { ...query, refetch };
}

/** The values of a field, from the service: loaded once, searched as people type, read again on request. */
export function useOptionList(field: OptionsField): OptionList {
  const { isReadOnly } = useEditor();
  const [search, setSearch] = useState('');
  const [limit, setLimit] = useState(PAGE);
  const rested = useRested(search);
  const asked = optionsQuestion(field);
  const lack = 'code' in asked ? asked : null;
  const question = 'code' in asked || isReadOnly ? null : asked;
  const all = useAnswer(question, { search: '', limit: rested === '' ? limit : PAGE, isWanted: true });
  const found = useAnswer(question, { search: rested, limit, isWanted: rested !== '' });
  const shown = rested === '' ? all : found;
  return {
    lack,
    options: shown.data?.options ?? [],
    all: question === null ? null : (all.data?.options ?? null),
    hasMore: all.data?.more ?? false,
    showMore: shown.data?.more === true && limit < MOST ? () => setLimit(limit + PAGE) : null,
    isLoading: shown.isFetching || search.trim() !== rested.trim(),
    error: question === null ? null : (found.error ?? all.error),
    search,
    setSearch: (next) => {
      if (next !== search) setLimit(PAGE);
      setSearch(next);
    },
    refresh: shown.refetch,
  };
}
