import { Check } from 'lucide-react';
import { parameterText } from '../../look/type-words.ts';
import { useEditor } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import { asText, type FieldProps } from './field-props.ts';

/** Several of a few values, each switched on or off. */
export function ManyOptionsField(props: FieldProps) {
  const { isReadOnly } = useEditor();
  const { language } = useTexts();
  const { spec, info, value } = props;
  const chosen = new Set(Array.isArray(value) ? value.map(asText) : []);
  const toggle = (option: string): void => {
    const next = spec.options
      .map(({ value: offered }) => offered)
      .filter((offered) => chosen.has(asText(offered)) !== (asText(offered) === option));
    props.onCommit(JSON.stringify(next) === JSON.stringify(spec.default) ? undefined : next);
  };
  return (
    <div role="group" aria-label={props.label} aria-describedby={props.describedBy} className="flex flex-wrap gap-1.5">
      {spec.options.map((option) => {
        const name = asText(option.value);
        return (
          <button
            key={name}
            type="button"
            role="checkbox"
            aria-checked={chosen.has(name)}
            disabled={isReadOnly}
            onClick={() => toggle(name)}
            className="flex h-7 items-center gap-1 rounded-control border border-border px-2 text-secondary text-text-2 hover:border-border-strong aria-checked:border-accent aria-checked:bg-accent/10 aria-checked:text-text"
          >
            {chosen.has(name) ? <Check size={13} className="text-accent" aria-hidden="true" /> : null}
            {parameterText(info, language, { path: `${spec.key}.options.${name}`, english: option.label })}
          </button>
        );
      })}
    </div>
  );
}
