/** Texts of the proof of reliability. */
const en = {
  intro:
    'Accepted means durable: a run whose start was confirmed ends, whatever dies in between. Here you can see it with your own eyes, on this server.',
  pull: {
    title: 'Pull the plug',
    before: 'What happens when you press the button:',
    runs: '50 runs of a small workflow start. Half of them wait, half are inside a write to the built-in echo.',
    kill: 'When all are accepted and in the middle of their work, the server process is killed, without a word (kill -9).',
    away: 'For some seconds nobody can work here, and webhooks get no answer: their senders have to send again.',
    others: 'Runs of your other workflows go on afterwards. A write whose answer is lost in that moment is treated as its step says.',
    back: 'The server starts again by itself. This page comes back and counts.',
    action: 'Pull the plug',
    running: 'A proof is under way',
    taken: 'Somebody else has just pulled the plug on this server. Wait until that proof is over.',
    failedTitle: 'The plug was not pulled',
  },
  elsewhere: {
    title: 'The plug cannot be pulled from here',
    text: 'Nothing would start this server process again: only the supervisor of an install on one machine (npm start) does. On a machine with a checkout of Millwright this command shows the same, with 200 runs, and kills Temporal and PostgreSQL too:',
    copy: 'Copy the command',
  },
  forbidden: {
    title: 'Only owners may pull the plug',
    text: 'It stops the server for some seconds for everybody. An owner of this workspace can give you the role Owner under Settings › People.',
  },
  proof: {
    title: 'The last proof',
    empty: 'Nobody has pulled the plug here yet.',
    accepted: 'Accepted',
    acceptedHint: 'starts on disk',
    finished: 'Finished',
    finishedHint: 'ended as succeeded',
    repeated: 'Repeated',
    repeatedHint: 'sent again, same key',
    lost: 'Lost',
    lostHint: 'ended otherwise or never',
    starting: 'Starting runs: {{accepted}} of {{runs}} are accepted. The plug is pulled when all are in the middle of their work.',
    away: 'The server process was killed and does not answer. This page keeps asking by itself; you do not need to do anything.',
    recovering: 'Another process goes on: {{finished}} of {{runs}} runs have finished.',
    kept: 'Nothing was lost: all {{accepted}} accepted runs finished.',
    lostRuns_one: 'One run was lost. Look at its history, and tell us.',
    lostRuns_other: '{{count}} runs were lost. Look at their history, and tell us.',
    stopped: 'This proof was given up before the kill: not all runs got into the middle of their work in time. What was accepted goes on.',
    twice:
      'Writes that were under way lost their answer with the process. They were sent again under the same key, so that the receiver can see that it has them: {{effects}} different writes, {{repeated}} repeats.',
    processes: 'Process {{old}} was killed at {{time}}; process {{now}} answers now.',
    history: 'Show its runs',
  },
};

export default en;

declare module '../../../i18n/resources.ts' {
  interface Resources {
    readonly reliability: typeof en;
  }
}
