import { say, type ContentOf, type MailWords, type WordsByKind } from '../content.ts';

const ROLES = { owner: 'an owner', admin: 'an admin', editor: 'an editor', operator: 'an operator', viewer: 'a viewer' } as const;

const LINK_HINT = 'If the button does not work, copy this address into your browser:';

function day(date: Date): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(date);
}

function invitation(content: ContentOf<'invitation'>): MailWords {
  return {
    subject: say`${content.inviterName} invited you to ${content.workspaceName}`,
    heading: say`You are invited to ${content.workspaceName}`,
    paragraphs: [
      say`${content.inviterName} would like you to work in ${content.workspaceName} on Millwright, as ${ROLES[content.role]}.`,
      say`The invitation is for you alone and can be used once, until ${day(content.expiresAt)} UTC.`,
    ],
    action: { label: 'Accept the invitation', link: content.link },
    linkHint: LINK_HINT,
    footer: [say`You did not expect this? Then ignore this mail: nothing happens without your click. Do not pass the link on.`],
  };
}

function test(content: ContentOf<'test'>): MailWords {
  return {
    subject: say`Test message from Millwright`,
    heading: say`Your mail server works`,
    paragraphs: [
      say`${content.senderName} sent this test message from ${content.workspaceName}. Invitations and alerts will come the same way.`,
      say`It landed in spam? Then ask whoever looks after your domain to allow this server with SPF and DKIM.`,
    ],
    action: { label: 'Open the mail settings', link: content.link },
    linkHint: LINK_HINT,
    footer: [say`There is nothing to do.`],
  };
}

function reconnect(content: ContentOf<'reconnect'>): MailWords {
  return {
    subject: say`Reconnect ${content.connectionName} (${content.appName})`,
    heading: say`${content.connectionName} needs to be connected again`,
    paragraphs: [
      say`${content.appName} no longer accepts this connection of ${content.workspaceName}. Somebody may have changed a password there, or taken the access back.`,
      content.waitingRuns === 0
        ? say`Runs that need it wait. Nothing is lost: they go on by themselves once it is connected.`
        : say`Runs that wait for it: ${String(content.waitingRuns)}. Nothing is lost: they go on by themselves once it is connected.`,
    ],
    action: { label: 'Connect again', link: content.link },
    linkHint: LINK_HINT,
    footer: [say`You get this mail because you own the connection.`],
  };
}

function alert(content: ContentOf<'alert'>): MailWords {
  return {
    subject: say`${content.title} · ${content.workspaceName}`,
    heading: say`${content.title}`,
    paragraphs: content.lines.map((line) => say`${line}`),
    action: { label: 'Open in Millwright', link: content.link },
    linkHint: LINK_HINT,
    footer: [say`You get this mail because alerts of ${content.workspaceName} are sent to this address.`],
  };
}

/** English. */
export const english = { invitation, test, reconnect, alert } satisfies WordsByKind;
