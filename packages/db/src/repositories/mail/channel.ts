/** Says that there is a mail to send, or that sending may go better now. */
export const MAIL_CHANNEL = 'mail';
