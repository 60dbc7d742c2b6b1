import { useEffect, useRef } from 'react';
import { useTexts } from '../../texts.ts';

/** Longest name of a step, characters. */
const NAME_LENGTH = 200;

/** The new name, or null where nothing is to be changed. */
function newName({ name: before, mayBeEmpty = false }: Pick<RenameInputProps, 'name' | 'mayBeEmpty'>, text: string): string | null {
  const name = text.trim().slice(0, NAME_LENGTH);
  return (name === '' && !mayBeEmpty) || name === before ? null : name;
}

interface RenameInputProps {
  readonly name: string;
  readonly className: string;
  /** What the field is called; absent: the name of a step. */
  readonly label?: string;
  /** Whether emptying it takes the name away. */
  readonly mayBeEmpty?: boolean;
  /** The new name; null where it stays as it is. */
  readonly onEnd: (name: string | null) => void;
}

/** A field in place of a step's name: Enter or leaving it keeps what was typed, Escape does not. */
export function RenameInput(props: RenameInputProps) {
  const { name, className, label, onEnd } = props;
  const { t } = useTexts();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  return (
    <input
      ref={input}
      defaultValue={name}
      aria-label={label ?? t('card.newName')}
      className={className}
      onBlur={(event) => onEnd(newName(props, event.currentTarget.value))}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') onEnd(newName(props, event.currentTarget.value));
        if (event.key === 'Escape') onEnd(null);
      }}
    />
  );
}
