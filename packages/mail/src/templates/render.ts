import type { MailContent, MailLanguage, MailWords, Sentence, WordsByKind } from './content.ts';
import { escapeHtml, htmlValue, isolatedValue, plainValue } from './escape.ts';
import { german } from './words/de.ts';
import { english } from './words/en.ts';

/** A mail that is ready to be put into an envelope. */
export interface RenderedMail {
  /** One line without control characters. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const WORDS: Readonly<Record<MailLanguage, WordsByKind>> = { en: english, de: german };

function wordsOf(content: MailContent, words: WordsByKind): MailWords {
  switch (content.kind) {
    case 'invitation':
      return words.invitation(content);
    case 'test':
      return words.test(content);
    case 'reconnect':
      return words.reconnect(content);
    case 'alert':
      return words.alert(content);
  }
}

/** Longest subject, in characters. */
const MOST_SUBJECT = 200;

/** Puts values between the words, each as `how` says. */
function fill(
  { words, values }: Sentence,
  how: { readonly word: (text: string) => string; readonly value: (text: string) => string },
): string {
  return words.map((text, index) => how.word(text) + (index < values.length ? how.value(values[index] ?? '') : '')).join('');
}

const AS_TEXT = { word: (text: string) => text, value: isolatedValue };
const AS_LINE = { word: (text: string) => text, value: plainValue };
const AS_HTML = { word: escapeHtml, value: htmlValue };

/** Only addresses of pages may be behind a button; they come from us, yet a wrong one must never run anything. */
function pageAddress(link: string): string {
  const url = URL.parse(link);
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : 'about:blank';
}

/** Writes a mail in a language, as HTML and as plain text that says the same. */
export function renderMail(content: MailContent, language: MailLanguage): RenderedMail {
  const words = wordsOf(content, WORDS[language]);
  const link = pageAddress(words.action.link);
  const line = Array.from(plainValue(fill(words.subject, AS_LINE)));
  return {
    subject: line.length > MOST_SUBJECT ? `${line.slice(0, MOST_SUBJECT - 1).join('')}…` : line.join(''),
    text: toText(words, link),
    html: toHtml(words, { link, language }),
  };
}

function toText(words: MailWords, link: string): string {
  const parts = [
    fill(words.heading, AS_TEXT),
    ...words.paragraphs.map((sentence) => fill(sentence, AS_TEXT)),
    `${words.action.label}:\n${link}`,
    `--\n${words.footer.map((sentence) => fill(sentence, AS_TEXT)).join('\n')}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Reads well where styles are taken away; nothing is fetched, and colours are enough apart in light and dark. */
const STYLE = `
  body { margin: 0; background: #f4f5f7; color: #1c2024; font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
  main { max-width: 560px; margin: 24px auto; padding: 32px 24px; background: #ffffff; border: 1px solid #d9dce1; border-radius: 8px; }
  h1 { font-size: 22px; line-height: 1.3; margin: 0 0 16px; overflow-wrap: anywhere; }
  p { margin: 0 0 16px; overflow-wrap: anywhere; }
  .action { display: inline-block; padding: 12px 20px; border-radius: 6px; background: #1f4fd8; color: #ffffff; font-weight: 600; text-decoration: none; }
  .small { font-size: 14px; color: #50575f; }
  .small a { color: #1a45bd; overflow-wrap: anywhere; }
  @media (prefers-color-scheme: dark) {
    body { background: #16181b; color: #eceef0; }
    main { background: #1f2226; border-color: #3a3f45; }
    .action { background: #8fb0ff; color: #10131a; }
    .small { color: #b3bac2; }
    .small a { color: #a9c2ff; }
  }`;

function toHtml(words: MailWords, { link, language }: { readonly link: string; readonly language: MailLanguage }): string {
  const paragraphs = words.paragraphs.map((sentence) => `      <p>${fill(sentence, AS_HTML)}</p>`).join('\n');
  const footer = words.footer.map((sentence) => `      <p class="small">${fill(sentence, AS_HTML)}</p>`).join('\n');
  const href = escapeHtml(link);
  return `<!doctype html>
<html lang="${language}" dir="ltr">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
    <title>${escapeHtml(plainValue(fill(words.heading, AS_LINE)))}</title>
    <style>${STYLE}
    </style>
  </head>
  <body>
    <main>
      <h1>${fill(words.heading, AS_HTML)}</h1>
${paragraphs}
      <p><a class="action" href="${href}">${escapeHtml(words.action.label)}</a></p>
      <p class="small">${escapeHtml(words.linkHint)}<br><a href="${href}">${href}</a></p>
${footer}
    </main>
  </body>
</html>
`;
}
