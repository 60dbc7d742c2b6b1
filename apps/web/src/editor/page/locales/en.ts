import { dialogTexts } from '../../locales/en/dialogs.ts';
import { inspectorTexts } from '../../locales/en/inspector.ts';
import { runActionTexts } from '../../locales/en/run-actions.ts';
import { runTexts } from '../../locales/en/run.ts';
import { structureTexts } from '../../locales/en/structure-panels.ts';
import { versionTexts } from '../../locales/en/versions.ts';

/** English texts of what opens beside the canvas: fetched with the first of it. */
export default { ...dialogTexts, ...inspectorTexts, ...runTexts, ...runActionTexts, ...structureTexts, ...versionTexts } as const;
