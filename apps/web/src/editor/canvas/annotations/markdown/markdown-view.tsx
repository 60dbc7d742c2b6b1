import { unreachable } from '@millwright/core';
import { memo, type ReactNode } from 'react';
import { type Block, type Inline, parseMarkdown } from './parse-markdown.ts';

function pieces(content: readonly Inline[]): ReactNode {
  return content.map((piece, index): ReactNode => {
    switch (piece.kind) {
      case 'text':
        return piece.text;
      case 'code':
        return <code key={index}>{piece.text}</code>;
      case 'bold':
        return <strong key={index}>{pieces(piece.content)}</strong>;
      case 'italic':
        return <em key={index}>{pieces(piece.content)}</em>;
      case 'link':
        return (
          <a key={index} href={piece.href} target="_blank" rel="noopener noreferrer nofollow" tabIndex={-1} className="nodrag nopan">
            {pieces(piece.content)}
          </a>
        );
      default:
        return unreachable(piece);
    }
  });
}

function listOf({ items, isOrdered }: Extract<Block, { readonly kind: 'list' }>): ReactNode {
  const List = isOrdered ? 'ol' : 'ul';
  return (
    <List>
      {items.map((item, index) => (
        <li key={index}>{pieces(item)}</li>
      ))}
    </List>
  );
}

/** One part of a note. Headings of notes are no headings of the page: they are bold lines. */
function BlockView({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case 'heading':
      return (
        <p className="mw-note-heading" data-heading={block.level}>
          {pieces(block.content)}
        </p>
      );
    case 'list':
      return listOf(block);
    case 'paragraph':
      return (
        <p>
          {block.lines.map((line, index) => (
            <span key={index} className="block">
              {pieces(line)}
            </span>
          ))}
        </p>
      );
    default:
      return unreachable(block);
  }
}

/** Text of a note. Everything becomes elements of ours: there is no way for HTML in. */
export const MarkdownView = memo(function MarkdownView({ text }: { readonly text: string }) {
  return parseMarkdown(text).map((block, index) => <BlockView key={index} block={block} />);
});
