import { Copy, Globe } from 'lucide-react';
import { Button } from '../../ui/controls/button.tsx';
import { useEditor } from '../session-context.ts';
import { useTexts } from '../texts.ts';

/** Nothing was found: the way out is a request to an address, or somebody who can install what is missing. */
export function PickerEmpty({
  search,
  address,
  onAddress,
}: {
  readonly search: string;
  readonly address: string | null;
  readonly onAddress: () => void;
}) {
  const { t } = useTexts();
  const { clipboard, say } = useEditor();
  if (address !== null)
    return (
      <div className="flex flex-col items-start gap-2">
        <Button variant="primary" onClick={onAddress}>
          <Globe size={16} aria-hidden="true" />
          {t('picker.httpTo', { address })}
        </Button>
        <p>{t('picker.httpToHint')}</p>
      </div>
    );
  return (
    <div className="flex flex-col items-start gap-2" role="status">
      <p className="font-medium text-text">{t('picker.nothing', { search })}</p>
      <p>{t('picker.nothingHint')}</p>
      <Button
        size="sm"
        onClick={() => {
          clipboard.write(t('picker.askText', { search }));
          say({ key: 'picker.asked', values: {} });
        }}
      >
        <Copy size={14} aria-hidden="true" />
        {t('picker.ask', { search })}
      </Button>
    </div>
  );
}
