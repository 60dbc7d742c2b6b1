import { useId } from 'react';
import { useTexts } from '../../texts.ts';

/** Which version a new run takes. */
export type AgainVersion = 'same' | 'newest';

/** One of a few answers to a question, each with its consequence. */
export function Choices<V extends string>({
  legend,
  value,
  options,
  onChange,
}: {
  readonly legend: string;
  readonly value: V | null;
  readonly options: readonly { readonly value: V; readonly label: string; readonly hint: string }[];
  readonly onChange: (value: V) => void;
}) {
  const name = useId();
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 text-secondary font-medium text-text-2">{legend}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className="flex cursor-pointer items-start gap-2.5 rounded-control border border-border px-3 py-2 hover:border-border-strong has-checked:border-accent has-checked:bg-accent/6"
        >
          <input
            type="radio"
            name={name}
            className="mt-1 accent-(--accent)"
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          <span className="min-w-0 text-body font-medium">
            {option.label}
            <span className="block text-secondary font-normal text-text-2">{option.hint}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** The version that ran, or the one that is live now. */
export function VersionChoice({
  number,
  value,
  onChange,
}: {
  readonly number: number;
  readonly value: AgainVersion;
  readonly onChange: (value: AgainVersion) => void;
}) {
  const { t } = useTexts();
  return (
    <Choices
      legend={t('runAction.version')}
      value={value}
      onChange={onChange}
      options={[
        { value: 'same', label: t('runAction.same', { number }), hint: t('runAction.sameHint') },
        { value: 'newest', label: t('runAction.newest'), hint: t('runAction.newestHint') },
      ]}
    />
  );
}
