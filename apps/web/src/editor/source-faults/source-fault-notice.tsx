import { Fragment } from 'react';
import { useTexts } from '../texts.ts';
import { useSourceFaults } from './source-faults.ts';

/** A path that may go on in a new line after each slash. */
function Breakable({ path }: { readonly path: string }) {
  const parts = path.split('/');
  return parts.map((part, index) => (
    <Fragment key={parts.slice(0, index + 1).join('/')}>
      {part}
      {index < parts.length - 1 ? '/' : ''}
      <wbr />
    </Fragment>
  ));
}

/** What is wrong in the sources of a step's type, with the lines. It goes by itself when they are mended. */
export function SourceFaultNotice({ nodeId }: { readonly nodeId: string }) {
  const { t } = useTexts();
  const faults = useSourceFaults(nodeId);
  return (
    <div role="status" className="empty:hidden">
      {faults.length === 0 ? null : (
        <div className="flex flex-col gap-2 rounded-control border border-status-failed/40 bg-status-failed/8 p-2.5 text-body">
          <p className="font-medium">{t('source.title', { count: faults.length })}</p>
          <ul className="flex flex-col gap-2">
            {faults.map(({ message, place, source }) => (
              <li key={`${place} ${message}`} className="flex min-w-0 flex-col gap-1">
                <code className="font-mono text-meta break-words text-text-2">
                  <Breakable path={place} />
                </code>
                {source === '' ? null : (
                  <code className="rounded-control bg-surface px-2 py-1 font-mono text-meta break-words">{source}</code>
                )}
                <span className="break-words">{message}</span>
              </li>
            ))}
          </ul>
          <p className="text-secondary text-text-2">{t('source.next')}</p>
        </div>
      )}
    </div>
  );
}
