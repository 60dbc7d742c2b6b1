import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** A colour of the theme, mixed with that of text until it can be read on the marked line too. */
const readable = (name: string): string => `color-mix(in srgb, var(${name}) 55%, var(--text))`;

/** Colours of a program; the theme's own, so that dark and light follow. */
const highlight = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: readable('--accent') },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: readable('--status-success') },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: readable('--status-retrying') },
  { tag: [tags.comment], color: 'var(--text-3)', fontStyle: 'italic' },
  { tag: [tags.typeName, tags.className, tags.definition(tags.typeName)], color: readable('--cat-7') },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: 'var(--text)', fontWeight: '500' },
  { tag: tags.invalid, textDecoration: 'underline wavy var(--status-failed)' },
]);

/** The look of programs, beside that of expressions. */
export const programTheme = [
  syntaxHighlighting(highlight),
  EditorView.theme({
    '.cm-scroller': { minHeight: '160px', maxHeight: 'min(60vh, 560px)', overflow: 'auto' },
    '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--text-3)', border: 'none' },
    '.cm-lineNumbers .cm-gutterElement': { padding: '0 6px 0 10px', minWidth: '28px' },
    '.cm-line': { padding: '0 10px 0 4px' },
    '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--raised) 60%, transparent)' },
    '.cm-line.mw-fault-line': {
      backgroundColor: 'color-mix(in srgb, var(--status-failed) 14%, transparent)',
      boxShadow: 'inset 2px 0 0 var(--status-failed)',
    },
    '.mw-name-hint': {
      marginLeft: '3px',
      padding: '0 4px',
      borderRadius: '4px',
      backgroundColor: 'var(--raised)',
      color: 'var(--text-2)',
      fontFamily: '"Inter Variable", system-ui, sans-serif',
      fontSize: '11px',
    },
    '.cm-matchingBracket': { backgroundColor: 'var(--raised)', outline: '1px solid var(--border-strong)' },
    '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': {
      backgroundColor: 'color-mix(in srgb, var(--accent) 26%, transparent)',
    },
  }),
];
