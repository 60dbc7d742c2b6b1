import { useId, useState } from 'react';
import { classes } from '../../../ui/controls/classes.ts';
import { TextInput } from '../../../ui/controls/text-input.tsx';
import { useEditor } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import { idFromUrl } from './id-from-url.ts';

/** The ways to name a thing of a service. */
export const WAYS = ['list', 'url', 'id'] as const;

/** One of them. */
export type Way = (typeof WAYS)[number];

/** Chooses how a thing is named: from a list, by its address, by its id. */
export function WayChoice({
  label,
  ways,
  value,
  onChange,
}: {
  /** Of the field. */
  readonly label: string;
  readonly ways: readonly Way[];
  readonly value: Way;
  readonly onChange: (way: Way) => void;
}) {
  const { t } = useTexts();
  const name = useId();
  return (
    <div role="radiogroup" aria-label={t('options.how', { label })} className="flex flex-wrap gap-x-1 text-meta">
      {ways.map((way) => (
        <label
          key={way}
          className={classes(
            'cursor-pointer rounded-control px-1.5 py-0.5 has-focus-visible:outline-2 has-focus-visible:outline-focus',
            way === value ? 'bg-raised font-medium text-text' : 'text-text-2 hover:text-text',
          )}
        >
          <input type="radio" name={name} checked={way === value} onChange={() => onChange(way)} className="sr-only" />
          {t(`options.${way}`)}
        </label>
      ))}
    </div>
  );
}

/** Takes the address of a thing and keeps its id. */
export function UrlInput({
  control,
  pattern,
  id,
  onFound,
}: {
  readonly control: { readonly id: string; readonly 'aria-describedby': string | undefined };
  readonly pattern: string;
  /** The id that is kept now. */
  readonly id: string;
  readonly onFound: (id: string) => void;
}) {
  const { isReadOnly } = useEditor();
  const { t } = useTexts();
  const own = useId();
  const [url, setUrl] = useState('');
  const found = idFromUrl(url, pattern);
  const isWrong = url.trim() !== '' && found === null;
  const change = (text: string): void => {
    setUrl(text);
    const next = idFromUrl(text, pattern);
    if (next !== null) onFound(next);
  };
  return (
    <>
      <TextInput
        id={control.id}
        aria-describedby={[control['aria-describedby'] ?? '', own].join(' ').trim()}
        aria-invalid={isWrong || undefined}
        inputMode="url"
        placeholder="https://"
        spellCheck={false}
        readOnly={isReadOnly}
        value={url}
        onChange={(event) => change(event.currentTarget.value)}
      />
      <p id={own} role="status" className={classes('text-secondary empty:hidden', isWrong ? 'text-status-failed' : 'text-text-3')}>
        {isWrong ? t('options.noId') : id === '' ? '' : t('options.kept', { id })}
      </p>
    </>
  );
}
