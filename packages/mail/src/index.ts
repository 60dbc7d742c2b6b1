export { createMailer, type Mailer, type TestResult } from './mailer.ts';
export type { MailToSend } from './outbox/enqueue.ts';
export type { MailPorts, MailSeal, OpenSocket } from './ports.ts';
export { mailLanguage, type MailContent, type MailLanguage } from './templates/content.ts';
