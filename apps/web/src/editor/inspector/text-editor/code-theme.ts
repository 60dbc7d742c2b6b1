import { EditorView } from '@codemirror/view';

/** Our tokens on CodeMirror's parts. */
export const codeTheme = EditorView.theme({
  '&': { fontSize: '12px', color: 'var(--text)', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: '"JetBrains Mono Variable", ui-monospace, monospace', lineHeight: '20px', maxHeight: '260px' },
  '.cm-content': { padding: '5px 0', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0 10px' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-placeholder': { color: 'var(--text-3)' },
  '.mw-expression': { color: 'var(--accent)', backgroundColor: 'color-mix(in srgb, var(--accent) 10%, transparent)', borderRadius: '4px' },
  '.mw-chip': {
    padding: '0 5px',
    border: '1px solid color-mix(in srgb, var(--accent) 40%, transparent)',
    borderRadius: '5px',
    backgroundColor: 'color-mix(in srgb, var(--accent) 14%, var(--surface))',
    fontFamily: '"Inter Variable", system-ui, sans-serif',
    fontWeight: '500',
    // A name from right to left stays inside of its chip.
    unicodeBidi: 'isolate',
  },
  '.mw-chip-faulty': { textDecoration: 'line-through', textDecorationColor: 'var(--status-failed)', borderColor: 'var(--status-failed)' },
  '.mw-finding': { textDecoration: 'underline wavy', textDecorationSkipInk: 'none', textUnderlineOffset: '3px' },
  '.mw-finding-error, .mw-finding-warning': { textDecorationColor: 'var(--status-failed)' },
  '.mw-finding-hint': { textDecorationColor: 'var(--text-3)', textDecorationStyle: 'dotted' },
  '.cm-tooltip': {
    border: '1px solid var(--border)',
    borderRadius: '10px',
    backgroundColor: 'var(--surface)',
    boxShadow: 'var(--shadow-float)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'inherit', maxHeight: '240px', padding: '4px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px', borderRadius: '6px', lineHeight: '18px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--raised)', color: 'var(--text)' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600', color: 'var(--accent)' },
  '.cm-completionDetail': { color: 'var(--text-3)', fontStyle: 'normal', marginLeft: '12px' },
  '.cm-tooltip.cm-completionInfo': {
    padding: '8px 10px',
    maxWidth: '260px',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    color: 'var(--text-2)',
  },
  '.cm-completionInfo code': { display: 'block', marginTop: '4px', color: 'var(--text)' },
  '.cm-completionInfo .mw-example-result': { color: 'var(--accent)' },
});
