import { Search, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextInput } from './text-input.tsx';

const PAUSE_MS = 200;

/** Searches while typing, after a pause of 200 ms. */
export interface SearchInputProps {
  /** Name and placeholder. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Escape clears it; what was searched for from elsewhere (a link, "back") is shown. */
export function SearchInput({ label, value, onChange }: SearchInputProps) {
  const { t } = useTranslation('core');
  const [text, setText] = useState(value);
  const [shown, setShown] = useState(value);
  if (shown !== value) {
    setShown(value);
    if (text.trim() !== value) setText(value);
  }
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === value) return undefined;
    const timer = setTimeout(() => onChange(wanted), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <search className="relative min-w-40 flex-1 sm:w-60 sm:flex-none">
      <Search size={14} className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-text-3" aria-hidden="true" />
      <TextInput
        type="text"
        inputMode="search"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        value={text}
        className="border-border! pr-8 pl-8"
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && text !== '') {
            event.stopPropagation();
            setText('');
          }
        }}
      />
      {text ? (
        <button
          type="button"
          aria-label={t('ui.clear')}
          onClick={() => setText('')}
          className="absolute inset-y-1 right-1 flex w-6 items-center justify-center rounded-[4px] text-text-3 hover:bg-raised hover:text-text"
        >
          <X size={14} aria-hidden="true" />
        </button>
      ) : null}
    </search>
  );
}
