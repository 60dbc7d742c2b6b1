import type { UseMutationResult } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SheetSection } from '../../../shell/sheet-section.tsx';
import { Button } from '../../../ui/controls/button.tsx';
import { Field } from '../../../ui/controls/field.tsx';
import { TextInput } from '../../../ui/controls/text-input.tsx';
import { Notice } from '../../connections/parts/notice.tsx';
import type { DescriptionAsked } from '../connector-queries.ts';
import { addWords, wantsParts } from './add-words.ts';

const WAYS = ['file', 'address'] as const;
/** Bytes of a file; the API takes 10 MB, and text grows when it is sent. */
const MOST_BYTES = 8 * 1024 * 1024;

interface Asked {
  readonly way: (typeof WAYS)[number];
  readonly file: File | null;
  readonly address: string;
  readonly baseUrl: string;
  readonly parts: string;
}

interface PartProps {
  readonly asked: Asked;
  readonly onChange: (asked: Asked) => void;
}

/** A file or an address. */
function WayChoice({ asked, onChange }: PartProps) {
  const { t } = useTranslation('connectors');
  const name = useId();
  return (
    <fieldset className="flex flex-wrap gap-x-4">
      <legend className="sr-only">{t('add.from')}</legend>
      {WAYS.map((way) => (
        <label key={way} className="flex items-center gap-2 pointer-coarse:min-h-11">
          <input
            type="radio"
            name={name}
            className="accent-(--accent)"
            checked={asked.way === way}
            onChange={() => onChange({ ...asked, way })}
          />
          {t(`add.${way}`)}
        </label>
      ))}
    </fieldset>
  );
}

function SourceField({ asked, onChange }: PartProps) {
  const { t } = useTranslation('connectors');
  if (asked.way === 'address')
    return (
      <Field label={t('add.addressLabel')} hint={t('add.addressHint')}>
        {(control) => (
          <TextInput
            {...control}
            type="url"
            required
            mono
            value={asked.address}
            placeholder="https://api.example.com/openapi.json"
            onChange={(event) => onChange({ ...asked, address: event.currentTarget.value })}
          />
        )}
      </Field>
    );
  const isTooLarge = asked.file !== null && asked.file.size > MOST_BYTES;
  return (
    <Field label={t('add.fileLabel')} hint={t('add.fileHint')} error={isTooLarge ? t('add.fileTooLarge') : undefined}>
      {(control) => (
        <input
          {...control}
          type="file"
          required
          accept=".json,.yaml,.yml,application/json,application/yaml"
          onChange={(event) => onChange({ ...asked, file: event.currentTarget.files?.[0] ?? null })}
          className="max-w-full min-w-0 text-body text-text-2 file:mr-3 file:h-8 file:rounded-control file:border file:border-solid file:border-border file:bg-surface file:px-3 file:text-body file:font-medium file:text-text"
        />
      )}
    </Field>
  );
}

/** What a description may need beside itself. */
function MoreFields({ asked, onChange, hasParts }: PartProps & { readonly hasParts: boolean }) {
  const { t } = useTranslation('connectors');
  return (
    <>
      <Field label={t('add.baseLabel')} hint={t('add.baseHint')} optional>
        {(control) => (
          <TextInput
            {...control}
            type="url"
            mono
            value={asked.baseUrl}
            onChange={(event) => onChange({ ...asked, baseUrl: event.currentTarget.value })}
          />
        )}
      </Field>
      {hasParts ? (
        <Field label={t('add.partsLabel')} hint={t('add.partsHint')}>
          {(control) => (
            <TextInput {...control} value={asked.parts} onChange={(event) => onChange({ ...asked, parts: event.currentTarget.value })} />
          )}
        </Field>
      ) : null}
    </>
  );
}

function partsIn(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** What a form begins with: where the description was before. */
export interface KnownSource {
  /** Empty: it was a file. */
  readonly address: string;
  readonly baseUrl: string;
}

interface SourceFormProps<F> {
  /** Reads what is asked for. */
  readonly read: UseMutationResult<F, Error, DescriptionAsked>;
  /** Gets what came of it; null as soon as something else is asked for. */
  readonly onFound: (found: F | null) => void;
  readonly known?: KnownSource;
}

function startOf(known: KnownSource | undefined): Asked {
  const { address = '', baseUrl = '' } = known ?? {};
  return { way: address === '' ? 'file' : 'address', file: null, address, baseUrl, parts: '' };
}

/** Says where a description is, and has it read. */
export function SourceForm<F>({ read, onFound, known }: SourceFormProps<F>) {
  const { t } = useTranslation('connectors');
  const core = useTranslation('core');
  const [asked, setAsked] = useState<Asked>(() => startOf(known));
  const from = asked.way === 'file' ? asked.file : asked.address.trim();
  const words = read.isError ? addWords(read.error, t, core.t) : null;
  const change = (next: Asked): void => {
    setAsked(next);
    onFound(null);
  };
  return (
    <SheetSection title={t('add.from')} hint={t('add.fromHint')}>
      <form
        className="flex max-w-xl flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (from === null || from === '' || (typeof from !== 'string' && from.size > MOST_BYTES)) return;
          onFound(null);
          read.mutate({ from, baseUrl: asked.baseUrl.trim().replace(/\/+$/, ''), parts: partsIn(asked.parts) }, { onSuccess: onFound });
        }}
      >
        <WayChoice asked={asked} onChange={change} />
        <SourceField asked={asked} onChange={change} />
        <MoreFields asked={asked} onChange={change} hasParts={wantsParts(read.error) || asked.parts !== ''} />
        {words ? (
          <Notice tone="bad" title={words.what}>
            {words.next}
          </Notice>
        ) : null}
        <Button type="submit" busy={read.isPending} className="self-start">
          {t('add.read')}
        </Button>
      </form>
    </SheetSection>
  );
}
