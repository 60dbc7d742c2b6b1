import './texts.ts';

export { EditorPage } from './editor-page.tsx';
export { RunPage } from './run-page.tsx';
