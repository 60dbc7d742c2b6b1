import { ApiError } from '@millwright/client';
import type { Problem } from '@millwright/workflow';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../../api/client.ts';
import { useSession } from '../../../../api/session.ts';
import { useErrorToast } from '../../../../api/use-error-toast.ts';
import { showToast } from '../../../../ui/layers/toast.tsx';
import { useEditor } from '../../../session-context.ts';
import { useTexts } from '../../../texts.ts';
import { chosenIds, firstChoice, withChoice, type ListedEntry } from './selection.ts';
import type { DraftDifference } from './use-draft-difference.ts';

/** Changes that the API lets people choose one by one (`MAX_CHOSEN_CHANGES` of the contracts). */
const MOST_CHOSEN = 4000;

/** Which entries are ticked, and how that changes. */
export interface Choice {
  readonly chosen: ReadonlySet<string>;
  /** There are so many that they only go live together. */
  readonly isAllOrNothing: boolean;
  /** Entries came in after the list was shown. */
  readonly hasArrived: boolean;
  readonly choose: (keys: readonly string[], isOn: boolean) => void;
}

const NONE: readonly ListedEntry[] = [];

/** What was ticked, of what was shown when the dialog was opened. */
interface Picked {
  readonly round: number;
  readonly seen: ReadonlySet<string>;
  readonly keys: ReadonlySet<string>;
}

/**
 * Ticks: mine at first; what arrives later is never ticked by itself, also where it is a new value of what was ticked.
 * @param round another number each time that the dialog opens: it begins anew
 */
export function useChoice(difference: DraftDifference | null, round: number): Choice {
  const { user } = useSession();
  const [picked, setPicked] = useState<Picked | null>(null);
  const entries = difference?.entries ?? NONE;
  const isAllOrNothing = (difference?.view.changes.length ?? 0) > MOST_CHOSEN;
  const known = new Set(entries.map(({ key }) => key));
  const isFirst = difference !== null && picked?.round !== round;
  const now = isFirst ? { round, seen: known, keys: firstChoice(entries, user.id) } : picked;
  if (isFirst) setPicked(now);
  const isCurrent = now?.round === round;
  const chosen = new Set(isCurrent ? [...now.keys].filter((key) => known.has(key)) : []);
  return {
    chosen,
    isAllOrNothing,
    hasArrived: isCurrent && entries.some(({ key }) => !now.seen.has(key)),
    choose: (keys, isOn) => {
      const wanted = isAllOrNothing ? entries.map(({ key }) => key) : keys;
      if (now !== null) setPicked({ ...now, keys: withChoice(entries, chosen, { keys: wanted, isOn }) });
    },
  };
}

/** What the API is told to publish. */
interface Selected {
  readonly changes?: string[];
  readonly revision?: number;
}

function selectedOf({ view, entries }: DraftDifference, { chosen, isAllOrNothing }: Choice): Selected {
  return isAllOrNothing ? { revision: view.revision } : { changes: [...chosenIds(entries, chosen)] };
}

/** What is wrong with exactly what is ticked; null while that is not known. */
export function useChecked(difference: DraftDifference | null, choice: Choice): readonly Problem[] | null {
  const { workflowId } = useEditor();
  const { changes = null } = difference === null ? {} : selectedOf(difference, choice);
  const isOn = difference !== null && choice.chosen.size > 0;
  const { data, isPlaceholderData } = useQuery({
    // Not below `problems`, which is read again before the list is: the server refuses changes that are no longer there.
    queryKey: ['publish-preview', workflowId, difference?.view.revision, changes],
    queryFn: ({ signal }) => api.workflows.previewPublish({ workflowId, body: changes === null ? {} : { changes } }, { signal }),
    enabled: isOn,
    staleTime: 0,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    placeholderData: keepPreviousData,
  });
  return isOn && data && !isPlaceholderData ? data.problems : null;
}

/** Why the last try did not go through. */
interface Refusal {
  readonly problems: readonly Problem[];
  /** Something that was ticked is another by now. */
  readonly isOutdated: boolean;
}

const OUTDATED = new Set(['changes_outdated', 'draft_stale', 'changes_incomplete']);

/** Publishes what is ticked. @param round a refusal is shown until the dialog opens anew */
export function usePublish(difference: DraftDifference | null, choice: Choice, round: number) {
  const { workflowId, ui } = useEditor();
  const { t } = useTexts();
  const queryClient = useQueryClient();
  const tellError = useErrorToast();
  const [refused, setRefused] = useState<{ readonly round: number; readonly refusal: Refusal } | null>(null);
  const setRefusal = (refusal: Refusal): void => setRefused({ round, refusal });
  const left = (difference?.entries.length ?? 0) - choice.chosen.size;
  const publish = useMutation({
    mutationFn: (note: string) =>
      api.workflows.publish({ workflowId, body: { note, ...(difference === null ? {} : selectedOf(difference, choice)) } }),
    onSuccess: ({ version, endpoints }) => {
      ui.setState({ dialog: null });
      void queryClient.invalidateQueries({ queryKey: ['workflows'] });
      const description = endpoints.length > 0 ? t('publish.doneWebhook') : t('publish.doneHint');
      showToast({
        title: t('publish.done', { number: version.number }),
        description: left > 0 ? `${t('publishing.doneSome', { count: left })} ${description}` : description,
      });
    },
    onError: (error) => {
      const code = error instanceof ApiError ? error.code : '';
      if (error instanceof ApiError && code === 'graph_invalid') setRefusal({ problems: error.problems, isOutdated: false });
      else if (OUTDATED.has(code)) {
        setRefusal({ problems: [], isOutdated: true });
        void queryClient.invalidateQueries({ queryKey: ['changes', workflowId] });
      } else tellError(error);
    },
  });
  return { publish, refusal: refused?.round === round ? refused.refusal : null, left, forget: () => setRefused(null) };
}
