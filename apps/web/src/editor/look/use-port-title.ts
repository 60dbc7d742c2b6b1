import type { NodeTypeInfo, PortInfo } from '@millwright/workflow';
import { ERROR_PORT } from '../core/graph/edges/ports.ts';
import { useTexts } from '../texts.ts';
import { portTitle } from './type-words.ts';

/** Names ports in the language of the interface: the type's word, the case's own name, "Input 2", "Error". */
export function usePortTitle(info: NodeTypeInfo | undefined): (port: PortInfo, side: 'input' | 'output') => string {
  const { t, language } = useTexts();
  return (port, side) => {
    if (port === ERROR_PORT) return t('canvas.errorPort');
    if (!info) return port.title;
    const prefix = info.inputsFrom?.prefix;
    const number =
      side === 'input' && prefix !== undefined && port.name.startsWith(prefix) ? Number(port.name.slice(prefix.length)) : Number.NaN;
    return Number.isInteger(number) ? t('canvas.inputNumber', { number }) : portTitle(info, language, { ...port, side });
  };
}
