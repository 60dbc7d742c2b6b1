import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAIL_LANGUAGES, mailLanguage, type MailContent } from './content.ts';
import { renderMail } from './render.ts';

const LINK = 'https://mill.example.com/invite/abc?x=1&y=2';
const CONTENTS: readonly MailContent[] = [
  {
    kind: 'invitation',
    inviterName: 'Ana',
    workspaceName: 'Acme',
    role: 'editor',
    link: LINK,
    expiresAt: new Date('2026-11-29T10:00:00Z'),
  },
  { kind: 'test', senderName: 'Ana', workspaceName: 'Acme', link: LINK },
  { kind: 'reconnect', connectionName: 'CRM', appName: 'HubSpot', workspaceName: 'Acme', waitingRuns: 3, link: LINK },
  { kind: 'alert', workspaceName: 'Acme', title: 'Lead intake is quiet', lines: ['No run since Monday.', 'Usually 40 a day.'], link: LINK },
];

/** A mail in which every value that people write is this one. */
function allOf(value: string): readonly MailContent[] {
  return CONTENTS.map((content): MailContent => {
    switch (content.kind) {
      case 'invitation':
        return { ...content, inviterName: value, workspaceName: value };
      case 'test':
        return { ...content, senderName: value, workspaceName: value };
      case 'reconnect':
        return { ...content, connectionName: value, appName: value, workspaceName: value };
      case 'alert':
        return { ...content, workspaceName: value, title: value, lines: [value] };
    }
  });
}

/** Every mail in every language. */
function everyMail(contents: readonly MailContent[] = CONTENTS) {
  return MAIL_LANGUAGES.flatMap((language) => contents.map((content) => ({ language, content, mail: renderMail(content, language) })));
}

const tagsOf = (html: string): readonly string[] => html.match(/<[^>]*>/g) ?? [];
/** What is shown of a page. */
const shown = (html: string): string =>
  (html.split('<main>')[1] ?? '')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

describe('a mail', () => {
  it('is one page with one heading, in a named language, and fetches nothing', () => {
    for (const { language, mail } of everyMail()) {
      expect(mail.html).toContain(`<html lang="${language}" dir="ltr">`);
      expect(mail.html.match(/<h1>/g)).toHaveLength(1);
      expect(mail.html).toMatch(/<title>[^<]+<\/title>/);
      expect(mail.html).not.toMatch(/<img|<link|<script|<iframe|src=|url\(|@import|position:/i);
      expect(mail.html).toContain('name="color-scheme" content="light dark"');
    }
  });

  it('says the same as plain text, with the link written out in both', () => {
    for (const { content, mail } of everyMail()) {
      expect(mail.text).toContain(LINK);
      expect(mail.html.match(new RegExp('href="https://mill.example.com/invite/abc\\?x=1&amp;y=2"', 'g'))).toHaveLength(2);
      expect(mail.text).not.toMatch(/<\/?[a-z]/i);
      expect(mail.text).toContain(content.kind === 'alert' ? 'Usually 40 a day.' : 'Acme');
      expect(mail.subject).not.toBe('');
    }
  });

  it('is written in German for German, and in English for what nobody translated', () => {
    expect(['de', 'de-AT', 'DE', 'en-GB', 'fr', ''].map(mailLanguage)).toEqual(['de', 'de', 'de', 'en', 'en', 'en']);
    const [invitation] = CONTENTS;
    if (invitation === undefined) throw new Error('no content');
    expect(renderMail(invitation, 'de').subject).toBe('Ana lädt Sie zu Acme ein');
    expect(renderMail(invitation, 'en').subject).toBe('Ana invited you to Acme');
    expect(renderMail(invitation, 'de').text).toContain('29. November 2026');
  });

  it('goes nowhere but to a page, whatever the link', () => {
    for (const link of ['javascript:alert(1)', 'data:text/html,x', 'not a link', '"><script>']) {
      const { html, text } = renderMail({ kind: 'test', senderName: 'Ana', workspaceName: 'Acme', link }, 'en');
      expect([...html.matchAll(/href="([^"]*)"/g)].map(([, to]) => to)).toEqual(['about:blank', 'about:blank']);
      expect(text).not.toContain(link);
    }
  });
});

describe('A78, A79: what people wrote', () => {
  const HOSTILE = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '</bdi></p><a href="https://evil.example">Click</a>',
    '{{ 7 * 7 }} ${7*7} <%= 7 %> %24%7B7%7D &lt;b&gt;',
    "' onmouseover='x",
    'Bcc: victim@example.com',
  ];

  it.each(HOSTILE)('%s is shown as it is and adds no tag', (value) => {
    for (const { language, content, mail } of everyMail(allOf(value))) {
      const plain = everyMail(allOf('Acme')).find((other) => other.language === language && other.content.kind === content.kind)?.mail;
      expect(tagsOf(mail.html)).toEqual(tagsOf(plain?.html ?? ''));
      expect(shown(mail.html)).toContain(value);
      expect(mail.text).toContain(value);
    }
  });

  it('never ends a line, so that it cannot begin a header or a paragraph', () => {
    for (const { mail } of everyMail(allOf('Ana\r\nBcc: victim@example.com\u2028\u0085\u0000<x>\n\n--\nhttps://evil.example'))) {
      expect(['\r', '\n', '\u2028', '\u0085', '\u0000'].filter((end) => mail.subject.includes(end))).toEqual([]);
      expect(mail.text).not.toMatch(/^Bcc:/m);
      expect(mail.text.match(/^--$/gm)).toHaveLength(1);
    }
  });

  it('written from right to left stands in a direction of its own, and turns nothing around it', () => {
    for (const { mail } of everyMail(allOf('\u202eשלום עולם\u2066'))) {
      expect(mail.html).toContain('<bdi>שלום עולם</bdi>');
      expect(mail.text).toContain('\u2068שלום עולם\u2069');
      expect(`${mail.subject}${mail.html}${mail.text}`).not.toMatch(/[\u202a-\u202e\u2066\u2067]/);
    }
  });

  it('cannot change the structure or break the encoding, whatever it is', () => {
    const clean = everyMail(allOf('x')).map(({ mail }) => tagsOf(mail.html));
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 700 }), (value) => {
        const mails = everyMail(allOf(value));
        expect(mails.map(({ mail }) => tagsOf(mail.html))).toEqual(clean);
        for (const { mail } of mails) {
          expect(mail.subject.length).toBeLessThanOrEqual(400);
          expect(`${mail.subject}${mail.text}${mail.html}`.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });
});
