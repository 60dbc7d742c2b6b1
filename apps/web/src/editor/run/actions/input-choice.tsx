import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { api } from '../../../api/client.ts';
import { Field } from '../../../ui/controls/field.tsx';
import { controlClass } from '../../../ui/controls/text-input.tsx';
import { useTexts } from '../../texts.ts';
import { readInput } from './new-input.ts';

/** What a run began with, as text: the first item that its trigger gave; an empty object where nothing was kept. */
async function readFirstItem(runId: string, signal: AbortSignal): Promise<string> {
  const { nodeRuns } = await api.runs.get({ runId }, { signal });
  const [first] = nodeRuns;
  if (!first) return '{}';
  const { outputs } = await api.runs.getNodeRun({ runId, nodeId: first.nodeId, runIndex: first.runIndex, itemLimit: 1 }, { signal });
  return JSON.stringify(Object.values(outputs)[0]?.items[0]?.json ?? {}, null, 2);
}

function InputText({ text, onChange }: { readonly text: string; readonly onChange: (text: string) => void }) {
  const { t } = useTexts();
  return (
    <Field label={t('newInput.label')} error={readInput(text) === null ? t('newInput.bad') : undefined}>
      {(control) => (
        <textarea
          {...control}
          rows={6}
          spellCheck={false}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
          className={`${controlClass} py-1.5 font-mono text-secondary`}
        />
      )}
    </Field>
  );
}

/** Lets a new run begin with something else than the old one. @param text null: with the same */
export function InputChoice({
  runId,
  text,
  onChange,
}: {
  readonly runId: string;
  readonly text: string | null;
  readonly onChange: (text: string | null) => void;
}) {
  const { t } = useTexts();
  const hint = useId();
  const { data = '{}', isPending } = useQuery({
    queryKey: ['runs', 'first-item', runId],
    queryFn: ({ signal }) => readFirstItem(runId, signal),
    retry: false,
  });
  return (
    <div className="flex flex-col gap-2">
      <label className="flex cursor-pointer items-start gap-2.5 text-body">
        <input
          type="checkbox"
          className="mt-1 accent-(--accent)"
          checked={text !== null}
          disabled={isPending}
          aria-describedby={hint}
          onChange={(event) => onChange(event.currentTarget.checked ? data : null)}
        />
        <span>
          {t('newInput.change')}
          <span id={hint} className="block text-secondary text-text-2">
            {t('newInput.hint')}
          </span>
        </span>
      </label>
      {text === null ? null : <InputText text={text} onChange={onChange} />}
    </div>
  );
}
