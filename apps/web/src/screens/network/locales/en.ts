/** Texts of Settings › Network. */
const en = {
  intro:
    'Workflows of this workspace may call every public address unless you say otherwise. Addresses of your own network are always closed; whoever runs the server can open some.',
  forbiddenTitle: 'You may not see the network rules',
  title: 'Hosts',
  hint: 'One on each line, such as api.example.com, or *.example.com for everything below it. Without https:// and port.',
  allow: 'Only these hosts',
  allowHint: 'Leave empty to allow every public host. Once a host stands here, steps, programs and connections reach nothing else.',
  deny: 'Never these hosts',
  denyHint: 'They stay closed even if they also stand above.',
  effect: 'Counts a few seconds after saving, for runs that are under way too. A step that is refused says so, and sends nothing.',
  strict_one: 'Workflows then reach {{count}} host only. Sign-in servers of your connections need to be on the list as well.',
  strict_other: 'Workflows then reach {{count}} hosts only. Sign-in servers of your connections need to be on the list as well.',
  invalid: '“{{host}}” is no host. Write it like api.example.com or *.example.com, without https:// and port.',
  tooMany: 'A list holds 200 hosts at most.',
  save: 'Save rules',
  saved: 'The rules are saved',
};

export default en;

declare module '../../../i18n/resources.ts' {
  interface Resources {
    readonly network: typeof en;
  }
}
