import { inspectorTexts } from '../../locales/en/inspector.ts';
import { runActionTexts } from '../../locales/en/run-actions.ts';
import { runTexts } from '../../locales/en/run.ts';
import { versionTexts } from '../../locales/en/versions.ts';

/** English texts of what opens beside the canvas: fetched with the first of it. */
export default { ...inspectorTexts, ...runTexts, ...runActionTexts, ...versionTexts } as const;
