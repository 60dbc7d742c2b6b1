import { CircleAlert } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';

/** What a control inside a field must carry so that label, hint and error belong to it. */
export interface FieldControlProps {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

/** A labelled control. */
export interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong and how to put it right; announced when it appears. */
  readonly error?: string | undefined;
  /** Says "optional" beside the label. Default false. */
  readonly optional?: boolean;
  /** Sits at the right end of the label's line. */
  readonly aside?: ReactNode;
  readonly children: (control: FieldControlProps) => ReactNode;
}

/** Label above, control, hint and error below; tied together by `aria-describedby`. */
export function Field({ label, hint, error, optional = false, aside, children }: FieldProps) {
  const { t } = useTranslation('core');
  const id = useId();
  const hintId = hint ? `${id}-hint` : '';
  const errorId = error ? `${id}-error` : '';
  const describedBy = `${errorId} ${hintId}`.trim();
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex items-baseline gap-2">
        <label htmlFor={id} className="min-w-0 text-secondary font-medium text-text-2">
          {label}
          {optional ? <span className="font-normal text-text-3"> · {t('ui.optional')}</span> : null}
        </label>
        {aside ? <span className="ml-auto">{aside}</span> : null}
      </div>
      {children({ id, 'aria-describedby': describedBy || undefined, 'aria-invalid': error ? true : undefined })}
      <div aria-live="polite" className="empty:hidden">
        {error ? (
          <p id={errorId} className="flex gap-1.5 text-secondary text-status-failed">
            <CircleAlert size={14} className="mt-px shrink-0" aria-hidden="true" />
            <span className="min-w-0 break-words">{error}</span>
          </p>
        ) : null}
      </div>
      {hint ? (
        <div id={hintId} className="text-secondary text-text-3">
          {hint}
        </div>
      ) : null}
    </div>
  );
}
